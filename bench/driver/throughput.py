"""Targets 1 to 5: how many requests a second, as shares of what others answer."""

import subprocess

from .rounds import by_processor, interleave, ratios, spread, summary
from .settings import PASSWORD

COOKIE = "Cookie: compass.session="
BEARER = "Authorization: Bearer "
GLEWLWYD_LOOK_UP = (
    "Glewlwyd is asked for `/api/profile_list`, its answer to who is logged in. It has fewer users than the others, "
    "since it reads the whole table of users for each request (`WHERE UPPER(gu_username) = UPPER(…)`), and an index that "
    "Debian's tables lack, without which it would read all sessions too.")
GLEWLWYD_LOGIN = (
    "Glewlwyd's login is no comparison of hashing: with MariaDB it checks passwords by `PASSWORD()`, two rounds of SHA-1. "
    "It is asked by one client: of several at once it fails many, since they share one connection to the database "
    "(`Error j_last_index session`).")


def measured(house, name, measures):
    """Runs the rounds after a short one to warm up, prints them, and gives them back."""
    for measure in measures.values():
        measure(seconds=1)
    rounds = interleave(house.settings.rounds, measures)
    house.results.measured(name, summary(rounds))
    return rounds


def getting(house, contender, path, words=()):
    return lambda seconds=None: house.load.throughput(contender, path, words=words, seconds=seconds)


def healthz(house):
    results, best = house.results, house.best
    results.say(f"GET /healthz; the C responder with loop {best['loop']}, {best['threads']} threads, keep-alive {best['keeps']}")
    service = house.service()
    quiet = house.service(4, "authfcgi-quiet", log_level="warning")
    reference = house.reference(loop=best["loop"], threads=best["threads"], keeps=best["keeps"])
    with house.running(service, quiet, reference):
        rounds = measured(house, "GET /healthz", {
            c.name: getting(house, c, "/healthz") for c in (service, reference, quiet)})
    results.target("1", "/healthz, share of C", ratios(rounds, "authfcgi", "c"), 0.95, ">=",
                   by_processor=by_processor(rounds, "authfcgi", "c"))
    results.value("/healthz without a log line a request, share of C", ratios(rounds, "authfcgi-quiet", "c"))


def lookup(house):
    results = house.results
    results.say(f"GET /user/session; the C responder with {house.best['lookup_threads']} threads")
    words = (COOKIE, house.credentials.cookies())
    contenders = [house.service(), house.reference(), house.php(), house.php(5, "php-fpm-kept", persists=True)]
    contenders += [house.python()] if house.has_python() else []
    measures = {c.name: getting(house, c, "/user/session", words) for c in contenders}
    if house.has_glewlwyd():
        other = house.glewlwyd()
        contenders.append(other)
        measures[other.name] = getting(
            house, other, "/api/profile_list", ("Cookie: GLEWLWYD2_SESSION_ID=", house.credentials.glewlwyd_sessions(other.users)))
    with house.running(*contenders):
        rounds = measured(house, "GET /user/session", measures)
    results.target("2", "/user/session, share of C", ratios(rounds, "authfcgi", "c"), 0.85, ">=",
                   by_processor=by_processor(rounds, "authfcgi", "c"))
    results.value("/user/session, times php-fpm with a new database connection for each request (no verdict)",
                  ratios(rounds, "authfcgi", "php-fpm"))
    results.target("2", "/user/session, times php-fpm with persistent database connections",
                   ratios(rounds, "authfcgi", "php-fpm-kept"), 3, ">=",
                   by_processor=by_processor(rounds, "authfcgi", "php-fpm-kept"))
    if house.has_python():
        results.target("2", "/user/session, times FastAPI", ratios(rounds, "authfcgi", "fastapi"), 5, ">=",
                   by_processor=by_processor(rounds, "authfcgi", "fastapi"))
    else:
        results.note("FastAPI is not installed: it is left out")
    if house.has_glewlwyd():
        results.value(f"/user/session, times Glewlwyd's /api/profile_list with {other.users:,} users", ratios(rounds, "authfcgi", "glewlwyd"))
        results.note(GLEWLWYD_LOOK_UP)
    else:
        results.note("Glewlwyd is not installed, or its rows are not made: it is left out")


def tokens(house):
    results = house.results
    for algorithm in ("HS256", "EdDSA"):
        results.say(f"GET /api/auth/me and /auth/verify, {algorithm}")
        words = (BEARER, house.credentials.tokens(algorithm))
        service = house.service(tokens_algorithm=algorithm)
        reference = house.reference(algorithm=algorithm)
        with house.running(service, reference):
            for path, name in (("/api/auth/me", "/api/auth/me"), ("/auth/verify?realm=bench", "/auth/verify")):
                rounds = measured(house, f"GET {name} {algorithm}", {
                    c.name: getting(house, c, path, words) for c in (service, reference)})
                results.target("3", f"{name} {algorithm}, share of C", ratios(rounds, "authfcgi", "c"), 0.85, ">=",
                   by_processor=by_processor(rounds, "authfcgi", "c"))
    few = (BEARER, house.credentials.tokens("EdDSA", 2000))
    service, reference = house.service(tokens_algorithm="EdDSA"), house.reference(algorithm="EdDSA")
    with house.running(service, reference):
        rounds = measured(house, "GET /api/auth/me EdDSA, 2000 tokens", {
            c.name: getting(house, c, "/api/auth/me", few) for c in (service, reference)})
    results.value("/api/auth/me EdDSA with 2000 tokens (the service remembers signatures), share of C",
                  ratios(rounds, "authfcgi", "c"))


def hash_rate(house, seconds=None):
    words = [house.settings.tool("hash_rate"), house.settings.cores, seconds or house.settings.seconds, 19456, 2]
    output = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout
    return {"per_second": float(output)}


def login(house):
    results = house.results
    results.say("POST /user/login, beside libsodium's Argon2id alone on all cores (19 MiB, 2 passes)")
    words = (house.settings.accounts, PASSWORD)
    contenders = [house.service(), house.php()] + ([house.python()] if house.has_python() else [])
    other = house.glewlwyd() if house.has_glewlwyd() else None
    with house.running(*contenders, *([other] if other else [])):
        measures = {c.name: lambda seconds=None, c=c: house.load.throughput(
            c, "/user/login", "login.lua", words, connections=16, seconds=seconds) for c in contenders}
        if other:
            measures[other.name] = lambda seconds=None: house.load.throughput(
                other, "/api/auth/", "login_glewlwyd.lua", (other.users, PASSWORD), connections=1, seconds=seconds)
        for measure in measures.values():
            measure(seconds=1)
        measures = {"libsodium": lambda: hash_rate(house), **measures}
        rounds = interleave(house.settings.rounds, measures)
    bare = spread([r["per_second"] for r in rounds["libsodium"]])
    results.value("libsodium alone, hashes a second", bare)
    results.measured("POST /user/login", summary({name: rounds[name] for name in measures if name != "libsodium"}))
    if other:
        results.note(GLEWLWYD_LOGIN)
    results.target("4", "login, share of libsodium's rate", ratios(rounds, "authfcgi", "libsodium"), 0.95, ">=")


def writes(house):
    results = house.results
    service, reference = house.service(delivers=False), house.reference(threads=max(32, house.best["lookup_threads"]))
    with house.running(service, reference):
        for clients in (1, 8, 32):
            results.say(f"POST /api/send-otp, {clients} clients")
            seeds = iter(range(1, 1000))
            rounds = measured(house, f"POST /api/send-otp, {clients} clients", {
                c.name: lambda seconds=None, c=c: house.load.throughput(
                    c, "/api/send-otp", "send_otp.lua", (next(seeds),), clients, seconds)
                for c in (service, reference)})
            results.target("5", f"send-otp, {clients} clients, share of C", ratios(rounds, "authfcgi", "c"), 0.75, ">=",
                   by_processor=by_processor(rounds, "authfcgi", "c"))
        for clients in (1, 8, 32):
            results.say(f"POST /api/register, {clients} clients")
            rounds = measured(house, f"POST /api/register, {clients} clients", {
                c.name: lambda seconds=None, c=c: registering(house, c, clients, seconds)
                for c in (service, reference)})
            results.target("5", f"register, {clients} clients, share of C", ratios(rounds, "authfcgi", "c"), 0.75, ">=",
                   by_processor=by_processor(rounds, "authfcgi", "c"))


def registering(house, contender, clients, seconds):
    seconds = seconds or house.settings.seconds
    first, cookies = house.credentials.registrations(int(seconds * 200 * house.settings.cores) + 200)
    return house.load.throughput(
        contender, "/api/register", "register.lua", (cookies, first), connections=clients, seconds=seconds)
