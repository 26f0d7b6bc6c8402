"""What a run was asked for, and where its parts are."""

import argparse
import os
import pathlib

GROUPS = ("tuning", "micro", "healthz", "lookup", "tokens", "login", "writes", "waiting", "size", "growth", "costs",
          "profile")
WHOLE_RUN = tuple(name for name in GROUPS if name != "profile")

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
        parser.add_argument("--pool", required=True)
        parser.add_argument("--only", default="")
        given = parser.parse_args(words)
        self.__dict__.update(vars(given))
        self.repo = pathlib.Path(__file__).resolve().parents[2]
        self.bench = self.repo / "bench"
        wanted = given.only.split(",") if given.only else WHOLE_RUN
        unknown = set(wanted) - set(GROUPS)
        if unknown:
            parser.error(f"no such group: {', '.join(sorted(unknown))}")
        self.groups = tuple(name for name in GROUPS if name in wanted)
        self.cores = os.cpu_count() or 1

    def tool(self, name):
        """One of the reference programs."""
        return str(self.tools / "bin" / name)

    @property
    def database_socket(self):
        return str(self.home / "mariadb.sock")
