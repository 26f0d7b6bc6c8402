"""Runs the groups of benchmarks one after the other, and writes down what came out."""

import signal

from . import costs, growth, profile, report, size, throughput, tuning, waiting
from .house import House
from .settings import Settings


def stop(*_):
    raise SystemExit(130)


def main():
    signal.signal(signal.SIGTERM, stop)
    settings = Settings()
    house = House(settings)
    groups = {name: getattr(throughput, name) for name in ("healthz", "lookup", "tokens", "login", "writes")}
    groups |= {"waiting": waiting.waiting, "size": size.size, "growth": growth.growth, "costs": costs.costs,
               "profile": profile.profile}
    tuning.tune(house)
    for name in settings.groups:
        groups[name](house)
    missed = [target for target in house.results.targets if not target["met"]]
    house.results.say(f"{len(house.results.targets)} targets measured, {len(missed)} missed")
    report.write(house)


if __name__ == "__main__":
    main()
