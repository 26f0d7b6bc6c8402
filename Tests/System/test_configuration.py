"""A configuration that nothing can work with: the check names what is wrong, no service starts with it, and a reload leaves
all as it is. What a reload changes, and what it cannot."""

import contextlib
import json
import os
import signal
import subprocess
import time

import pytest

from process_table import command, descendants
from program import PROGRAM, run
from service import freeze, wait_until

SITE = '[site]\npublic_url = "https://auth.example.org"\n'


def write(path, text="x\n", mode=0o600):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def settings(home, lines="", server=""):
    """What a service needs that has no database, and these lines."""
    for name in ("cookie.keys", "token.keys"):
        if not (home / name).exists():
            subprocess.run([PROGRAM, "keys", "generate", home / name], check=True, capture_output=True)
    if "listen" not in server:
        server += f'listen = ["unix:{home}/fcgi.sock"]\n'
    if "[mail]" not in lines:
        lines += '[mail]\ntransport = "off"\n'
    return (f'[server]\n{server}[cookies]\nkeys_file = "{home}/cookie.keys"\n[tokens]\nkeys_file = "{home}/token.keys"\n'
            f'[database]\nsocket = "{home}/none.sock"\n{lines}')


def mail(file):
    return f'{SITE}[mail]\nurl = "smtp://127.0.0.1:9"\nuser = "u"\npassword_file = "{file}"\n'


def texts(file):
    return f'{SITE}[sms]\ntransport = "http"\nurl = "http://127.0.0.1:9"\nheaders_file = "{file}"\n'


def templates(folder):
    return f'[mail]\ntransport = "off"\ntemplates = "{folder}"\n'


# What the courier, a worker, and the supervisor cannot use.
WRONG = {
    "no mail password": lambda home: (mail(home / "none"), "", f"mail.password_file: {home}/none: no such file"),
    "open mail password": lambda home: (
        mail(write(home / "word", mode=0o644)), "", f"mail.password_file: {home}/word: everybody may read it"),
    "no header fields": lambda home: (texts(home / "none"), "", f"sms.headers_file: {home}/none: no such file"),
    "no templates": lambda home: (templates(home / "none"), "", f"mail.templates: {home}/none: it is no folder"),
    "a misnamed template": lambda home: (
        templates(write(home / "templates" / "cod.en.txt").parent), "", f"mail.templates: {home}/templates/cod.en.txt: "),
    "no blocklist": lambda home: (
        f'[password]\nblocklist = "{home}/none"\n', "", f"password.blocklist: {home}/none: cannot be read"),
    "no group": lambda home: ("", 'socket_group = "no-such-group"\n', "server.socket_group: no group has the name no-such-group"),
}


@pytest.fixture(params=WRONG.values(), ids=WRONG)
def wrong(request, tmp_path):
    lines, server, named = request.param(tmp_path)
    return settings(tmp_path, lines, server), named


class Serving:
    """`authfcgi serve` with one worker and these lines."""

    def __init__(self, home, lines="", server=""):
        self.home, self.config = home, home / "authfcgi.toml"
        self.config.write_text(settings(home, lines, server))
        with open(home / "log", "wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--config", self.config], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={"PATH": "/usr/bin:/bin"})

    def log(self):
        return (self.home / "log").read_text()

    def children(self, role):
        return {child for child in descendants(self.process.pid) if role in command(child)}

    def reload(self, text, until="reloaded"):
        """What the log says about a reload with this text."""
        before = len(self.log())
        self.config.write_text(text)
        self.process.send_signal(signal.SIGHUP)
        said = lambda: self.log()[before:].split("reloading", 1)[-1]
        wait_until(lambda: until in said(), 15)
        return said()


@contextlib.contextmanager
def serving(home, lines="", server=""):
    service = Serving(home, lines, server)
    try:
        wait_until(lambda: "ready" in service.log(), 15)
        yield service
    finally:
        for child in descendants(service.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGCONT)
        service.process.terminate()
        try:
            service.process.wait(10)
        except subprocess.TimeoutExpired:
            service.process.kill()
            service.process.wait()


def test_the_check_names_what_is_wrong(tmp_path, wrong):
    text, named = wrong
    done = run(tmp_path, text, "config", "check")
    assert done.returncode == 78 and done.stderr.startswith(f"authfcgi: {named}"), (done.stdout, done.stderr)
    assert not (tmp_path / "fcgi.sock").exists()


def test_no_service_starts_with_what_is_wrong(tmp_path, wrong):
    text, named = wrong
    done = run(tmp_path, text, "serve", timeout=15)
    assert done.returncode == 78 and f"authfcgi: {named}" in done.stderr, done.stderr
    assert "process started" not in done.stderr


def test_a_reload_with_what_is_wrong_changes_nothing(tmp_path, wrong):
    text, named = wrong
    with serving(tmp_path) as service:
        children = service.children("worker") | service.children("courier")
        said = service.reload(text, "reload refused")
        assert named in said, said
        assert service.children("worker") | service.children("courier") == children and len(children) == 2


def test_the_check_binds_nothing_and_says_good(tmp_path):
    headers = write(tmp_path / "fields", "X-Key: 1\n")
    folder = write(tmp_path / "templates" / "code.en.txt", "Subject: {{code}}\nText: {{code}}\n\n{{code}}\n").parent
    lines = f'{mail(write(tmp_path / "word"))}templates = "{folder}"\n' + texts(headers).removeprefix(SITE)
    done = run(tmp_path, settings(tmp_path, lines), "config", "check")
    assert done.returncode == 0 and done.stdout.endswith(": good\n"), done.stderr
    assert not (tmp_path / "fcgi.sock").exists()


def test_a_service_does_not_start_without_the_library_that_its_courier_needs(tmp_path):
    (tmp_path / "libcurl.so.4").touch()
    text = settings(tmp_path, mail(write(tmp_path / "word")))
    for arguments in (["config", "check"], ["serve"]):
        done = run(tmp_path, text, *arguments, timeout=15, LD_LIBRARY_PATH=str(tmp_path))
        assert done.returncode == 78 and "mail.transport: smtp needs libcurl: " in done.stderr, done.stderr


def test_a_reload_changes_how_the_supervisor_itself_logs(tmp_path):
    with serving(tmp_path) as service:
        said = service.reload(settings(tmp_path, '[log]\nformat = "json"\n'))
        assert [json.loads(line)["msg"] for line in said.splitlines() if "reloaded" in line] == ["reloaded"]
        wait_until(lambda: len(service.children("worker")) == 1, 15)
        worker, = service.children("worker")
        service.config.write_text(settings(tmp_path, '[log]\nlevel = "error"\n'))
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: service.children("worker") and worker not in service.children("worker"), 15)
        before = len(service.log())
        service.process.terminate()
        # There is no database, of which processes tell at this level.
        assert service.process.wait(10) == 0
        assert all("level=error" in line for line in service.log()[before:].splitlines())


def test_a_reload_changes_how_long_a_stop_waits_for_the_workers_that_it_starts(tmp_path):
    with serving(tmp_path) as service:
        old, = service.children("worker")
        freeze(old)
        service.reload(settings(tmp_path, server='shutdown_grace = "0s"\n'))
        time.sleep(3)
        assert old in service.children("worker"), "it was promised 20 s to finish"
        os.kill(old, signal.SIGCONT)
        wait_until(lambda: old not in service.children("worker"), 15)
        new, = service.children("worker")
        freeze(new)
        service.process.terminate()
        assert service.process.wait(8) == 0
        assert "does not end: killed" in service.log()


def test_a_reload_says_once_which_keys_need_a_restart_and_keeps_them(tmp_path):
    with serving(tmp_path) as service:
        server = f'processes = 2\nsocket_mode = "0600"\nthreads = 4\nlisten = ["unix:{tmp_path}/other.sock"]\n'
        said = service.reload(settings(tmp_path, server=server))
        named = "server.listen, server.socket_mode, server.processes: changed; needs a restart"
        assert said.count("restart") == 1 and named in said, said
        wait_until(lambda: len(service.children("worker")) == 1, 15)
        assert not (tmp_path / "other.sock").exists()
        assert "restart" not in service.reload(settings(tmp_path, server="threads = 5\n"))
