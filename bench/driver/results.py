"""What came out: targets with their ratios, measurements behind them, and everything printed as it comes."""

import datetime
import json
import time


class Results:
    """The results of the group that runs at the moment, and of those that ran before it, by their names."""

    def __init__(self):
        self.targets, self.measurements, self.notes = [], {}, []
        self.groups = {}
        self.began = self.group_began = time.monotonic()

    def begin(self, name):
        self.targets, self.measurements, self.notes = [], {}, []
        self.group_began = time.monotonic()
        self.say(f"--- {name}")

    def end(self, name, run):
        """Keeps what the group found; `run` is what it was asked for."""
        took = round(time.monotonic() - self.group_began, 1)
        self.groups[name] = {
            "ended": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), "took_s": took, "run": run,
            "targets": self.targets, "measurements": self.measurements, "notes": self.notes}
        self.say(f"--- {name} took {took:.0f} s")

    def passed(self):
        """Seconds since the run began."""
        return time.monotonic() - self.began

    def say(self, text):
        print(f"[{self.passed():5.0f} s] {text}", flush=True)

    def note(self, text):
        self.notes.append(text)
        self.say(text)

    def target(self, number, text, measured, bound, relation, unit="", by_processor=None):
        """A target of the house: `measured` is a number or a spread, and must be `relation` (>= or <=) `bound`."""
        value = measured["median"] if isinstance(measured, dict) else measured
        is_met = value >= bound if relation == ">=" else value <= bound
        self.targets.append({"target": number, "what": text, "measured": measured, "bound": bound,
                             "relation": relation, "unit": unit, "met": is_met,
                             "by_processor": by_processor})
        span = f" ({measured['least']} to {measured['most']})" if isinstance(measured, dict) else ""
        span += f", by processor time {by_processor['median']}" if by_processor else ""
        self.say(f"  {'met   ' if is_met else 'MISSED'} {number} {text}: {value}{unit}{span}, wanted {relation} {bound}{unit}")

    def measured(self, name, lines):
        """Rates of contenders, with where the time goes."""
        self.measurements[name] = lines
        for contender, line in lines.items():
            rate, cpu = line["per_second"], line["cpu_us"]
            costs = ", ".join(f"{part} {value}" for part, value in cpu.items())
            self.say(f"    {contender:16} {rate['median']:>10.1f}/s ({rate['least']:.1f} to {rate['most']:.1f})"
                     f"  p50 {line['p50_us'] / 1000:.2f} ms  p99 {line['p99_us'] / 1000:.2f} ms"
                     f"  µs of processor a request: {costs}"
                     + (f"  FAILED {line['failed']}" if line["failed"] else ""))

    def value(self, name, value):
        """Any other figure."""
        self.measurements[name] = value
        self.say(f"    {name}: {json.dumps(value)}")

    def operation(self, name, line):
        """The nanoseconds and allocations of one operation."""
        self.measurements[name] = line
        ns = line["ns"]
        self.say(f"    {name:66} {ns['median']:>9.0f} ns ({ns['least']:.0f} to {ns['most']:.0f})"
                 f"  {line['allocations']:>6.1f} allocations")
