"""What a run was asked for, and where its parts are."""

import argparse
import os
import pathlib

GROUPS = ("tuning", "micro", "healthz", "lookup", "tokens", "login", "writes", "waiting", "size", "growth", "costs",
          "profile")
WHOLE_RUN = tuple(name for name in GROUPS if name != "profile")

# A whole run ends within so many seconds, the making of rows included and the building of programs not.
LIMIT = 24 * 60
# How many seconds each group takes with five rounds of three seconds.
USUAL = {"tuning": 70, "micro": 30, "healthz": 55, "lookup": 110, "tokens": 190, "login": 85, "writes": 210,
         "waiting": 160, "size": 140, "growth": 200, "costs": 90, "profile": 20}

REALM = "bench"
ISSUER = "https://bench.example"
PASSWORD = "correct horse battery staple"


class Settings:
    def __init__(self, words=None):
        parser = argparse.ArgumentParser(prog="driver")
        for name in ("home", "binary", "tools"):
            parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
        parser.add_argument("--micro", type=pathlib.Path)
        for name in ("accounts", "growth", "rounds", "seconds", "requests", "port"):
            parser.add_argument(f"--{name}", type=int, required=True)
        parser.add_argument("--spent", type=int, default=0)
        parser.add_argument("--pool", required=True)
        parser.add_argument("--only", default="")
        given = parser.parse_args(words)
        self.__dict__.update(vars(given))
        self.given_only = bool(given.only)
        self.repo = pathlib.Path(__file__).resolve().parents[2]
        self.bench = self.repo / "bench"
        wanted = given.only.split(",") if given.only else WHOLE_RUN
        unknown = set(wanted) - set(GROUPS)
        if unknown:
            parser.error(f"no such group: {', '.join(sorted(unknown))}")
        self.groups = tuple(name for name in GROUPS if name in wanted)
        self.cores = os.cpu_count() or 1

    def hurry(self, passed, groups):
        """Makes measurements shorter, never fewer, when a whole run of five rounds that has lasted so many seconds would
        take longer than `LIMIT` with these groups to come; says whether it did."""
        left, usual = LIMIT - self.spent - passed, sum(USUAL[name] for name in groups)
        wanted = usual * self.seconds / 3
        if self.given_only or self.rounds > 5 or self.seconds == 1 or wanted <= left:
            return False
        self.seconds = max(1, int(3 * left / usual))
        return True

    def tool(self, name):
        """One of the reference programs."""
        return str(self.tools / "bin" / name)

    @property
    def database_socket(self):
        return str(self.home / "mariadb.sock")
