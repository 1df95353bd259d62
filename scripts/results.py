#!/usr/bin/env python3
"""Writes the tables of docs/results.md from the folders of runs, between its lines <!-- results --> and <!-- end of results -->.

    scripts/results.py RUN... [--into FILE]

A run is told apart by the vars of its workflow: dataset, bits, start and method. Runs that differ by their seed alone make one
row for each round: mean ± deviation over seeds, none left out. A folder that is not that of a finished run is a mistake. The standard
library only.
"""
import argparse
import collections
import pathlib
import statistics
import sys

from markdown_page import replace_results, row
from run_folder import RunFolder

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Column: the metric, what it is multiplied by, and digits after the point.
METRICS = {"mAP@all": ("mAP@all", 100, 2), "in database order": ("mAP@all (database order)", 100, 2),
           "mAP@1000": ("mAP@1000 (over retrieved)", 100, 2),
           "precision, radius 2": ("precision within radius 2", 100, 2), "distinct codes": ("distinct codes", 1, 0)}
Setting = collections.namedtuple("Setting", "dataset bits start method")


def setting_of(run):
    missing = [name for name in Setting._fields if name not in run.vars]
    if missing:
        raise ValueError(f"{run.folder}: its workflow has no var {', '.join(missing)}")
    if not run.finished():
        raise ValueError(f"{run.folder}: the run has not finished")
    return Setting(*(run.vars[name] for name in Setting._fields))


def training_seconds(run):
    """{round: seconds of that round's generator and network}."""
    seconds = collections.Counter()
    for event in run.events:
        if event["kind"] == "stage" and event["state"] != "started" and event["uses"].startswith(("generator/", "network/")):
            seconds[event["round"]] += event["seconds"]
    return seconds


def figures_of(run):
    """{column: {round: value}}"""
    figures = {column: {at: value * factor for at, value in run.by_round(metric).items()}
               for column, (metric, factor, _) in METRICS.items()}
    return {**figures, "seconds": training_seconds(run)}


def spread(values, digits):
    deviation = f" ± {statistics.stdev(values):.{digits}f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):.{digits}f}{deviation}"


def rows_of(method, runs, rounds):
    figures = [figures_of(run) for run in runs]
    for number in rounds:
        values = {column: [each[column][number] for each in figures if number in each[column]] for column in [*METRICS, "seconds"]}
        seeds = len(values["mAP@all"])
        cells = [spread(values[column], METRICS[column][2]) if values[column] else "–" for column in METRICS]
        took = spread(values["seconds"], 0) if values["seconds"] else "–"
        yield row([method, number, seeds, *cells, took]) + "\n"


def rounds_of(runs):
    return sorted({number for run in runs for number in run.by_round("mAP@all")})


def table(start, methods):
    """methods: {method: runs}. The start is the same for all of them and stands once."""
    head = row(["start " + start, "round", "seeds", *METRICS, "seconds of training"])
    text = f"{head}\n{row(['---'] * 2 + ['---:'] * (len(METRICS) + 2))}\n"
    most = max(methods.values(), key=len)
    text += "".join(rows_of("start", most, [0]))
    for method, runs in sorted(methods.items()):
        text += "".join(rows_of(method, runs, [number for number in rounds_of(runs) if number > 0]))
    return text + "\n"


def machines(runs):
    return "; ".join(sorted({run.machine() for run in runs}))


def tables(runs):
    groups = collections.defaultdict(list)
    for run in sorted(runs, key=lambda each: each.seed):
        groups[setting_of(run)].append(run)
    text = ""
    for dataset, bits in sorted({(each.dataset, each.bits) for each in groups}):
        text += f"### {dataset}, {bits} bits\n\n"
        for start in sorted({each.start for each in groups if (each.dataset, each.bits) == (dataset, bits)}):
            here = {each.method: members for each, members in groups.items() if each[:3] == (dataset, bits, start)}
            text += table(start, here)
    return text + f"Machines: {machines(runs)}.\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "docs" / "results.md", metavar="FILE")
    parser.add_argument("runs", nargs="+", metavar="RUN")
    arguments = parser.parse_args()
    try:
        replace_results(arguments.into, "\n" + tables([RunFolder(folder) for folder in arguments.runs]))
    except (OSError, ValueError) as mistake:
        print(f"error: {mistake}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
