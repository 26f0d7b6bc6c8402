"""Where a worker's time goes: perf's samples of its processor time under full load, by function."""

import subprocess
import time

CALLS = (("healthz", "/healthz"), ("lookup", "/user/session"), ("me", "/api/auth/me"))


def profile(house):
    folder = house.settings.home / "profile"
    folder.mkdir(exist_ok=True)
    fields = {"lookup": ("Cookie: compass.session=", house.credentials.cookies()),
              "me": ("Authorization: Bearer ", house.credentials.tokens("HS256"))}
    service = house.service()
    with house.running(service):
        house.load.throughput(service, "/healthz", seconds=1)
        for name, path in CALLS:
            data = folder / f"{name}.data"
            recorder = subprocess.Popen(
                ["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "-g", "--call-graph", "fp", "-o", str(data),
                 "-p", ",".join(map(str, service.workers())), "--", "sleep", str(house.settings.seconds)],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            house.load.throughput(service, path, words=fields.get(name, ()), seconds=house.settings.seconds + 1)
            recorder.wait()
            time.sleep(0.5)
            for kind, option in (("self", "--no-children"), ("inclusive", "--children")):
                report = subprocess.run(
                    ["perf", "report", "-i", str(data), "--stdio", option, "-g", "none", "--percent-limit", "0.3", "--no-inline"],
                    capture_output=True, text=True, check=False).stdout
                (folder / f"{name}.{kind}.txt").write_text(report)
            lines = [line for line in (folder / f"{name}.self.txt").read_text().splitlines() if line and line[0] != "#"]
            house.results.say(f"{path}; the whole in {folder}")
            for line in lines[:25]:
                house.results.say(f"    {line.strip()[:150]}")
