"""The program itself, run with a configuration of its own."""

import os
import subprocess

from service import REPOSITORY

PROGRAM = os.environ.get("AUTHFCGI_BIN") or REPOSITORY / ".build" / "release" / "authfcgi"


def run(folder, settings, *arguments, timeout=60, **variables):
    """Runs a command with a configuration of these lines."""
    file = folder / "authfcgi.toml"
    file.write_text(settings)
    return subprocess.run(
        [PROGRAM, *arguments, "--config", file], capture_output=True, text=True, timeout=timeout,
        env={"PATH": "/usr/bin:/bin", **variables}, stdin=subprocess.DEVNULL,
    )
