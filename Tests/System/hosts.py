"""Several hosts of one site: services that share a database, keys and the folder of messages, and nothing else."""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from http_client import at_once, post_octets
from service import REPOSITORY, Service, wait_until


class Hosts:
    """Two hosts with two workers each. Runs from `with` on."""

    def __init__(self, server="nginx", **settings):
        self.first = Service(server, **settings)
        home = self.first.home
        self.second = Service(
            server, **settings, AUTHFCGI_DATABASE_SOCKET=f"{home}/mariadb.sock",
            AUTHFCGI_COOKIES_KEYS_FILE=f"{home}/cookie.keys", AUTHFCGI_TOKENS_KEYS_FILE=f"{home}/token.keys",
            AUTHFCGI_MAIL_DIRECTORY=f"{home}/outbox", AUTHFCGI_SMS_DIRECTORY=f"{home}/outbox")
        self.both = [self.first, self.second]

    def __enter__(self):
        try:
            for host in self.both:
                host.start()
            wait_until(lambda: all(len(host.workers()) == 2 for host in self.both), 10)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for host in reversed(self.both):
            host.remove()

    def query(self, statement):
        return self.first.query(statement)

    def at_once(self, path, bodies, size=50):
        """The answers to bodies, every other one sent to the other host, `size` at once to each."""
        def send(index):
            host, mine = self.both[index], bodies[index::2]
            octets = [post_octets(path, body, {}, host.port) for body in mine]
            return [answer for start in range(0, len(octets), size) for answer in at_once(host.port, octets[start : start + size])]

        with ThreadPoolExecutor(2) as threads:
            return [answer for answers in threads.map(send, range(2)) for answer in answers]

    def lines(self, words):
        """The lines of both hosts' logs that hold the words."""
        return [line for host in self.both for line in host.logs()["authfcgi.log"].splitlines() if words in line]

    def sample(self, name, **labels):
        """A sample of each host's metrics."""
        text = ",".join(f'{key}="{value}"' for key, value in labels.items())
        start = f"{name}{{{text}}} " if text else f"{name} "
        pages = [host.client().get("/metrics").body.decode() for host in self.both]
        return [float(line[len(start) :]) for page in pages for line in page.splitlines() if line.startswith(start)]


def limits(service, *arguments, status=0, **variables):
    """`authfcgi limits …`; what it prints, read when it is JSON, and what it complains about."""
    binary = os.environ.get("AUTHFCGI_BIN") or REPOSITORY / ".build/release/authfcgi"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AUTHFCGI_")}
    done = subprocess.run(
        [binary, "limits", *arguments, "--config", service.home / "authfcgi.toml"],
        env={**kept, **service.settings, **variables}, capture_output=True, text=True, timeout=30)
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    return (json.loads(done.stdout) if "--json" in arguments else done.stdout), done.stderr
