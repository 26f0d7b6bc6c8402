"""Target 6: how long session look-ups wait, alone and beside what could hold them up."""

import contextlib
import http.server
import statistics
import subprocess
import threading
import time

from .rounds import spread
from .settings import PASSWORD

COOKIE = "Cookie: compass.session="


def waiting(house):
    results, cookies = house.results, house.credentials.cookies()
    service, reference = house.service(), house.reference()
    with house.running(service, reference):
        full = statistics.median(
            house.load.throughput(service, "/user/session", words=(COOKIE, cookies))["per_second"]
            for _ in range(house.settings.rounds))
        half = round(full / 2)
        results.say(f"look-ups at {half}/s, half of what the service answers at most")

        def look_ups(contender=service, **options):
            return house.load.paced(contender, "/user/session", half, field=COOKIE, file=cookies, **options)

        alone, other, bare, idle, logins, most, beside_logins = [], [], [], [], [], [], []
        for _ in range(house.settings.rounds):
            alone.append(look_ups())
            other.append(look_ups(reference))
            bare.append(house.load.paced(service, "/nginx", half))
            idle.append(look_ups(idle=500))
            most.append(house.load.throughput(service, "/user/session", words=(COOKIE, cookies)))
            with logging_in(house, service):
                beside_logins.append(house.load.throughput(
                    service, "/user/session", words=(COOKIE, cookies), beside=True))
                logins.append(look_ups())
    steady(results, "at half load", alone)
    for name, rounds in (("look-ups of the C program", other), ("what nginx answers by itself", bare)):
        results.value(f"{name} at the same rate, p99 as times of p50 (no verdict)", slowness(rounds))
    steady(results, "at half load, beside 500 idle connections", idle)
    results.target("6", "look-ups while logins saturate every core, p99",
                   spread([r["p99_us"] / 1000 for r in beside_logins]), 30, "<=", " ms")
    results.target("6", "look-ups while logins saturate every core, share of their rate without",
                   spread([b["per_second"] / a["per_second"] for a, b in zip(most, beside_logins)]), 0.5, ">=")
    results.value("look-ups at a fixed rate, half of the full one, while logins saturate every core, p99 in ms from when "
                  "each was due (no verdict)", spread([r["p99_us"] / 1000 for r in logins]))
    results.value("look-ups at a fixed rate while logins saturate every core", logins)
    gateway(house, half, cookies)


def steady(results, name, rounds):
    results.value(f"look-ups {name}", rounds)
    results.target("6", f"look-ups {name}, p99 as times of p50", slowness(rounds), 3, "<=")


def slowness(rounds):
    """How much longer than half of the requests the slowest hundredth of them waits."""
    return spread([r["p99_us"] / max(1, r["p50_us"]) for r in rounds])


@contextlib.contextmanager
def beside(house, service, path, script, *words, clients):
    """Calls of a script, as fast as they are answered, as long as the block runs."""
    command = ["wrk", "-t1", f"-c{clients}", "-d600s", "--timeout", "30s", "-s", str(house.settings.bench / "load" / script),
               f"http://127.0.0.1:{service.port}{path}", "--", *words]
    wrk = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(1)
    try:
        yield
    finally:
        wrk.terminate()
        wrk.wait()
        time.sleep(1)


def logging_in(house, service):
    """Logins from 32 clients, as fast as they are answered."""
    return beside(house, service, "/user/login", "login.lua", str(house.settings.accounts), PASSWORD, clients=32)


class Hanging(http.server.BaseHTTPRequestHandler):
    """A gateway that takes a message and does not answer for a minute."""

    def do_POST(self):
        self.server.taken += 1
        time.sleep(60)

    def log_message(self, *_):
        pass


def gateway(house, rate, cookies):
    """Look-ups with texts going to a gateway that hangs, and with none going anywhere."""
    results = house.results
    results.say("look-ups while the gateway of texts hangs for 60 s")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", house.port(19)), Hanging)
    server.daemon_threads, server.taken = True, 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    plain = house.service(delivers=False)
    hanging = house.service(6, "authfcgi-gateway", sms_transport="http",
                            sms_url=f"http://127.0.0.1:{house.port(19)}/")
    measured = {"plain": [], "hanging": []}
    with house.running(plain, hanging):
        for _ in range(house.settings.rounds):
            for name, service in (("plain", plain), ("hanging", hanging)):
                with sending_codes(house, service):
                    measured[name].append(house.load.paced(service, "/user/session", rate, field=COOKIE, file=cookies))
    server.shutdown()
    server.server_close()
    results.value("look-ups while the gateway hangs", {"messages_taken": server.taken, **measured})
    results.target("6", "look-ups while the gateway hangs, p99 as times of that without",
                   spread([a["p99_us"] / b["p99_us"] for a, b in zip(measured["hanging"], measured["plain"])]), 1.25, "<=")


def sending_codes(house, service):
    """One client that asks for codes, one after the other."""
    return beside(house, service, "/api/send-otp", "send_otp.lua", str(time.time_ns() % 100000), clients=1)
