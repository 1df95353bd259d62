#!/usr/bin/env python3
"""Tables of figures from run folders, as Markdown.

    scripts/figures.py RUN...                   a table by round: a row a run, and mean and deviation over seeds
    scripts/figures.py --stages RUN...          the same for runs without a loop: a column an evaluator
    scripts/figures.py --readme RUN             puts a run's table and its last picture into README.md

Runs that differ by their seed alone make one group. Figures are the metric mAP@all in per cent. The standard library only.
"""
import argparse
import pathlib
import shutil
import statistics
import sys

from markdown_page import replace_results, row
from run_folder import RunFolder

ROOT = pathlib.Path(__file__).resolve().parent.parent


def group_of(run):
    variables = ", ".join(f"{name} {value}" for name, value in sorted(run.vars.items()))
    name = run.record["workflow"]["name"]
    return f"{name} ({variables})" if variables else name


def by_round(run):
    figures = {f"t={number}": 100 * value for number, value in run.by_round("mAP@all").items()}
    first, last = figures["t=0"], list(figures.values())[-1]
    return {**figures, "last": last, "gain": last - first}


def by_stage(run):
    return {event["stage"]: 100 * event["value"] for event in run.metrics("mAP@all") if "round" not in event}


def column_order(column):
    """Rounds first, then the last one and the gain; evaluators by name."""
    return (column == "gain", column == "last", column)


def spread(values):
    deviation = statistics.stdev(values) if len(values) > 1 else 0
    return f"{statistics.mean(values):.2f} ± {deviation:.2f}"


def print_group(name, runs, figures_of):
    figures = [figures_of(run) for run in runs]
    columns = sorted({column for each in figures for column in each}, key=column_order)
    print(f"\n{name}\n")
    print(row(["seed", *columns, "seconds"]))
    print(row(["---"] * (len(columns) + 2)))
    for run, each in zip(runs, figures):
        cells = [f"{each[column]:.2f}" if column in each else "–" for column in columns]
        print(row([str(run.seed), *cells, f"{run.seconds():.0f}"]))
    means = [spread([each[column] for each in figures if column in each]) for column in columns]
    print(row(["mean ± deviation", *means, ""]))


def print_tables(runs, figures_of):
    groups = {}
    for run in sorted(runs, key=lambda each: each.seed):
        groups.setdefault(group_of(run), []).append(run)
    for name, members in sorted(groups.items()):
        print_group(name, members, figures_of)
        print(f"\n{members[0].machine()}")


def readme_lines(run):
    yield row(["round", "mAP@all, %", "changed bits, %", "distinct codes", "seconds"])
    yield row(["---:"] * 5)
    figures = by_round(run)
    for event in run.events:
        if event["kind"] != "round":
            continue
        changed = f"{100 * event['changed_bits']:.1f}" if "changed_bits" in event else "–"
        yield row([str(event["round"]), f"{figures[f'''t={event['round']}''']:.2f}", changed,
                   f"{event['distinct_codes']:,}", f"{event['seconds']:.0f}"])


def write_readme(run):
    picture = [event for event in run.events if event["kind"] == "picture"][-1]
    shutil.copyfile(run.folder / "blobs" / picture["blob"], ROOT / "docs" / "pictures" / "samples.png")
    replace_results(ROOT / "README.md", "\n".join(readme_lines(run)) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stages", action="store_true", help="runs without a loop")
    parser.add_argument("--readme", action="store_true", help="write README.md's table and picture")
    parser.add_argument("runs", nargs="+", metavar="RUN")
    arguments = parser.parse_args()
    runs = [RunFolder(folder) for folder in arguments.runs]
    if arguments.readme:
        write_readme(runs[0])
    else:
        print_tables(runs, by_stage if arguments.stages else by_round)
    return 0


if __name__ == "__main__":
    sys.exit(main())
