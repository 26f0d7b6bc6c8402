"""Everything that a run needs at once: settings, nginx, load, credentials, results, and who runs at the moment."""

import contextlib
import subprocess

from .contenders import PHP, Glewlwyd, Python, Reference, Service
from .credentials import Credentials
from .load import Load
from .nginx import Nginx
from .results import Results


class House:
    def __init__(self, settings):
        self.settings = settings
        self.nginx = Nginx(settings)
        self.load = Load(settings, self.nginx)
        self.credentials = Credentials(settings, self.query)
        self.results = Results()
        # How the reference and php-fpm are set: the best of what `tuning` tries.
        self.best = {"loop": "epoll", "threads": 8, "keeps": True, "lookup_threads": 8, "php": 8, "python": 2}

    def port(self, number):
        return self.settings.port + number

    @contextlib.contextmanager
    def running(self, *contenders):
        """These contenders behind nginx, and nobody else."""
        self.nginx.sites = list(contenders)
        self.query("TRUNCATE outbox")
        try:
            for contender in contenders:
                contender.start()
            self.nginx.start()
            yield contenders
        finally:
            self.nginx.stop()
            for contender in contenders:
                contender.stop()

    def service(self, number=0, name="authfcgi", **changes):
        return Service(self.settings, name, self.port(number), **changes)

    def reference(self, number=1, name="c", **options):
        options = {"loop": "epoll", "threads": self.best["lookup_threads"], **options}
        return Reference(self.settings, name, self.port(number), **options)

    def php(self, number=2, name="php-fpm", persists=False):
        return PHP(self.settings, name, self.port(number), children=self.best["php"], persists=persists)

    def python(self, number=3):
        return Python(self.settings, "fastapi", self.port(number), workers=self.best["python"])

    def has_python(self):
        return Python.is_there(self.settings)

    def glewlwyd(self):
        users = int(self.query("SELECT accounts FROM bench_rows", "glewlwyd")[0])
        return Glewlwyd(self.settings, "glewlwyd", self.port(7), self.port(8), users)

    def has_glewlwyd(self):
        return Glewlwyd.is_there() and bool(self.query("SHOW DATABASES LIKE 'glewlwyd'"))

    def query(self, sql, database="authfcgi"):
        """What MariaDB answers to a statement, as lines."""
        return subprocess.run(
            self.client(database), input=sql, capture_output=True, text=True, check=True).stdout.splitlines()

    def client(self, database="authfcgi"):
        """The words of a client that reads statements and writes what MariaDB answers, as lines, each at once."""
        return ["mariadb", "--no-defaults", f"--socket={self.settings.database_socket}", "--batch", "--unbuffered",
                "--skip-column-names", database]
