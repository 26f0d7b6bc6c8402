"""What single operations of the service cost: nanoseconds and allocations, by bench/micro."""

import json
import subprocess

from .rounds import spread

# So long is each operation measured in a round, at most.
LONGEST_MS = 150


def micro(house):
    settings, results = house.settings, house.results
    if not settings.micro:
        results.note("the micro-benchmarks are not built: they are left out")
        return
    times = {}
    for _ in range(settings.rounds):
        for line in operations(house):
            times.setdefault(line["name"], []).append(line["ns"])
    # Counting costs time, so what is counted is not what is timed.
    counted = {line["name"]: line["allocations"]
               for line in operations(house, 50, {"LD_PRELOAD": settings.tool("allocations.so")})}
    for name, values in times.items():
        results.operation(name, {"ns": spread(values), "allocations": counted[name]})


def operations(house, milliseconds=None, variables=None):
    """One run of the program: each operation's line."""
    settings = house.settings
    milliseconds = milliseconds or min(LONGEST_MS, settings.seconds * 50)
    path = settings.home / "authfcgi.toml"
    words = ["env", *(f"{name}={value}" for name, value in (variables or {}).items()),
             str(settings.micro), str(milliseconds), str(path)]
    output = subprocess.run(words, capture_output=True, text=True, check=False)
    if output.returncode != 0:
        raise SystemExit(f"error: authfcgi-micro ended with {output.returncode}: {output.stderr[-500:]}")
    return [json.loads(line) for line in output.stdout.splitlines() if line]
