"""Runs the groups of benchmarks one after the other, and writes down what came out."""

import signal

from . import costs, throughput, tuning
from .house import House
from .settings import Settings


def stop(*_):
    raise SystemExit(130)


def main():
    signal.signal(signal.SIGTERM, stop)
    settings = Settings()
    house = House(settings)
    groups = {name: getattr(throughput, name) for name in ("healthz", "lookup", "tokens", "login", "writes")}
    groups["costs"] = costs.costs
    tuning.tune(house)
    for name in settings.groups:
        groups[name](house)
    missed = [target for target in house.results.targets if not target["met"]]
    house.results.say(f"{len(house.results.targets)} targets measured, {len(missed)} missed")


if __name__ == "__main__":
    main()
