"""What the tests of the program share: starting it in a folder of its own, and reading what it left behind."""
import json
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = os.environ["HASHLOOM"]
TEST_PLUGINS = os.environ["HASHLOOM_TEST_PLUGINS"]

# Runs in no time; needs the plugin of tests/plugins/small.cpp. The codes at the end depend on each epoch of each round.
SMALL = """\
name: small
seed: 1
vars: {rounds: 2, epochs: 2, milliseconds: 0}
stages:
  data: {uses: dataset/small}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  start: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 16}}
  learn:
    loop:
      carry: {codes: start.codes}
      next: {codes: network.codes}
      rounds: "${rounds}"
    stages:
      near: {uses: generator/neighbours, in: {images: data.images, codes: learn.codes}}
      network: {uses: network/slow, in: {images: data.images, codes: learn.codes, generator: near.generator},
                with: {epochs: "${epochs}", milliseconds: "${milliseconds}"}}
    observe:
      score: {uses: evaluator/retrieval, in: {codes: learn.codes, labels: data.labels}}
"""


class Done:
    """How the program ended."""

    def __init__(self, status, stdout, stderr):
        self.status, self.stdout, self.stderr = status, stdout, stderr

    def __str__(self):
        return f"exit status {self.status}\n--- standard output\n{self.stdout}\n--- standard error\n{self.stderr}"


class ProgramTest(unittest.TestCase):
    """Each test has a folder, in which the program runs; results are cached there too."""

    timeout = 120

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="hashloom-cli-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def environment(self):
        return {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache"), "HASHLOOM_PLUGINS": TEST_PLUGINS,
                "CUDA_VISIBLE_DEVICES": ""}

    def write(self, text, name="workflow.yaml"):
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return name

    def start(self, *arguments, stdin=subprocess.DEVNULL, **options):
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, env=self.environment(), text=True,
                                   stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.addCleanup(end, process)
        return process

    def wait(self, process, input=None):
        stdout, stderr = process.communicate(input, timeout=self.timeout)
        return Done(process.returncode, stdout, stderr)

    def hashloom(self, *arguments, input=None, **options):
        """Runs it to its end, with `input` as its standard input."""
        if input is not None:
            options["stdin"] = subprocess.PIPE
        return self.wait(self.start(*arguments, **options), input)

    def assert_tells(self, done, status, *texts):
        """The exit status, and that standard error has each text."""
        self.assertEqual(done.status, status, done)
        for text in texts:
            self.assertIn(text, done.stderr)

    def run_folder(self, runs="runs"):
        folders = sorted((self.folder / runs).iterdir())
        self.assertEqual(len(folders), 1, folders)
        return folders[0]

    def wait_for_event(self, process, runs="runs", count=1, **fields):
        """Until so many of the runs that `process` does have recorded an event with these fields."""
        deadline = time.monotonic() + self.timeout
        while time.monotonic() < deadline:
            self.assertIsNone(process.poll(), "the program ended before it was expected to")
            found = [file for file in self.folder.glob(f"{runs}/*/events.jsonl")
                     if any(fields.items() <= event.items() for event in read_events(file.parent))]
            if len(found) >= count:
                return
            time.sleep(0.02)
        self.fail(f"no event with {fields} after {self.timeout} s")


def end(process):
    if process.poll() is None:
        process.kill()
    process.communicate()


def read_events(run):
    """The events that count; fails where a complete line is not JSON."""
    counting = []
    for line in (run / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True):
        if not line.endswith("\n"):
            break
        event = json.loads(line)
        if event["kind"] == "resume":
            counting = [earlier for earlier in counting if earlier["seq"] <= event["after"]]
        counting.append(event)
    return counting


def last_codes(run, split="train"):
    """The blob of the codes that were recorded last."""
    return [event["blob"] for event in read_events(run) if event["kind"] == "codes" and event["split"] == split][-1]


def codes_by_round(run):
    """(round, split) -> name of the blob, which is the hash of what it holds."""
    return {(event["round"], event["split"]): event["blob"] for event in read_events(run) if event["kind"] == "codes"}
