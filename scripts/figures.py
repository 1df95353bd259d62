#!/usr/bin/env python3
"""Tables of figures from run folders, as Markdown.

    scripts/figures.py RUN...                   a table by round: a row a run, and mean and deviation over seeds
    scripts/figures.py --stages RUN...          the same for runs without a loop: a column an evaluator
    scripts/figures.py --readme RUN             puts a run's table and its last picture into README.md

Runs that differ by their seed alone make one group. Figures are the metric mAP@all in per cent. The standard library only.
"""
import argparse
import json
import pathlib
import shutil
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def read_events(run):
    """The events that count: those that a resume undid are dropped (docs/events.md)."""
    events = []
    for line in (run / "events.jsonl").read_text().splitlines():
        event = json.loads(line)
        if event["kind"] == "resume":
            events = [earlier for earlier in events if earlier["seq"] <= event["after"]]
        events.append(event)
    return events


class Run:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.record = json.loads((self.folder / "run.json").read_text())
        self.events = read_events(self.folder)
        self.seed = self.record["seed"]

    def group(self):
        workflow = self.record["workflow"]
        variables = ", ".join(f"{name} {value}" for name, value in sorted(workflow["vars"].items()))
        return f"{workflow['name']} ({variables})" if variables else workflow["name"]

    def seconds(self):
        return sum(event.get("seconds", 0) for event in self.events
                   if event["kind"] == "stage" and event["state"] != "started")

    def by_round(self):
        figures = {f"t={event['round']}": 100 * event["value"] for event in self.figures() if "round" in event}
        first, last = figures["t=0"], list(figures.values())[-1]
        return {**figures, "last": last, "gain": last - first}

    def by_stage(self):
        return {event["stage"]: 100 * event["value"] for event in self.figures() if "round" not in event}

    def figures(self):
        return [event for event in self.events if event["kind"] == "metric" and event["name"] == "mAP@all"]


def column_order(column):
    """Rounds first, then the last one and the gain; evaluators by name."""
    return (column == "gain", column == "last", column)


def row(cells):
    return "| " + " | ".join(cells) + " |"


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
        groups.setdefault(run.group(), []).append(run)
    for name, members in sorted(groups.items()):
        print_group(name, members, figures_of)
        record = members[0].record
        print(f"\n{record['threads']} threads, {record['device']}, {'bf16' if record['bf16'] else 'float32'}, "
              f"{record['instructions']}")


def readme_lines(run):
    yield row(["round", "mAP@all, %", "changed bits, %", "distinct codes", "seconds"])
    yield row(["---:"] * 5)
    figures = run.by_round()
    for event in run.events:
        if event["kind"] != "round":
            continue
        changed = f"{100 * event['changed_bits']:.1f}" if "changed_bits" in event else "–"
        yield row([str(event["round"]), f"{figures[f'''t={event['round']}''']:.2f}", changed,
                   f"{event['distinct_codes']:,}", f"{event['seconds']:.0f}"])


def write_readme(run):
    picture = [event for event in run.events if event["kind"] == "picture"][-1]
    shutil.copyfile(run.folder / "blobs" / picture["blob"], ROOT / "docs" / "pictures" / "samples.png")
    readme = ROOT / "README.md"
    before, rest = readme.read_text().split("<!-- results -->\n", 1)
    after = rest.split("<!-- end of results -->\n", 1)[1]
    table = "\n".join(readme_lines(run))
    readme.write_text(f"{before}<!-- results -->\n{table}\n<!-- end of results -->\n{after}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stages", action="store_true", help="runs without a loop")
    parser.add_argument("--readme", action="store_true", help="write README.md's table and picture")
    parser.add_argument("runs", nargs="+", metavar="RUN")
    arguments = parser.parse_args()
    runs = [Run(folder) for folder in arguments.runs]
    if arguments.readme:
        write_readme(runs[0])
    else:
        print_tables(runs, Run.by_stage if arguments.stages else Run.by_round)
    return 0


if __name__ == "__main__":
    sys.exit(main())
