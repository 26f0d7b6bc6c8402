"""Writes bench/results.json, and the tables of docs/performance.md between their two marker lines."""

import json

from . import machine

BEGIN, END = "<!-- scripts/bench: begin -->", "<!-- scripts/bench: end -->"


def write(house):
    settings, results = house.settings, house.results
    everything = {
        "machine": machine.describe(settings),
        "run": {"accounts": settings.accounts, "growth": settings.growth, "rounds": settings.rounds,
                "seconds": settings.seconds, "requests": settings.requests, "chosen": house.best},
        "targets": results.targets, "measurements": results.measurements, "notes": results.notes,
    }
    # A run of single groups leaves the document alone.
    path = settings.bench / "results.json" if settings.is_whole else settings.home / "results.json"
    path.write_text(json.dumps(everything, indent=1) + "\n")
    results.say(f"wrote {path}")
    if settings.is_whole:
        put(settings.repo / "docs" / "performance.md", document(everything))


def put(path, text):
    """Replaces what stands between the marker lines."""
    page = path.read_text()
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}")


def document(everything):
    return "\n".join([
        place(everything), table_of_targets(everything["targets"]), tables_of_rates(everything["measurements"]),
        table_of_costs(everything["measurements"]), others(everything["measurements"]),
        *[f"- {note}" for note in everything["notes"]], ""])


def place(everything):
    it, run = everything["machine"], everything["run"]
    versions = ", ".join(f"{name} {version}" for name, version in it["versions"].items())
    database = it["database"]
    return (
        f"Measured on {it['cores']} cores of {it['cpu']} with {it['memory_gib']} GiB, Linux {it['kernel']}, "
        f"{it['system']}: {versions}. MariaDB: {database['accounts']:,} accounts and sessions, "
        f"`innodb_flush_log_at_trx_commit = 1`, `innodb_buffer_pool_size = {database['innodb_buffer_pool_size']}`. "
        f"{run['rounds']} interleaved rounds of {run['seconds']} s. The C responder: loop {run['chosen']['loop']}, "
        f"{run['chosen']['threads']} threads for `/healthz` and {run['chosen']['lookup_threads']} for look-ups; "
        f"php-fpm: {run['chosen']['php']} processes; uvicorn: {run['chosen']['python']}.\n")


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


def others(measurements):
    rows = [(name, f"`{json.dumps(value)}`") for name, value in measurements.items()
            if not is_rates(value) and name.partition(", ")[0] not in ("statements", "system calls", "instructions")]
    return "### Other figures\n\n" + table(("what", "value"), rows) if rows else ""
