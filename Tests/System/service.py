"""A service in a home of its own, started and stopped by the scripts a user has."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from http_client import Client
from outbox import Outbox
from process_table import alive, children, command, states

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# A folder of MariaDB with nothing in it, made once and copied into each home, where scripts/start would take seconds to
# make one.
EMPTY_DATABASE = os.environ.get("AUTHFCGI_TEST_EMPTY_DATABASE")

# Hashes far cheaper than the configuration accepts, where scripts/test has made them: see cheap_hashes.c.
CHEAP_HASHES = os.environ.get("AUTHFCGI_TEST_CHEAP_HASHES")
RACING = {"LD_PRELOAD": CHEAP_HASHES} if CHEAP_HASHES else {}

# Cheap password hashes and no limits that a run as a whole would meet, as every test comes from 127.0.0.1; all else is the default.
SETTINGS = {
    # Two, so that nothing is right only because one process remembers it.
    "AUTHFCGI_SERVER_PROCESSES": "2",
    "AUTHFCGI_PASSWORD_MEMORY": "8MiB",
    "AUTHFCGI_PASSWORD_PASSES": "1",
    "AUTHFCGI_LIMITS_LOGIN_PER_ACCOUNT": "1000000/1h",
    "AUTHFCGI_LIMITS_SIGNUP_PER_IP": "1000000/1h",
    "AUTHFCGI_LIMITS_LOGIN_PER_IP": "1000000/1h",
    "AUTHFCGI_LIMITS_SMS_PER_DAY": "1000000",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def script(name, *arguments, environment=None, **more):
    """Runs a script of the repository with no AUTHFCGI_ variable but those given."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("AUTHFCGI_") or k == "AUTHFCGI_BIN"}
    variables.update(environment or {})
    return subprocess.run(
        [REPOSITORY / "scripts" / name, *arguments], env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=900, **more,
    )


class Service:
    def __init__(self, server="nginx", empty_database=EMPTY_DATABASE, **settings):
        self.server = server
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="authfcgi-"))
        if empty_database:
            subprocess.run(["cp", "-a", "--sparse=always", empty_database, self.home / "mariadb"], check=True)
        self.port = free_port()
        self.settings = {**SETTINGS, **settings}
        self.outbox = Outbox(self.home / "outbox")

    def start(self):
        done = script(
            "start", "--home", self.home, "--port", str(self.port), "--server", self.server, "--detach", "--no-demo",
            environment=self.settings,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def stop(self):
        done = script("stop", "--home", self.home)
        assert done.returncode == 0, done.stdout

    def stop_and_start(self):
        """The same service once more; what start said."""
        self.stop()
        return self.start()

    def __enter__(self):
        """Started; removed at the end, also of a start that failed."""
        try:
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_):
        self.remove()

    def remove(self):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def client(self, **headers):
        return Client(self.port, headers)

    def pid(self, name):
        return int((self.home / f"{name}.pid").read_text().split()[0])

    def processes(self):
        """The supervisor and its workers."""
        supervisor = self.pid("authfcgi")
        return {supervisor, *children(supervisor)}

    def kill(self, name):
        """Ends a process at once, as a crash would, and waits until it is gone; workers go with their supervisor."""
        ended = self.processes() if name == "authfcgi" else {self.pid(name)}
        # The supervisor first: it would start another worker for one that is gone.
        for pid in sorted(ended, key=lambda pid: pid != self.pid(name)):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not any(map(alive, ended)), 10)

    def workers(self):
        """The processes that answer requests."""
        return {pid for pid in self.processes() if "worker" in command(pid)}

    def end(self, pid):
        """Kills one worker."""
        assert pid in self.processes() - {self.pid("authfcgi")}
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not alive(pid), 10)

    def query(self, statement):
        """The rows of a statement, as lists of text."""
        for _ in range(6):
            done = subprocess.run(
                self._mariadb, input=statement, capture_output=True, encoding="utf-8", errors="replace", timeout=30)
            # A statement of a test, too, may be the one that a deadlock costs.
            if "ERROR 1213" not in done.stderr:
                break
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    @contextlib.contextmanager
    def holding(self, statements):
        """What these statements lock is locked until the end of `with`, by a session of its own at the database."""
        with subprocess.Popen([*self._mariadb, "--unbuffered"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as session:
            session.stdin.write(f"{statements}; SELECT 'held';\n".encode())
            session.stdin.flush()
            while (line := session.stdout.readline()) != b"held\n":
                assert line, statements
            yield

    @property
    def _mariadb(self):
        return ["mariadb", "--no-defaults", f"--socket={self.home}/mariadb.sock", "--batch", "--skip-column-names", "authfcgi"]

    def dump(self):
        """Every row of every table, as text."""
        tables = self.query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'authfcgi'")
        return {name: "\n".join("\t".join(row) for row in self.query(f"SELECT * FROM `{name}`")) for [name] in tables}

    def logs(self):
        return {file.name: file.read_text(errors="replace") for file in (self.home / "log").iterdir() if file.is_file()}

    def stop_database(self, how=signal.SIGTERM):
        """Ends MariaDB; returns what starts the same again, and returns itself as soon as the database answers. A server
        that does not end for half a minute when it is asked to is killed: what is tested is that it is away."""
        pid = self.pid("mariadbd")
        words = command(pid)
        os.kill(pid, how)
        try:
            wait_until(lambda: not alive(pid), 30)
        except AssertionError:
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: not alive(pid), 30)

        def start_again():
            (self.home / "mariadb.sock").unlink(missing_ok=True)
            with open(self.home / "log" / "mariadbd.log", "ab") as log:
                subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
            wait_until(self._database_answers, 60, pause=0.01)

        return start_again

    def _database_answers(self):
        try:
            return self.query("SELECT 1") == [["1"]]
        except AssertionError:
            return False


def freeze(pid):
    """Stops a process, and waits until its last thread has stopped: a running one goes on for a moment."""
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: set(states(pid)) <= {"T"}, 30)


def wait_until(condition, patience, pause=0.02):
    """Waits for a condition; returns how many seconds that took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < patience, f"not within {patience} s"
        time.sleep(pause)
    return time.monotonic() - begun
