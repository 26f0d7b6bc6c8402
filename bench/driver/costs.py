"""What one call costs: statements of the database, system calls, instructions."""

import collections
import re
import shutil
import signal
import subprocess
import time

from .calls import Calls

REFERENCE_CALLS = Calls.names[:4] + Calls.names[5:7]


def costs(house):
    calls = Calls(house)
    service = house.service(server_processes=1, server_threads=2, delivers=False)
    reference = house.reference(threads=2)
    with house.running(service, reference):
        for name in Calls.names:
            contenders = (service, reference) if name in REFERENCE_CALLS else (service,)
            for contender in contenders:
                refused = calls.run(name, contender, 20)
                if refused:
                    raise SystemExit(f"error: {contender.name} refused {refused} of 20 calls of {name}")
        house.results.say("statements a call")
        for name in Calls.names:
            house.results.value(f"statements, {name}", statements(house, calls, name, service))
        house.results.say("system calls a call, by strace -c -f on a worker")
        for name in Calls.names:
            for contender in (service, reference) if name in REFERENCE_CALLS else (service,):
                house.results.value(f"system calls, {name}, {contender.name}", system_calls(house, calls, name, contender))
    if shutil.which("valgrind"):
        instructions(house, calls)


def statements(house, calls, name, contender, count=20):
    """The statements of one call in their order's first appearance, with how often each comes."""
    log = house.settings.home / "log" / "statements.log"
    log.unlink(missing_ok=True)
    house.query(f"SET GLOBAL general_log_file = '{log}'; SET GLOBAL log_output = 'FILE'; SET GLOBAL general_log = ON")
    try:
        calls.run(name, contender, count)
    finally:
        house.query("SET GLOBAL general_log = OFF")
    seen = collections.Counter()
    entry = re.compile(r"^(?:\d{6}\s+[\d:]+|\s)\s*(\d+) (Execute|Query)\t", re.MULTILINE)
    text = log.read_bytes().decode("latin-1")
    matches = list(entry.finditer(text))
    for match, following in zip(matches, matches[1:] + [None]):
        sql = text[match.end():following.start() if following else len(text)]
        seen[normalised(sql)] += 1
    mine = {sql: round(n / count, 2) for sql, n in seen.items() if n >= count / 2}
    return {"count": round(sum(mine.values()), 2), "statements": mine}


def normalised(sql):
    """A statement as far as its first value, which may hold any octets."""
    return re.sub(r"\s+", " ", re.split(r"'|\?|TIMESTAMP", sql)[0]).strip()[:160]


def worker(contender):
    return contender.workers()[0] if hasattr(contender, "workers") else contender.process.pid


def system_calls(house, calls, name, contender, count=100):
    """How often each system call comes in one call."""
    path = house.settings.home / "tmp" / "strace.out"
    tracer = subprocess.Popen(["strace", "-c", "-f", "-o", str(path), "-p", str(worker(contender))],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.7)
    calls.run(name, contender, count)
    tracer.send_signal(signal.SIGINT)
    tracer.wait()
    found = {}
    for line in path.read_text().splitlines():
        fields = line.split()
        if len(fields) >= 5 and fields[3].isdigit() and fields[-1] != "total":
            found[fields[-1]] = round(int(fields[3]) / count, 2)
    found = {call: n for call, n in sorted(found.items(), key=lambda item: -item[1]) if n >= 0.05}
    return {"count": round(sum(found.values()), 1), "calls": found}


def instructions(house, calls, few=100, many=600):
    """Instructions of one call in user space, by callgrind: what more calls cost more."""
    # Callgrind cannot read the debugging sections of newer compilers; function names are elsewhere.
    plain = house.settings.home / "tmp" / "authfcgi"
    subprocess.run(["objcopy", "--strip-debug", str(house.settings.binary), str(plain)], check=True)
    pattern = house.settings.home / "tmp" / "callgrind.out"
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={pattern}"]
    service = house.service(binary=plain, delivers=False, server_processes=1, server_threads=2)
    service.preload = {"LD_PRELOAD": house.settings.tool("worker_under.so"), "BENCH_UNDER": "\n".join(valgrind),
                       "BENCH_PROGRAM": str(plain)}
    reference = house.reference(threads=2)
    reference.wrapper = valgrind
    for name in ("GET /healthz", "GET /user/session", "GET /api/auth/me"):
        for contender in (service, reference):
            totals = []
            for count in (few, many):
                pattern.unlink(missing_ok=True)
                with house.running(contender):
                    refused = calls.run(name, contender, count)
                totals.append(total(pattern))
                if refused:
                    house.results.note(f"callgrind: {refused} of {count} calls of {name} were refused")
            house.results.value(f"instructions, {name}, {contender.name}", round((totals[1] - totals[0]) / (many - few)))


def total(path):
    found = re.search(r"^(?:summary|totals): (\d+)", path.read_text(), re.MULTILINE)
    return int(found.group(1)) if found else 0
