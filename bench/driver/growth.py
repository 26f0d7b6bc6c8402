"""Target 8: what many accounts, many identifiers and many expired rows cost."""

import http.client
import statistics
import threading
import time

from .calls import Calls
from .rounds import interleave, ratios, spread, summary
from .settings import REALM

COOKIE = "Cookie: compass.session="
EXPIRED = 1_000_000
# Measurements while rows are swept; what is left then is removed without the service.
LONGEST = 20


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
    """Look-ups and sign-ups while a million expired rows are swept, beside the same while none are."""
    results, cookies = house.results, house.credentials.cookies()
    service = house.service()
    with house.running(service):
        rate = round(house.load.throughput(service, "/user/session", words=(COOKIE, cookies))["per_second"] / 3)
        results.say(f"look-ups at {rate}/s and codes at 20/s, without and with {EXPIRED:,} expired rows being swept")
        before = [both(house, service, cookies, rate) for _ in range(house.settings.rounds)]
        add_expired(house)
    during, left = [], []
    with house.running(service):
        while (rows := expired(house)) > 0 and len(during) < LONGEST:
            during.append(both(house, service, cookies, rate))
            left.append(rows)
    remove_expired(house)
    busy = [pair for pair, rows, after in zip(during, left, left[1:] + [0]) if after < rows]
    results.value("expired rows left, at each measurement", left)
    for index, name in enumerate(("look-ups", "codes sent")):
        plain = statistics.median(pair[index]["p99_us"] for pair in before)
        results.value(f"sweeping, {name}, p99 before in ms", round(plain / 1000, 2))
        if busy:
            results.target("8", f"{name} while rows are swept, p99 as times of that before",
                           spread([pair[index]["p99_us"] / plain for pair in busy]), 1.5, "<=")


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
