"""Who is measured: the service, the reference programs, and what a provider would take instead."""

import getpass
import os
import pathlib
import shutil
import signal

from . import processes
from .settings import ISSUER, REALM


class Contender:
    """A program behind nginx, on a port of its own."""

    protocol = "fastcgi"
    keeps = True
    parameters = {}
    # What the program is run by, such as valgrind and its arguments.
    wrapper = ()
    # More variables of its environment.
    preload = {}

    def __init__(self, settings, name, port):
        self.settings, self.name, self.port = settings, name, port
        self.socket = settings.home / f"{name}.sock"
        self.address = f'"unix:{self.socket}"'
        self.process = None

    def words(self):
        raise NotImplementedError

    def environment(self):
        return {}

    def start(self):
        self.socket.unlink(missing_ok=True)
        self.process = processes.Process(
            [*self.wrapper, *self.words()], self.settings.home / "log" / f"{self.name}.log",
            {**self.environment(), **self.preload}, self.settings.home)
        processes.wait_for(self.is_ready, f"{self.name} is not ready; see {self.process.log}")

    def is_ready(self):
        if self.process.popen.poll() is not None:
            raise SystemExit(f"error: {self.name} ended at once; see {self.process.log}")
        return self.has_opened()

    def has_opened(self):
        return self.socket.exists()

    def pids(self):
        return self.process.pids()

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None


class Service(Contender):
    """The service with its own configuration, but for the settings given here as AUTHFCGI_ variables. Without
    `delivers` its courier is halted: the references deliver nothing either."""

    def __init__(self, settings, name, port, binary=None, delivers=True, **changes):
        super().__init__(settings, name, port)
        self.binary, self.delivers, self.changes = binary or settings.binary, delivers, changes

    def words(self):
        return [self.binary, "serve", "--config", self.settings.home / "authfcgi.toml"]

    def environment(self):
        changes = {"server_listen": f"unix:{self.socket}", **self.changes}
        return {f"AUTHFCGI_{name.upper()}": str(value) for name, value in changes.items()}

    def start(self):
        super().start()
        processes.wait_for(lambda: self.role("courier"), "there is no courier")
        self.tell_courier(signal.SIGCONT if self.delivers else signal.SIGSTOP)

    def stop(self):
        if self.process:
            self.tell_courier(signal.SIGCONT)
        super().stop()

    def tell_courier(self, what):
        for pid in self.role("courier"):
            os.kill(pid, what)

    def workers(self):
        """The processes that answer requests."""
        return self.role("worker")

    def role(self, name):
        found = []
        for pid in self.pids():
            try:
                words = pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            except OSError:
                continue
            if name in words[1:2]:
                found.append(pid)
        return found


class Reference(Contender):
    """The C responder, with one of its loops and so many threads."""

    def __init__(self, settings, name, port, loop="epoll", threads=8, keeps=True, algorithm="HS256"):
        super().__init__(settings, name, port)
        self.loop, self.threads, self.keeps, self.algorithm = loop, threads, keeps, algorithm

    def words(self):
        home = self.settings.home
        return [
            self.settings.tool("responder"), "--listen", self.socket, "--loop", self.loop, "--threads", self.threads,
            "--realm", REALM, "--cookie-keys", home / "cookie.keys", "--token-keys", home / "token.keys",
            "--algorithm", self.algorithm, "--issuer", ISSUER, "--database", self.settings.database_socket,
            "--name", "authfcgi", "--user", getpass.getuser(),
        ]


def database_variables(settings):
    return {
        "BENCH_DATABASE": settings.database_socket, "BENCH_NAME": "authfcgi", "BENCH_USER": getpass.getuser(),
        "BENCH_COOKIE_KEYS": str(settings.home / "cookie.keys"),
    }


class PHP(Contender):
    """php-fpm, with opcache and so many processes, all there from the start. With `persists`, a process keeps its
    connection to the database; by itself PHP makes a new one for each request."""

    def __init__(self, settings, name, port, children=8, keeps=False, persists=False):
        super().__init__(settings, name, port)
        self.children, self.keeps, self.persists = children, keeps, persists
        self.parameters = {"SCRIPT_FILENAME": settings.bench / "php" / "index.php"}

    def words(self):
        path = self.settings.home / f"{self.name}.conf"
        variables = {**database_variables(self.settings), "BENCH_PERSISTENT": int(self.persists)}
        variables = "".join(f"env[{name}] = {value}\n" for name, value in variables.items())
        path.write_text(
            f"[global]\nerror_log = {self.settings.home}/log/{self.name}.log\ndaemonize = no\n[bench]\n"
            f"listen = {self.socket}\nlisten.backlog = 4096\npm = static\npm.max_children = {self.children}\n{variables}")
        root = ["-R"] if os.geteuid() == 0 else []
        account = f"user = {getpass.getuser()}\n" if root else ""
        path.write_text(path.read_text() + account)
        return ["php-fpm8.2", "-F", *root, "-y", path, "-d", "opcache.enable=1", "-d", "opcache.validate_timestamps=0"]


class Python(Contender):
    """FastAPI under uvicorn, with so many processes."""

    protocol = "http"

    def __init__(self, settings, name, port, workers=2):
        super().__init__(settings, name, port)
        self.workers = workers

    @staticmethod
    def is_there(settings):
        return (settings.tools / "python" / "installed").exists()

    def words(self):
        return [
            self.settings.tools / "python" / "bin" / "uvicorn", "app:app", "--app-dir", self.settings.bench / "python",
            "--uds", self.socket, "--workers", self.workers, "--no-access-log", "--log-level", "warning",
        ]

    def environment(self):
        return {**database_variables(self.settings), "PYTHONDONTWRITEBYTECODE": "1"}

    def has_opened(self):
        # Its socket is there long before a worker listens.
        return processes.socket_answers(self.socket)


GLEWLWYD = """port = %(inner)d
bind_address = "127.0.0.1"
external_url = "http://127.0.0.1:%(outer)d/"
login_url = "login.html"
api_prefix = "api"
log_mode = "console"
log_level = "ERROR"
cookie_secure = 0
session_key = "GLEWLWYD2_SESSION_ID"
admin_scope = "g_admin"
profile_scope = "g_profile"
user_module_path = "/usr/lib/glewlwyd/user"
client_module_path = "/usr/lib/glewlwyd/client"
user_auth_scheme_module_path = "/usr/lib/glewlwyd/scheme"
plugin_module_path = "/usr/lib/glewlwyd/plugin"
hash_algorithm = "SHA512"
database = { type = "mariadb" host = "localhost" user = "%(user)s" password = "" dbname = "glewlwyd" port = 0 };
"""


class Glewlwyd(Contender):
    """Debian's Glewlwyd, which is one process with one connection to the database, and so many users."""

    protocol = "http"

    def __init__(self, settings, name, port, inner, users):
        super().__init__(settings, name, port)
        self.inner, self.address, self.users = inner, f"127.0.0.1:{inner}", users

    @staticmethod
    def is_there():
        return shutil.which("glewlwyd") is not None

    def words(self):
        path = self.settings.home / "glewlwyd.conf"
        path.write_text(GLEWLWYD % {"inner": self.inner, "outer": self.port, "user": getpass.getuser()})
        return ["glewlwyd", "-c", path]

    def environment(self):
        # Where libmariadb looks for the socket of "localhost".
        return {"MYSQL_UNIX_PORT": self.settings.database_socket}

    def has_opened(self):
        return processes.port_answers(self.inner)
