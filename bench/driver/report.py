"""Writes bench/results.json, and the tables of docs/performance.md between their two marker lines."""

import json

from . import machine
from .settings import GROUPS

BEGIN, END = "<!-- scripts/bench: begin -->", "<!-- scripts/bench: end -->"


def run(house):
    """What a group was asked for."""
    settings = house.settings
    return {"accounts": settings.accounts, "growth": settings.growth, "rounds": settings.rounds,
            "seconds": settings.seconds, "requests": settings.requests, "chosen": dict(house.best)}


def write(house):
    """Puts the groups that ran beside those of earlier runs on this machine."""
    settings, results = house.settings, house.results
    path = settings.bench / "results.json"
    place = machine.describe(settings)
    groups = {**earlier(path, place), **results.groups}
    everything = {"machine": place, "groups": {name: groups[name] for name in GROUPS if name in groups}}
    replace(path, json.dumps(everything, indent=1) + "\n")
    put(settings.repo / "docs" / "performance.md", document(everything))


def earlier(path, place):
    """The groups that are written down already, unless another machine measured them."""
    try:
        there = json.loads(path.read_text())
        is_same = all(there["machine"][name] == place[name] for name in ("cpu", "cores", "memory_gib"))
        return there["groups"] if is_same else {}
    except (OSError, ValueError, KeyError):
        return {}


def replace(path, text):
    """Writes a whole file or nothing: a run that is broken off leaves the one that was there."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text)
    beside.rename(path)


def put(path, text):
    """Replaces what stands between the marker lines."""
    page = path.read_text()
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    replace(path, f"{before}{BEGIN}\n\n{text}\n{END}{after}")


def document(everything):
    groups = everything["groups"]
    measurements = {name: value for group in groups.values() for name, value in group["measurements"].items()}
    targets = [target for group in groups.values() for target in group["targets"]]
    notes = [f"- {note}" for group in groups.values() for note in group["notes"]]
    return "\n".join([
        place(everything), table_of_groups(groups), table_of_targets(targets), tables_of_rates(measurements),
        table_of_operations(measurements), table_of_costs(measurements), others(measurements),
        "### Notes\n\n" + "\n".join(notes) + "\n" if notes else ""])


def place(everything):
    it = everything["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in it["versions"].items())
    database = it["database"]
    return (
        f"Measured on {it['cores']} cores of {it['cpu']} with {it['memory_gib']} GiB, Linux {it['kernel']}, "
        f"{it['system']}: {versions}. MariaDB: `innodb_flush_log_at_trx_commit = 1`, "
        f"`innodb_buffer_pool_size = {database['innodb_buffer_pool_size']}`.\n")


def table_of_groups(groups):
    rows = []
    for name, group in groups.items():
        run, chosen = group["run"], group["run"]["chosen"]
        settings = (f"C: {chosen['loop']}, {chosen['threads']} threads for `/healthz`, {chosen['lookup_threads']} else; "
                    f"php-fpm: {chosen['php']} processes; uvicorn: {chosen['python']}")
        rows.append((name, group["ended"][:16].replace("T", " "), f"{group['took_s']:.0f}", f"{run['accounts']:,}",
                     f"{run['rounds']} of {run['seconds']} s", settings))
    return "### Groups\n\n" + table(("group", "ended (UTC)", "took s", "accounts", "rounds", "references"), rows)


def figure(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


def table_of_targets(targets):
    rows = []
    for it in targets:
        measured = it["measured"]
        if isinstance(measured, dict):
            text = f"{measured['median']:.2f} ({measured['least']:.2f} to {measured['most']:.2f})"
        else:
            text = figure(measured)
        sign = {">=": "≥", "<=": "≤"}[it["relation"]]
        cpu = it["by_processor"]
        rows.append((it["target"], it["what"], text + it["unit"], f"{cpu['median']:.2f}" if cpu else "", f"{sign} {figure(it['bound'])}{it['unit']}",
                     "yes" if it["met"] else "**no**"))
    return "### Targets\n\n" + table(("", "what", "median (spread)", "by processor time", "wanted", "met"), rows)


def tables_of_rates(measurements):
    parts = ["### Rates, and where the time goes\n"]
    for name, lines in measurements.items():
        if not is_rates(lines):
            continue
        rows = []
        for contender, line in lines.items():
            rate, cpu = line["per_second"], line["cpu_us"]
            rows.append((contender, f"{figure(rate['median'])} ({figure(rate['least'])} to {figure(rate['most'])})",
                         f"{line['p50_us'] / 1000:.2f}", f"{line['p99_us'] / 1000:.2f}",
                         *(figure(cpu[part]) for part in ("contender", "nginx", "mariadb", "wrk"))))
        parts.append(f"{name}:\n\n" + table(
            ("", "a second", "p50 ms", "p99 ms", "own µs", "nginx µs", "MariaDB µs", "wrk µs"), rows))
    return "\n".join(parts)


def is_rates(lines):
    return isinstance(lines, dict) and lines and all(isinstance(x, dict) and "cpu_us" in x for x in lines.values())


def table_of_costs(measurements):
    """What one call costs, from the figures `statements, CALL` and `system calls, CALL, CONTENDER`."""
    rows = []
    for name, value in measurements.items():
        kind, _, rest = name.partition(", ")
        if kind != "statements":
            continue
        def counted(who):
            found = measurements.get(f"system calls, {rest}, {who}")
            return found["count"] if found else ""
        rows.append((rest, value["count"], counted("authfcgi"), counted("c"),
                     measurements.get(f"instructions, {rest}, authfcgi", ""),
                     measurements.get(f"instructions, {rest}, c", "")))
    if not rows:
        return ""
    heads = ("call", "statements", "system calls", "those of C", "instructions", "those of C")
    return "### What one call costs\n\n" + table(heads, rows)


def is_operation(line):
    return isinstance(line, dict) and set(line) == {"ns", "allocations"}


def table_of_operations(measurements):
    """What single operations cost in the program, without web server and database."""
    rows = [(name, f"{line['ns']['median']:,.0f} ({line['ns']['least']:,.0f} to {line['ns']['most']:,.0f})",
             f"{line['allocations']:g}") for name, line in measurements.items() if is_operation(line)]
    if not rows:
        return ""
    return "### Single operations\n\n" + table(("operation", "nanoseconds (spread)", "allocations"), rows)


def others(measurements):
    rows = [(name, f"`{json.dumps(value)}`") for name, value in measurements.items()
            if not is_rates(value) and not is_operation(value) and name.partition(", ")[0] not in ("statements", "system calls", "instructions")]
    return "### Other figures\n\n" + table(("what", "value"), rows) if rows else ""
