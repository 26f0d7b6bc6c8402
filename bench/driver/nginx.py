"""One nginx for all contenders: the example of deploy/, with one upstream and one server for each of them."""

import os
import re
import subprocess

from . import processes

# Clients of their own, though all come from this machine: the load generator names them.
REAL_ADDRESS = """
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Real-IP;
    keepalive_requests 1000000000;
"""

PROXY = """
        location / {
            proxy_pass http://%s;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Real-IP $remote_addr;
        }
"""

# What nginx answers by itself: the least that anything behind it takes.
BARE = """
        location = /nginx { return 200 "nginx"; }
"""


def block(text, start):
    """The block that begins at an offset, to its closing brace."""
    depth = 0
    for i in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0 and text[i] == "}":
            return text[start:i + 1]
    raise ValueError("a block without an end")


class Nginx:
    def __init__(self, settings):
        self.settings = settings
        self.sites = []
        self.process = None
        words = ["bash", "-c", 'source "$1/scripts/lib/web.sh"; repo=$1; web_configuration "$2" nginx 1', "-",
                 str(settings.repo), str(settings.home)]
        self.example = subprocess.run(words, capture_output=True, text=True, check=True).stdout

    def add(self, site):
        """A contender with `name`, `port`, `socket` or `address`, `keeps`, `protocol` and `parameters`."""
        self.sites.append(site)

    def configuration(self):
        plain = re.sub(r"#.*", "", self.example)
        upstream = block(plain, plain.index("upstream authfcgi"))
        server = block(plain, plain.index("server {\n"))
        parts = [REAL_ADDRESS]
        for site in self.sites:
            parts += [self.upstream(upstream, site), self.server(server, site)]
        text = plain.replace(upstream, "").replace(server, "\n".join(parts))
        return "daemon off;\n" + text

    def upstream(self, text, site):
        text = re.sub(r'server "[^"]*" max_fails=0;', f"server {site.address} max_fails=0;", text)
        text = text.replace("upstream authfcgi", f"upstream {site.name}")
        return text if site.keeps else re.sub(r"keepalive \d+;", "", text)

    def server(self, text, site):
        text = re.sub(r"listen 127\.0\.0\.1:\d+;", f"listen 127.0.0.1:{site.port} backlog=4096;", text)
        text = text.replace("location / {", BARE.strip() + "\n        location / {")
        if site.protocol == "http":
            for refusing in ("location @", "location = /-/refused"):
                text = text.replace(block(text, text.index(refusing)), "")
            return text.replace(block(text, text.index("location / {")), PROXY % site.name)
        parameters = "".join(f'fastcgi_param {name} "{value}";' for name, value in site.parameters.items())
        # Beside those that all locations share: one that has any of its own would have only those.
        text = text.replace("fastcgi_param", f"{parameters}fastcgi_param", 1)
        text = text.replace("fastcgi_pass authfcgi;", f"fastcgi_pass {site.name};")
        return text if site.keeps else text.replace("fastcgi_keep_conn on;", "")

    def start(self):
        home = self.settings.home
        path = home / "nginx-bench.conf"
        path.write_text(self.configuration())
        self.process = processes.Process(
            ["nginx", "-p", home, "-e", home / "log" / "nginx-error.log", "-c", path]
            + (["-g", "user root;"] if os.geteuid() == 0 else []),
            home / "log" / "nginx.out")
        ports = [site.port for site in self.sites]
        processes.wait_for(lambda: all(map(processes.port_answers, ports)), "nginx does not answer")

    def restart(self):
        self.stop()
        self.start()

    def stop(self):
        if self.process:
            self.process.stop()
