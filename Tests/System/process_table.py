"""What proc(5) tells of processes. One that is gone, also while it is looked at, has nothing to tell."""

import pathlib


def _octets(pid, name):
    try:
        return pathlib.Path(f"/proc/{pid}/{name}").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _tasks(pid):
    try:
        return [task.name for task in pathlib.Path(f"/proc/{pid}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def command(pid):
    """The words that it was started with."""
    return _octets(pid, "cmdline").decode().split("\0")[:-1]


def children(pid):
    """What it has started and what still is."""
    return [int(child) for task in _tasks(pid) for child in _octets(pid, f"task/{task}/children").split()]


def descendants(pid):
    return [below for child in children(pid) for below in (child, *descendants(child))]


def states(pid):
    """The state of each thread, the first one first: R, S, D, T, Z."""
    stats = [_octets(pid, f"task/{task}/stat") for task in sorted(_tasks(pid), key=int)]
    return [stat.rsplit(b")", 1)[1].split()[0].decode() for stat in stats if stat]


def alive(pid):
    return states(pid)[:1] not in ([], ["Z"])
