#!/usr/bin/env python3
"""Kills a small real run of PGH (a DCGAN and a hash network on Fashion-MNIST) by SIGKILL at random moments, resumes it until it is
finished, and compares its codes with those of an undisturbed run, bit by bit.

  kill_test.py --times 100            kills in all, shared out among as many runs as it takes
  kill_test.py --times 20 --at cache  kills only while a result is being written to the cache
  kill_test.py --workflow FILE        another workflow than PGH; --set NAME=VALUE changes it
  kill_test.py --seed 7               the same moments again

HASHLOOM names the program (default: build/release/bin/hashloom). Prints each kill's moment; exit status 1 if a run ended with
other codes or could not be resumed."""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = os.environ.get("HASHLOOM", str(Path(__file__).resolve().parents[2] / "build/release/bin/hashloom"))

WORKFLOW = Path(__file__).resolve().parents[1] / "support" / "killed.yaml"


class Case:
    """One run in a folder of its own, its cache too, so that nothing comes from another case."""

    def __init__(self, folder, workflow):
        """`workflow`: what stands after `hashloom run`."""
        self.folder = folder
        self.workflow = workflow
        folder.mkdir()

    @property
    def run(self):
        runs = self.folder / "runs"
        return next(iter(runs.iterdir()), None) if runs.exists() else None

    @property
    def cache(self):
        return self.folder / "cache"

    def start(self):
        """Begins the run, or resumes it if there is one."""
        has_begun = self.run is not None and (self.run / "run.json").exists()
        command = ["resume", str(self.run)] if has_begun else ["run", *self.workflow]
        if not has_begun and self.run is not None:
            shutil.rmtree(self.run)  # killed before it had said what it runs: nothing to go on with
        environment = {**os.environ, "HASHLOOM_CACHE": str(self.cache), "CUDA_VISIBLE_DEVICES": "", "OMP_WAIT_POLICY": "passive"}
        return subprocess.Popen([PROGRAM, *command], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self):
        process = self.start()
        said, _ = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"FAILED: exit status {process.returncode} in {self.folder}\n{said}")

    def codes(self):
        """(round, split) -> the file's name, which is the hash of what it holds."""
        counting = []
        for line in (self.run / "events.jsonl").read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["kind"] == "resume":
                counting = [earlier for earlier in counting if earlier["seq"] <= event["after"]]
            counting.append(event)
        return {(event["round"], event["split"]): event["blob"] for event in counting if event["kind"] == "codes"}

    def where(self):
        """What the run has done, for people: the last event."""
        try:
            lines = (self.run / "events.jsonl").read_text(encoding="utf-8").splitlines()
            last = next(event for event in map(json.loads, reversed(lines)) if event["kind"] != "progress")
        except (OSError, TypeError, ValueError, StopIteration):
            return "before its first event"
        return " ".join(str(last[key]) for key in ("kind", "stage", "state", "round", "epoch") if key in last)


def wait_for_time(process, seconds):
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        pass


def drafts(folder):
    try:
        return {name for name in os.listdir(folder) if ".tmp" in name}
    except FileNotFoundError:
        return set()


def wait_for_draft(process, folder, skip):
    """Until a file of the cache is being written, the (skip + 1)th that is seen."""
    left_over, seen = drafts(folder), set()
    while process.poll() is None and len(seen) <= skip:
        seen.update(drafts(folder) - left_over)


def kill(case, moments, at, longest):
    """Returns what happened, or nothing if the run was finished before its moment came."""
    process = case.start()
    began = time.monotonic()
    if at == "cache":
        wait_for_draft(process, case.cache, moments.randrange(4))
    else:
        wait_for_time(process, moments.uniform(0, longest))
    after = time.monotonic() - began
    if process.poll() is not None:
        said, _ = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"FAILED: exit status {process.returncode} in {case.folder}\n{said}")
        return None
    process.kill()
    process.communicate()
    return f"killed after {after:.2f} s: {case.where()}"


def undisturbed_run(scratch, workflow):
    began = time.monotonic()
    case = Case(scratch / "undisturbed", workflow)
    case.finish()
    seconds = time.monotonic() - began
    print(f"undisturbed: {seconds:.1f} s, {len(case.codes())} sets of codes", flush=True)
    return case.codes(), seconds


def kill_one_run(case, moments, options, left, seconds):
    """At most four times: a run that is killed too often would never get past its first epoch. Returns the kills."""
    for kills in range(min(left, 4)):
        said = kill(case, moments, options.at, seconds)
        if said is None:
            return kills
        print(f"  {case.folder.name}: {said}", flush=True)
    case.finish()
    return min(left, 4)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--at", choices=["any-time", "cache"], default="any-time")
    parser.add_argument("--workflow", type=Path, default=WORKFLOW)
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    moments = random.Random(options.seed)
    workflow = [str(options.workflow.resolve()), *(f"--set={change}" for change in options.set)]
    with tempfile.TemporaryDirectory(prefix="hashloom-kill-") as scratch:
        expected, seconds = undisturbed_run(Path(scratch), workflow)
        kills = cases = equal = 0
        while kills < options.times:
            cases += 1
            case = Case(Path(scratch) / f"run {cases}", workflow)
            kills += kill_one_run(case, moments, options, options.times - kills, seconds)
            equal += case.codes() == expected
    print(f"{kills} kills of {cases} runs: {equal} of {cases} ended with the codes of the undisturbed run")
    return 0 if equal == cases else 1


if __name__ == "__main__":
    sys.exit(main())
