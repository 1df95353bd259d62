#!/usr/bin/env python3
"""How long `plan` takes on a full cache, and how long a second run of an unchanged workflow that does no stage again.

    second_run.py HASHLOOM [WORKFLOW [OPTION...]]     prints seconds, the least of three

Without WORKFLOW it is `workflows/first.yaml --set epochs=1`, which needs Fashion-MNIST: apt install dataset-fashion-mnist
"""
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIRST = [str(Path(__file__).resolve().parents[2] / "workflows/first.yaml"), "--set", "epochs=1"]


def seconds(*command, environment):
    begin = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done
    return time.monotonic() - begin


def assert_did_nothing(runs):
    (events,) = runs.glob("*/events.jsonl")
    states = {event["state"] for event in map(json.loads, events.open(encoding="utf-8")) if event["kind"] == "stage"}
    assert states == {"started", "cached"}, states


def main():
    program, workflow = str(Path(sys.argv[1]).resolve()), sys.argv[2:] or FIRST
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = os.environ | {"HASHLOOM_CACHE": f"{folder}/results"}

        def run(runs):
            return seconds(program, "run", *workflow, "--runs", folder / runs, environment=environment)

        print(f"first run         {run('first'):5.2f} s")
        plans = [seconds(program, "plan", *workflow, environment=environment) for _ in range(3)]
        print(f"plan              {min(plans):5.2f} s")
        runs = [run(f"second-{i}") for i in range(3)]
        for i in range(3):
            assert_did_nothing(folder / f"second-{i}")
        print(f"second run        {min(runs):5.2f} s, no stage done again")


if __name__ == "__main__":
    main()
