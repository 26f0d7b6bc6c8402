"""The load generators: wrk for throughput, paced for waiting at a fixed rate."""

import json
import resource
import subprocess
import time

from . import processes


class Load:
    def __init__(self, settings, nginx):
        self.settings, self.nginx = settings, nginx

    def throughput(self, contender, path, script="get.lua", words=(), connections=64, seconds=None, beside=False):
        """As many requests as the contender answers, over so many connections; with what each part of the house spent.
        `beside` others MariaDB never rests."""
        seconds = seconds or self.settings.seconds
        if not beside:
            self.wait_for_rest()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s",
                   str(self.settings.bench / "load" / script), f"http://127.0.0.1:{contender.port}{path}", "--",
                   *map(str, words)]
        before, began = self.spent(contender), time.monotonic()
        output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        after, took = self.spent(contender), time.monotonic() - began
        line = next((line for line in output.splitlines() if line.startswith("RESULT ")), None)
        if line is None:
            raise SystemExit(f"error: wrk said no result: {output}")
        result = json.loads(line.removeprefix("RESULT "))
        answered = result["requests"] - result["failed"]
        if answered < 0.99 * result["requests"]:
            raise SystemExit(f"error: {contender.name} failed {result['failed']} of {result['requests']} requests for "
                             f"{path}; see {contender.process.log}")
        result["per_second"] = round(answered / result["seconds"], 2)
        result["cpu_us"] = {name: round((after[name] - before[name]) / max(1, answered) * 1e6, 1) for name in before}
        result["cpu_share"] = round(sum(after[n] - before[n] for n in before) / took / self.settings.cores, 3)
        return result

    def wait_for_rest(self):
        """Until MariaDB has done what it was asked before: a contender whose answers take long leaves it statements that
        nobody waits for any more."""
        for _ in range(200):
            before = self.spent_by_mariadb()
            time.sleep(0.05)
            if self.spent_by_mariadb() - before < 0.01:
                return

    def spent_by_mariadb(self):
        return processes.cpu_seconds([int((self.settings.home / "mariadbd.pid").read_text())])

    def spent(self, contender):
        """Processor seconds of each part so far."""
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "contender": processes.cpu_seconds(contender.pids()),
            "nginx": processes.cpu_seconds(self.nginx.process.pids()),
            "mariadb": self.spent_by_mariadb(),
            "wrk": ended.ru_utime + ended.ru_stime,
        }

    def paced(self, contender, path, rate, seconds=None, **options):
        """How long answers take at a fixed rate."""
        words = [self.settings.tool("paced"), "--port", contender.port, "--path", path, "--rate", rate,
                 "--seconds", seconds or self.settings.seconds]
        for name, value in options.items():
            words += [f"--{name}", value]
        output = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout
        return json.loads(output)
