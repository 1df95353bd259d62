#!/usr/bin/env python3
"""Runs a workflow file and checks what the .expect file beside it promises.

    run_case.py CASE.yaml [--program HASHLOOM]      (default: $HASHLOOM, else hashloom)

Plugins of tests/plugins are found where HASHLOOM_PLUGINS names their folder, as ctest does.

CASE.expect holds one expectation a line; '#' begins a comment line:

    exit: 0                                exit status (0 if not said)
    command: check                         the command, with its options (default: run)
    args: --set bits=16                    further arguments
    timeout: 60                            seconds until the program is killed (default: 240)
    stdout has: "text"                     also: stdout has not, stderr has, stderr has not
    rounds: 2                              rounds of the last loop that ended
    mAP final >= 0.50                      mAP is "mAP@all"; any other metric in quotes; final, first, gain, best
    "precision@100" gain >= 0.05           gain: final minus first (a loop's first is round 0)
    events have: {"kind": "warning"}       an event with at least these fields; also: events have not
    files: blobs/*.png >= 1                files of the run's folder, by pattern; 'pictures' is blobs/*.png
"""
import argparse
import json
import operator
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

RELATIONS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "==": operator.eq}
METRICS = {"mAP": "mAP@all"}
FILES = {"pictures": "blobs/*.png"}
METRIC_LINE = re.compile(r'("[^"]+"|\w+) (final|first|gain|best) (>=|<=|==|>|<) (\S+)')
FILES_LINE = re.compile(r"(\S+) (>=|<=|==|>|<) (\d+)")
LAST_LINES = 40


class Unmet(Exception):
    """An expectation that was not met; the message says what was found."""


class BadExpectation(Exception):
    """A line of the .expect file that can't be understood."""


class Outcome:
    """What a run left behind."""

    def __init__(self, status, stdout, stderr, runs):
        self.status, self.stdout, self.stderr = status, stdout, stderr
        self.folder = newest_run(runs)
        self.events = without_undone(read_events(self.folder)) if self.folder else []


def newest_run(runs):
    folders = [path.parent for path in Path(runs).glob("*/events.jsonl")]
    return max(folders, key=lambda folder: folder.stat().st_mtime, default=None)


def read_events(folder):
    with open(folder / "events.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.endswith("\n")]


def without_undone(events):
    """After {kind: resume, after: S} the events between S and it do not count."""
    counting = []
    for event in events:
        if event["kind"] == "resume":
            counting = [earlier for earlier in counting if earlier["seq"] <= event["after"]]
        counting.append(event)
    return counting


def unquoted(text):
    return json.loads(text) if text.startswith('"') else text


def expect_exit(value, outcome):
    if outcome.status != int(value):
        raise Unmet(f"exit status {outcome.status}")


def expect_rounds(value, outcome):
    loops = [event for event in outcome.events if event["kind"] == "loop"]
    if not loops:
        raise Unmet("no loop has ended")
    if loops[-1]["rounds"] != int(value):
        raise Unmet(f"{loops[-1]['rounds']} rounds ({loops[-1]['why']})")


def text_expectation(stream, wanted):
    def expect(value, outcome):
        if (unquoted(value) in getattr(outcome, stream)) != wanted:
            raise Unmet(f"it is {'not ' if wanted else ''}in {stream}")
    return expect


def event_expectation(wanted):
    def expect(value, outcome):
        fields = json.loads(value)
        found = [event for event in outcome.events if fields.items() <= event.items()]
        if bool(found) != wanted:
            raise Unmet(f"none of {len(outcome.events)} events" if wanted else json.dumps(found[0]))
    return expect


def expect_files(value, outcome):
    match = FILES_LINE.fullmatch(value)
    if not match:
        raise BadExpectation("it goes: files: PATTERN >= NUMBER")
    pattern, relation, count = match.groups()
    found = len(list(outcome.folder.glob(FILES.get(pattern, pattern)))) if outcome.folder else 0
    if not RELATIONS[relation](found, int(count)):
        raise Unmet(f"{found} files")


def expect_metric(match, outcome):
    name, which, relation, bound = match.groups()
    name = json.loads(name) if name.startswith('"') else METRICS.get(name, name)
    values = [event["value"] for event in outcome.events if event["kind"] == "metric" and event["name"] == name]
    if not values:
        raise Unmet(f"no metric {name}; there are: {', '.join(metric_names(outcome)) or 'none'}")
    figure = {"final": values[-1], "first": values[0], "gain": values[-1] - values[0], "best": max(values)}[which]
    if not RELATIONS[relation](figure, float(bound)):
        raise Unmet(f"{figure:.4f}; by round: {', '.join(f'{value:.4f}' for value in values)}")


def metric_names(outcome):
    return sorted({event["name"] for event in outcome.events if event["kind"] == "metric"})


SETTINGS = ("command", "args", "timeout")
EXPECTATIONS = {
    "exit": expect_exit,
    "rounds": expect_rounds,
    "files": expect_files,
    "stdout has": text_expectation("stdout", True),
    "stdout has not": text_expectation("stdout", False),
    "stderr has": text_expectation("stderr", True),
    "stderr has not": text_expectation("stderr", False),
    "events have": event_expectation(True),
    "events have not": event_expectation(False),
}


def parse(line):
    """A line of an .expect file as (setting, value) or (None, a function of the outcome)."""
    match = METRIC_LINE.fullmatch(line)
    if match:
        return None, lambda outcome: expect_metric(match, outcome)
    word, colon, value = line.partition(":")
    value = value.strip()
    if colon and word in SETTINGS:
        return word, value
    if colon and word in EXPECTATIONS:
        return None, lambda outcome: EXPECTATIONS[word](value, outcome)
    raise BadExpectation(f"it is none of: {', '.join([*SETTINGS, *EXPECTATIONS])}, METRIC final|first|gain|best >= NUMBER")


def load(file):
    """The settings, and the expectations as (line number, line, function)."""
    settings, expectations = {"command": "run", "args": "", "timeout": "240"}, []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            setting, meaning = parse(line)
        except BadExpectation as error:
            sys.exit(f"{file}:{number}: error: can't understand '{line}'\n  {error}")
        if setting:
            settings[setting] = meaning
        else:
            expectations.append((number, line, meaning))
    if not any(line.startswith("exit:") for _, line, _ in expectations):
        expectations.insert(0, (0, "exit: 0", lambda outcome: expect_exit("0", outcome)))
    return settings, expectations


def run(program, case, settings, folder):
    """Runs and caches results in `folder`, so that nothing of earlier runs helps or hinders."""
    runs = os.path.join(folder, "runs")
    command = [program, *shlex.split(settings["command"]), str(case)]
    if shlex.split(settings["command"])[:1] == ["run"]:
        command += ["--runs", runs]
    command += shlex.split(settings["args"])
    print("+", shlex.join(command), flush=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, timeout=float(settings["timeout"]),
                              env={**os.environ, "XDG_CACHE_HOME": os.path.join(folder, "cache")})
    except subprocess.TimeoutExpired as error:
        sys.exit(f"{case}: error: killed after {settings['timeout']} s\n" + tail((error.stderr or b"").decode(errors="replace")))
    return Outcome(done.returncode, done.stdout, done.stderr, runs)


def unmet(expectations, outcome, file):
    """One message for each expectation that was not met."""
    messages = []
    for number, line, expectation in expectations:
        try:
            expectation(outcome)
        except Unmet as found:
            messages.append(f"{file}:{number}: expected {line}\n  found {found}")
        except (BadExpectation, ValueError) as error:
            messages.append(f"{file}:{number}: can't understand {line}\n  {error}")
    return messages


def tail(text):
    return "\n".join(text.splitlines()[-LAST_LINES:])


def main():
    parser = argparse.ArgumentParser(description="runs a workflow file and checks its .expect file")
    parser.add_argument("case", type=Path)
    parser.add_argument("--program", default=os.environ.get("HASHLOOM", "hashloom"))
    arguments = parser.parse_args()
    file = arguments.case.with_suffix(".expect")
    settings, expectations = load(file)
    with tempfile.TemporaryDirectory(prefix="hashloom-case-") as folder:
        outcome = run(arguments.program, arguments.case, settings, folder)
        messages = unmet(expectations, outcome, file)
    if messages:
        print("\n".join(messages))
        print(f"--- the end of its standard output\n{tail(outcome.stdout)}")
        print(f"--- the end of its standard error\n{tail(outcome.stderr)}")
        sys.exit(1)
    print(f"{len(expectations)} expectations met")


if __name__ == "__main__":
    main()
