"""Interleaved rounds: each contender once, one after the other, again and again; medians and spreads of what came out."""

import statistics


def spread(values):
    return {
        "median": round(statistics.median(values), 4), "least": round(min(values), 4), "most": round(max(values), 4),
    }


def interleave(count, measures):
    """Runs every measure once a round, each round beginning with another, so that nobody always follows the same one.
    `measures` maps names to functions; the answer maps names to lists."""
    results = {name: [] for name in measures}
    names = list(measures)
    for number in range(count):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            results[name].append(measures[name]())
    return results


def ratios(results, name, other, key="per_second"):
    """One value of a contender as a share of another's, round by round."""
    return spread([mine[key] / theirs[key] for mine, theirs in zip(results[name], results[other]) if theirs[key]])


def by_processor(results, name, other):
    """The same share as the processor time of a request has it: what the ratio would be on a machine without other work
    whose cores are all busy."""
    return spread([sum(theirs["cpu_us"].values()) / sum(mine["cpu_us"].values())
                   for mine, theirs in zip(results[name], results[other]) if sum(mine["cpu_us"].values())])


def summary(results):
    """For each contender its rate, its answer times and what it cost."""
    lines = {}
    for name, rounds in results.items():
        lines[name] = {
            "per_second": spread([r["per_second"] for r in rounds]),
            "failed": sum(r["failed"] for r in rounds),
            "p50_us": statistics.median(r["p50_us"] for r in rounds),
            "p99_us": statistics.median(r["p99_us"] for r in rounds),
            "cpu_us": {part: round(statistics.median(r["cpu_us"][part] for r in rounds), 1)
                       for part in rounds[0]["cpu_us"]},
            "cpu_share": statistics.median(r["cpu_share"] for r in rounds),
        }
    return lines
