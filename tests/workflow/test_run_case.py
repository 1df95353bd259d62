"""Tests of run_case.py against a program that only pretends to run a workflow."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

RUNNER = Path(__file__).with_name("run_case.py")

# Writes the events that stand in the case's own file to a run's folder, and a picture.
PRETENDER = """#!/usr/bin/env python3
import json, pathlib, sys, time
script = json.loads(pathlib.Path([a for a in sys.argv if a.endswith(".yaml")][0]).read_text())
print("arguments:", *sys.argv[1:])
print(script.get("says", ""), file=sys.stderr)
if "--runs" in sys.argv:
    run = pathlib.Path(sys.argv[sys.argv.index("--runs") + 1]) / "case-1"
    (run / "blobs").mkdir(parents=True)
    (run / "blobs" / "ab.png").touch()
    lines = [json.dumps(dict(event, seq=seq)) for seq, event in enumerate(script.get("events", []))]
    (run / "events.jsonl").write_text("".join(line + "\\n" for line in lines) + script.get("torn", ""))
time.sleep(script.get("sleeps", 0))
sys.exit(script.get("exit", 0))
"""


def metric(value, name="mAP@all"):
    return {"kind": "metric", "name": name, "value": value}


class RunCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.program = Path(self.folder.name) / "hashloom"
        self.program.write_text(PRETENDER)
        self.program.chmod(0o755)

    def run_case(self, expect, **script):
        case = Path(self.folder.name) / "case.yaml"
        case.write_text(json.dumps(script))
        case.with_suffix(".expect").write_text(expect)
        return subprocess.run([sys.executable, RUNNER, case, "--program", self.program], capture_output=True, text=True)

    def assert_met(self, expect, **script):
        done = self.run_case(expect, **script)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def assert_unmet(self, expect, *found, **script):
        done = self.run_case(expect, **script)
        self.assertEqual(done.returncode, 1, done.stdout)
        for text in found:
            self.assertIn(text, done.stdout + done.stderr)

    def test_compares_the_exit_status(self):
        self.assert_met("exit: 2", exit=2)
        self.assert_unmet("exit: 0", "case.expect:1: expected exit: 0", "found exit status 2", exit=2)

    def test_expects_success_where_nothing_is_said(self):
        self.assert_unmet("rounds: 1", "found exit status 1", exit=1, events=[{"kind": "loop", "rounds": 1, "why": "rounds"}])

    def test_counts_the_rounds_of_the_loop(self):
        settled = [{"kind": "loop", "rounds": 2, "why": "codes settled"}]
        self.assert_met("rounds: 2", events=settled)
        self.assert_unmet("rounds: 3", "found 2 rounds (codes settled)", events=settled)
        self.assert_unmet("rounds: 3", "no loop has ended")

    def test_compares_the_last_value_of_a_metric(self):
        learned = [metric(0.4), metric(0.6), metric(0.5)]
        self.assert_met("mAP final >= 0.50\nmAP best >= 0.6\nmAP first <= 0.4", events=learned)
        self.assert_unmet("mAP final > 0.50", "0.4000, 0.6000, 0.5000", events=learned)

    def test_compares_the_gain_over_the_first_value(self):
        learned = [metric(0.5, "precision@100"), metric(0.75, "precision@100")]
        self.assert_met('"precision@100" gain >= 0.25', events=learned)
        self.assert_unmet('"precision@100" gain >= 0.26', "found 0.2500", events=learned)

    def test_names_the_metrics_that_there_are(self):
        self.assert_unmet("mAP final > 0", "no metric mAP@all; there are: recall@10", events=[metric(1, "recall@10")])

    def test_searches_the_output(self):
        self.assert_met('stderr has: "codes settled"\nstderr has not: crashed\nstdout has: arguments', says="codes settled")
        self.assert_unmet("stderr has: crashed", "found it is not in stderr", says="codes settled")
        self.assert_unmet("stderr has not: settled", "found it is in stderr", says="codes settled")

    def test_matches_events_by_some_of_their_fields(self):
        warned = [{"kind": "warning", "trouble": "codes collapse", "evidence": "0.4"}]
        self.assert_met('events have: {"kind": "warning", "trouble": "codes collapse"}', events=warned)
        self.assert_unmet('events have: {"kind": "warning", "trouble": "none"}', "found none of 1 events", events=warned)
        self.assert_unmet('events have not: {"kind": "warning"}', "codes collapse", events=warned)

    def test_ignores_events_that_a_resumed_run_undid(self):
        resumed = [metric(0.1), metric(0.9), {"kind": "resume", "after": 0}, metric(0.2)]
        self.assert_met("mAP best <= 0.2", events=resumed)

    def test_ignores_a_torn_last_line(self):
        self.assert_met("mAP final == 0.5", events=[metric(0.5)], torn='{"kind": "met')

    def test_counts_files(self):
        self.assert_met("files: pictures >= 1\nfiles: *.jsonl == 1")
        self.assert_unmet("files: pictures >= 2", "found 1 files")

    def test_passes_arguments_on(self):
        self.assert_met('args: --set "name=a b"\nstdout has: --set name=a b')

    def test_runs_another_command_without_a_runs_folder(self):
        self.assert_met("command: check --format json\nstdout has: arguments: check --format json\nstdout has not: --runs")

    def test_kills_a_run_that_hangs(self):
        self.assert_unmet("timeout: 0.5", "killed after 0.5 s", sleeps=30)

    def test_refuses_a_line_that_means_nothing(self):
        self.assert_unmet("# a comment\n\nrouns: 2", "case.expect:3: error: can't understand 'rouns: 2'")
        self.assert_unmet("rounds: two", "can't understand rounds: two", events=[{"kind": "loop", "rounds": 2, "why": "rounds"}])

    def test_shows_the_end_of_standard_error(self):
        done = self.run_case("exit: 0", exit=1, says="\n".join(f"line {n}" for n in range(100)))
        self.assertIn("line 99", done.stdout)
        self.assertNotIn("line 59\n", done.stdout)

    def test_leaves_no_folder_behind(self):
        scratch = Path(self.folder.name) / "scratch"
        scratch.mkdir()
        os.environ["TMPDIR"] = str(scratch)
        self.addCleanup(os.environ.pop, "TMPDIR")
        self.assert_met("exit: 0")
        self.assertEqual(list(scratch.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
