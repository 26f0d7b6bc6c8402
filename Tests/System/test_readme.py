"""Each command of the README, run as it is printed, save for where the service keeps its things and listens."""

import os
import re
import signal
import subprocess

from service import REPOSITORY, SETTINGS, Service

BLOCKS = re.findall(r"^```sh\n(.*?)^```", (REPOSITORY / "README.md").read_text(), re.M | re.S)


def test_the_readme_names_the_commands_that_the_program_has():
    binary = os.environ.get("AUTHFCGI_BIN") or REPOSITORY / ".build/release/authfcgi"
    help_of = lambda *words: subprocess.run([binary, "help", *words], capture_output=True, text=True, check=True).stdout
    names = lambda text: re.findall(r"^  ([a-z][a-z-]*)  ", text.split("SUBCOMMANDS:")[-1], re.M) if "SUBCOMMANDS:" in text else []
    table = (REPOSITORY / "README.md").read_text().split("## Commands")[1]
    for name in names(help_of()):
        for command in [f"{name} {inner}" for inner in names(help_of(name))] or [name]:
            assert f"`authfcgi {command}" in table or f"`{command}`" in table, command


def test_the_paths_of_the_readme_are_there():
    text = (REPOSITORY / "README.md").read_text() + (REPOSITORY / "docs/architecture.md").read_text()
    for path in re.findall(r"`((?:Sources|Tests|deploy|docs|scripts)/[A-Za-z0-9_./-]*)", text):
        assert (REPOSITORY / path).exists(), path


def test_the_commands_of_the_readme_work():
    service = Service(server="nginx", empty_database=None)
    variables = {k: v for k, v in os.environ.items() if not k.startswith("AUTHFCGI_") or k == "AUTHFCGI_BIN"}
    variables.update(SETTINGS)
    start, tests, *flow = BLOCKS
    assert (start, tests) == ("scripts/start\n", "scripts/test\n") and flow
    assert os.access(REPOSITORY / "scripts/test", os.X_OK)
    running = subprocess.Popen(
        ["scripts/start", "--home", service.home, "--port", str(service.port)], cwd=REPOSITORY, env=variables,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        # As from a terminal: a shell cannot trap a signal that whoever started it ignores, as what runs in the background does.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        seen = ""
        for line in running.stdout:
            seen += line
            if "Ctrl-C" in line:
                break
        else:
            raise AssertionError(seen)
        script = "set -euo pipefail\n" + "".join(flow).replace("127.0.0.1:8080", f"127.0.0.1:{service.port}")
        done = subprocess.run(
            ["bash", "-c", script.replace(".run/", f"{service.home}/")], cwd=REPOSITORY, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "201" in done.stdout and '"nickname"' in done.stdout, done.stdout
        # As Ctrl-C does.
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(60) == 0
        assert not list(service.home.glob("*.pid"))
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        service.remove()
