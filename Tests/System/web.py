"""A web server of a test's own before a service that runs: the configuration of its home, changed."""

import os
import re
import shutil
import signal
import subprocess

from http_client import Client
from process_table import alive
from service import REPOSITORY, free_port, wait_until


def deployed(name, service):
    """An example of deploy/ as it stands there, but for the paths."""
    text = (REPOSITORY / "deploy" / name).read_text()
    return text.replace("/run/authfcgi/authfcgi.sock", f"{service.home}/authfcgi.sock").replace(
        "/var/www/html", f"{service.home}/www")


class Web:
    """Another `nginx`, `lighttpd` or `apache`. `change` gets the configuration's text and returns what is to be in it."""

    def __init__(self, service, change, server="nginx"):
        self.service = service
        self.server = server
        self.folder = service.home / f"web-{server}-{free_port()}"
        self.folder.mkdir()
        self.port = free_port()
        base = (service.home / f"{server}.conf").read_text()
        base = base.replace(f"{service.home}/{server}.pid", f"{self.folder}/pid")
        base = base.replace(f"listen 127.0.0.1:{service.port};", f"listen 127.0.0.1:{self.port};")
        base = re.sub(r"(?m)^server\.port .*", f"server.port = {self.port}", base)
        base = base.replace(f"127.0.0.1:{service.port}\n", f"127.0.0.1:{self.port}\n").replace(
            f"127.0.0.1:{service.port}>", f"127.0.0.1:{self.port}>")
        (self.folder / "conf").write_text(change(base))

    def __enter__(self):
        pid_file = self.folder / "pid"
        if self.server == "nginx":
            command = ["nginx", "-p", self.service.home, "-e", self.folder / "error.log", "-c", self.folder / "conf"]
            if os.geteuid() == 0:
                command += ["-g", "user root;"]
        elif self.server == "apache":
            command = ["apache2", "-f", self.folder / "conf", "-k", "start"]
        else:
            command = ["lighttpd", "-f", self.folder / "conf"]
        path = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"}
        done = subprocess.run(command, env=path, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        wait_until(lambda: pid_file.is_file() and pid_file.read_text().strip(), 10)
        self.pid = int(pid_file.read_text())
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGTERM)
        wait_until(lambda: not alive(self.pid), 10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, **headers):
        return Client(self.port, headers)


def with_tenant(text, tenant):
    """nginx's configuration with a tenant in the location that goes to the service."""
    return text.replace("fastcgi_param HTTP_PROXY ", f"fastcgi_param AUTH_TENANT {tenant};\nfastcgi_param HTTP_PROXY ")
