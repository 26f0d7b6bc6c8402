"""Processes of the bench: started, ended by their own ids, and what they cost."""

import os
import pathlib
import socket
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


def children(pid):
    """The ids of a process and of all below it."""
    found, queue = [], [pid]
    while queue:
        parent = queue.pop()
        found.append(parent)
        for task in pathlib.Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                queue += [int(word) for word in task.read_text().split()]
            except OSError:
                pass
    return found


def cpu_seconds(pids):
    """Processor time of all these processes so far."""
    total = 0
    for pid in pids:
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / TICK


def memory_kib(pid):
    """Resident and proportional set size of a process, in KiB."""
    values = {}
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split(":")
        values[name] = int(value.split()[0])
    return {"rss": values["Rss"], "pss": values["Pss"], "private": values["Private_Clean"] + values["Private_Dirty"]}


class Process:
    """One process that the bench starts and ends. It is of the bench's own session, as the others are: the kernel gives each
    session the same share of the processors (sched(7), autogroup), and niceness counts within one only."""

    def __init__(self, words, log, environment=None, folder=None):
        self.words = [str(word) for word in words]
        with open(log, "ab") as output:
            self.popen = subprocess.Popen(
                self.words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder,
                env={**os.environ, **(environment or {})}, process_group=0)
        self.log = log

    @property
    def pid(self):
        return self.popen.pid

    def pids(self):
        return children(self.pid)

    def stop(self, patience=30):
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(patience)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()


def wait_for(condition, what, patience=60):
    """Waits until a condition holds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"error: {what} within {patience} s")
        time.sleep(0.02)


def port_answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def socket_answers(path):
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
        return True
    except OSError:
        return False
