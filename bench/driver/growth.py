"""Target 8: what many accounts, many identifiers and many expired rows cost."""

import contextlib
import http.client
import statistics
import subprocess
import threading
import time

from .calls import Calls
from .rounds import interleave, ratios, spread, summary
from .settings import REALM

COOKIE = "Cookie: compass.session="
EXPIRED = 1_000_000
# Rounds at least with and without sweeping: single ones differ by a factor of four.
LEAST = 9


def growth(house):
    look_ups(house)
    check_registered(house)
    sweeping(house)


def look_ups(house):
    results, many = house.results, house.settings.growth
    results.say(f"GET /user/session with 10,000 and with {many:,} accounts")
    services, files = {}, {}
    for number, (name, population) in enumerate((("small", 10_000), ("large", many))):
        services[name] = house.service(number, f"authfcgi-{name}", database_name=f"growth_{name}")
        files[name] = house.credentials.cookies(population, name=f"cookies-{name}", count=10_000)
    with house.running(*services.values()):
        measures = {
            name: lambda seconds=None, name=name: house.load.throughput(
                services[name], "/user/session", words=(COOKIE, files[name]), seconds=seconds)
            for name in services}
        for measure in measures.values():
            measure(seconds=house.settings.seconds)
        rounds = interleave(house.settings.rounds, measures)
    results.measured("GET /user/session, few and many accounts", summary(rounds))
    results.target("8", f"look-up at {many:,} accounts, as times of that at 10,000", ratios(rounds, "small", "large"),
                   1.15, "<=")


def check_registered(house, count=100):
    house.results.say("POST /api/auth/check-registered with 1,000 identifiers")
    calls, service, times = Calls(house), house.service(), []
    with house.running(service):
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        for number in range(count):
            request = calls.request("POST /api/auth/check-registered")
            began = time.perf_counter()
            status = calls.send(connection, *request)
            if status != 200:
                raise SystemExit(f"error: check-registered answered {status}")
            if number >= 10:
                times.append((time.perf_counter() - began) * 1000)
    house.results.target("8", "check-registered with 1,000 identifiers, by a client in Python", spread(times), 15, "<=", " ms")


def sweeping(house):
    """Look-ups and sign-ups while a million expired rows are swept, and in turns with them the same while nobody sweeps."""
    results, cookies, service = house.results, house.credentials.cookies(), house.service()
    with house.running(service):
        rate = round(house.load.throughput(service, "/user/session", words=(COOKIE, cookies))["per_second"] / 3)
    results.say(f"look-ups at {rate}/s and codes at 20/s, without and with {EXPIRED:,} expired rows being swept")
    add_expired(house)

    def beside(whatever):
        with whatever, house.running(service):
            both(house, service, cookies, rate)
            left = expired(house)
            return *both(house, service, cookies, rate), left - expired(house)

    rounds = interleave(max(LEAST, house.settings.rounds), {
        "still": lambda: beside(nobody_sweeping(house)), "swept": lambda: beside(contextlib.nullcontext())})
    remove_expired(house)
    gone = {name: [rows for *_, rows in measured] for name, measured in rounds.items()}
    if any(gone["still"]) or not all(gone["swept"]):
        raise SystemExit(f"error: expired rows that were swept meanwhile: {gone}")
    results.value("expired rows swept during each measurement", gone["swept"])
    for index, name in enumerate(("look-ups", "codes sent")):
        still = statistics.median(measured[index]["p99_us"] for measured in rounds["still"])
        results.value(f"sweeping, {name}, p99 without in ms", round(still / 1000, 2))
        results.target("8", f"{name} while rows are swept, p99 as times of that without",
                       spread([measured[index]["p99_us"] / still for measured in rounds["swept"]]), 1.5, "<=")


@contextlib.contextmanager
def nobody_sweeping(house):
    """Keeps the lock that who sweeps must have."""
    lock = "CONCAT('authfcgi-sweep.', LEFT(SHA2(DATABASE(), 256), 32))"
    client = house.client()
    keeper = subprocess.Popen(client, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        keeper.stdin.write(f"SELECT GET_LOCK({lock}, 10);\n")
        keeper.stdin.flush()
        if keeper.stdout.readline().strip() != "1":
            raise SystemExit("error: somebody else sweeps")
        yield
    finally:
        keeper.stdin.close()
        keeper.wait()


def both(house, service, cookies, rate):
    """Look-ups and, beside them, codes sent."""
    found = {}

    def codes():
        phones = house.settings.home / "tmp" / "phones"
        stamp = time.time_ns() // 1_000_000 % 10_000_000
        phones.write_text("".join(f"+4920{stamp:07}{n:03}\n" for n in range(1000)))
        found["codes"] = house.load.paced(service, "/api/send-otp", 20, method="POST", body='{"phone":"%s"}',
                                          file=phones, connections=4)

    thread = threading.Thread(target=codes)
    thread.start()
    look_ups = house.load.paced(service, "/user/session", rate, field=COOKIE, file=cookies)
    thread.join()
    return look_ups, found["codes"]


def remove_expired(house):
    house.query("DELETE FROM session WHERE expires_at < UTC_TIMESTAMP(6) - INTERVAL 50 DAY")


def add_expired(house):
    remove_expired(house)
    sql = (house.settings.bench / "rows" / "expired.sql").read_text()
    sql = sql.replace("FIRST", "1").replace("LAST", str(EXPIRED)).replace("REALM", REALM)
    house.query(sql)


def expired(house):
    sql = "SELECT COUNT(*) FROM session WHERE expires_at < UTC_TIMESTAMP(6) - INTERVAL 50 DAY"
    return int(house.query(sql)[0])
