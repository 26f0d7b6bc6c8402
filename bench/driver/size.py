"""Target 7: memory of a worker, size of the program, time to the first answer."""

import http.client
import pathlib
import statistics
import subprocess
import threading
import time

from . import processes
from .settings import PASSWORD

EARLY = 50_000
MEBI = 1024
HASH_MIB = 19
# Seconds: twice as long as a worker keeps the memory of hashes that nobody computes, and somewhat longer than it keeps
# connections to the database that only a busier time needed.
UNTIL_HASHES_ARE_GONE = 4
UNTIL_AT_REST = 13
# By what memory is judged: pages of shared libraries count fully, by their share, or not at all.
KINDS = {"rss": "resident (RSS)", "pss": "proportional (PSS)", "private": "private"}


def size(house):
    program(house)
    first_answer(house)
    memory(house)


def program(house):
    path = house.settings.home / "tmp" / "authfcgi-stripped"
    subprocess.run(["strip", "-o", str(path), str(house.settings.binary)], check=True)
    house.results.target("7", "stripped program", round(path.stat().st_size / 1e6, 2), 20, "<=", " MB")


def first_answer(house):
    """From the start of `authfcgi serve` to the first answer of /healthz through nginx."""
    times, service = [], house.service()
    with house.running(service):
        for _ in range(max(5, house.settings.rounds)):
            service.stop()
            began = time.monotonic()
            service.process = processes.Process(
                service.words(), house.settings.home / "log" / "authfcgi.log", service.environment())
            while not is_healthy(service.port):
                time.sleep(0.001)
            times.append((time.monotonic() - began) * 1000)
    house.results.value("first answer after the start, ms", [round(t, 1) for t in times])
    house.results.target("7", "first answer after the start", round(statistics.median(times), 1), 100, "<=", " ms")


def is_healthy(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def used(service):
    """Each worker's memory, in MiB: resident, proportional, and what is its own."""
    return [{name: round(kib / MEBI, 2) for name, kib in processes.memory_kib(pid).items()} for pid in service.workers()]


def memory(house):
    settings, results = house.settings, house.results
    words = (house.credentials.cookies(), house.credentials.tokens("HS256"), settings.accounts, PASSWORD)
    service = house.service()
    with house.running(service):
        time.sleep(2)
        rest = used(service)
        results.value("worker at rest, MiB", rest)
        for kind, words_for in KINDS.items():
            results.target("7", f"worker at rest, {words_for}", max(w[kind] for w in rest), 16, "<=", " MiB")
        answered = mixed(house, service, words, 0, EARLY)
        time.sleep(UNTIL_AT_REST)
        early = used(service)
        results.value(f"worker after {answered} mixed requests, MiB", early)
        answered = mixed(house, service, words, answered, settings.requests)
        time.sleep(UNTIL_AT_REST)
        late = used(service)
        results.value(f"worker after {answered} mixed requests, MiB", late)
        for kind, words_for in KINDS.items():
            grown = max(b[kind] - a[kind] for a, b in zip(early, late))
            results.target("7", f"worker's growth from {EARLY} to {settings.requests} mixed requests, {words_for}",
                           round(grown, 2), 1, "<=", " MiB")
    hashing(house, words[0])


def mixed(house, service, words, answered, wanted):
    """Mixed requests until so many are answered."""
    round_number = 0
    while answered < wanted:
        round_number += 1
        script = house.settings.bench / "load" / "mixed.lua"
        seconds = 2 if wanted <= EARLY else 10
        command = ["wrk", "-t1", "-c64", f"-d{seconds}s", "--timeout", "30s", "-s", str(script),
                   f"http://127.0.0.1:{service.port}/", "--", *map(str, words), str(round_number)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        answered += int(output.split('"requests": ')[1].split(",")[0])
    return answered


def hashing(house, cookies):
    """The most that a worker has while every core hashes, over what it has when logins have brought all else that they
    need, statements and threads, and the memory of their hashes is given back. What they left is told beside it."""
    service = house.service()
    with house.running(service):
        for _ in range(2):
            house.load.throughput(service, "/user/session", words=("Cookie: compass.session=", cookies), seconds=1)
            house.load.throughput(service, "/api/send-otp", "send_otp.lua", (time.time_ns() % 100000,), 64, seconds=1)
        before = used(service)
        house.load.throughput(service, "/user/login", "login.lua", (house.settings.accounts, PASSWORD), 32)
        time.sleep(UNTIL_HASHES_ARE_GONE)
        left = [round(b["private"] - a["private"], 2) for a, b in zip(before, used(service))]
        house.results.value("what a worker's first logins leave, MiB, private", left)
        hashing_by(house, service)


def hashing_by(house, service):
    wanted = HASH_MIB * house.settings.cores
    before, is_over = {pid: processes.memory_kib(pid) for pid in service.workers()}, threading.Event()
    peaks = {pid: dict(kinds) for pid, kinds in before.items()}

    def watch():
        while not is_over.is_set():
            for pid, peak in peaks.items():
                for kind, kib in processes.memory_kib(pid).items():
                    peak[kind] = max(peak[kind], kib)
            time.sleep(0.004)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        house.load.throughput(service, "/user/login", "login.lua", (house.settings.accounts, PASSWORD), 32)
    finally:
        is_over.set()
        watcher.join()
    for kind, words in KINDS.items():
        added = {pid: (peaks[pid][kind] - before[pid][kind]) / MEBI for pid in peaks}
        house.results.value(f"memory that hashing adds to each worker, MiB, {words}",
                            [round(one, 2) for one in added.values()])
        house.results.target("7", f"memory that hashing adds to a worker, {words}", round(max(added.values()), 2),
                             wanted, "<=", " MiB")
