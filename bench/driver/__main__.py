"""Runs the groups of benchmarks one after the other, and writes down after each what came out."""

import signal
import subprocess

from . import costs, growth, micro, profile, report, size, throughput, tuning, waiting
from .house import House
from .settings import Settings

GROUPS = {
    "tuning": tuning.tuning, "micro": micro.micro, "healthz": throughput.healthz, "lookup": throughput.lookup,
    "tokens": throughput.tokens, "login": throughput.login, "writes": throughput.writes, "waiting": waiting.waiting,
    "size": size.size, "growth": growth.growth, "costs": costs.costs, "profile": profile.profile,
}
# These need the best settings of the references.
REFERENCED = {"healthz", "lookup", "tokens", "login", "writes", "waiting", "costs"}


def stop(*_):
    raise SystemExit(130)


def run(house, name):
    """Runs a group; what it found is written down even when it breaks off by an error of its own, which is said."""
    house.results.begin(name)
    try:
        GROUPS[name](house)
        broke_off = None
    except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
        broke_off = f"{type(error).__name__}: {error}"
    except SystemExit as error:
        if not isinstance(error.code, str):
            raise
        broke_off = error.code.removeprefix("error: ")
    if broke_off:
        house.results.note(f"{name} broke off: {broke_off}")
    house.results.end(name, report.run(house))
    report.write(house)
    return broke_off is None


def main():
    signal.signal(signal.SIGTERM, stop)
    settings = Settings()
    house = House(settings)
    found, names = tuning.found(house), settings.groups
    house.best.update(found)
    if not found and "tuning" not in names and not REFERENCED.isdisjoint(names):
        names = ("tuning", *names)
    results, whole = house.results, []
    for number, name in enumerate(names):
        if settings.hurry(results.passed(), names[number:]):
            results.say(f"late: from here on each measurement takes {settings.seconds} s")
        whole.append(run(house, name))
    for name, group in results.groups.items():
        results.say(f"{group['took_s']:6.0f} s  {name}")
    targets = [target for group in results.groups.values() for target in group["targets"]]
    for target in targets:
        if not target["met"]:
            results.say(f"  missed: {target['target']} {target['what']}")
    missed = sum(not target["met"] for target in targets)
    results.say(f"{len(targets)} targets measured, {missed} missed, {whole.count(False)} groups broke off")
    if not all(whole):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
