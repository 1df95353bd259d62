"""scripts/results.py: tables whose figures were computed by hand."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "results.py"
PAGE = "# Results\nabove\n<!-- results -->\nold\n<!-- end of results -->\nbelow\n"


def events(by_round, end="finished"):
    """by_round: [mAP of round 0, 1, ...]; the generator of a round takes 10 s, its network 5 s."""
    seq = 0
    for number, value in enumerate(by_round):
        for stage, uses, seconds in (("gan", "generator/dcgan", 10), ("network", "network/pgh", 5)):
            if number > 0:
                yield {"kind": "stage", "state": "finished", "stage": stage, "uses": uses, "round": number, "seconds": seconds}
        for name, figure in (("mAP@all", value), ("mAP@all (database order)", value + 0.01), ("mAP@1000 (over retrieved)", 0.5),
                             ("precision within radius 2", 0.25), ("distinct codes", 1000 + number)):
            yield {"kind": "metric", "name": name, "round": number, "value": figure}
    yield {"kind": "end", "state": end}


class Results(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.page = self.folder / "results.md"
        self.page.write_text(PAGE)

    def run_folder(self, name, by_round, seed, undone=(), end="finished", **vars):
        folder = self.folder / name
        folder.mkdir()
        all_vars = {"dataset": "mnist", "bits": 32, "start": "itq-gist", "method": "pgh", **vars}
        (folder / "run.json").write_text(json.dumps({
            "seed": seed, "threads": 1, "device": "cpu", "bf16": True, "instructions": "AVX2",
            "workflow": {"name": "w", "vars": {name: value for name, value in all_vars.items() if value is not None}}}))
        lines = [{"seq": seq, **event} for seq, event in enumerate([*undone, *events(by_round, end)])]
        if undone:
            lines.insert(len(undone), {"kind": "resume", "seq": 1000, "after": -1})
        (folder / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        return folder

    def results(self, *runs):
        return subprocess.run([sys.executable, "-B", SCRIPT, "--into", self.page, *runs], text=True, capture_output=True)

    def test_give_mean_and_deviation_over_seeds_for_each_round(self):
        runs = [self.run_folder("a", [0.5, 0.70], 1), self.run_folder("b", [0.6, 0.74], 2), self.run_folder("c", [0.5, 0.62], 1, method="control")]
        done = self.results(*runs)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        text = self.page.read_text()
        self.assertTrue(text.startswith("# Results\nabove\n") and text.endswith("below\n") and "old" not in text, text)
        self.assertIn("### mnist, 32 bits", text)
        # Mean and deviation (n - 1) of 50 and 60; of 70 and 74.
        self.assertIn("| start | 0 | 2 | 55.00 ± 7.07 | 56.00 ± 7.07 | 50.00 ± 0.00 | 25.00 ± 0.00 | 1000 ± 0 | – |", text)
        self.assertIn("| pgh | 1 | 2 | 72.00 ± 2.83 | 73.00 ± 2.83 | 50.00 ± 0.00 | 25.00 ± 0.00 | 1001 ± 0 | 15 ± 0 |", text)
        self.assertIn("| control | 1 | 1 | 62.00 | 63.00 | 50.00 | 25.00 | 1001 | 15 |", text)
        self.assertIn("1 threads, cpu, bf16, AVX2", text)

    def test_leave_out_what_a_resume_undid(self):
        undone = [{"kind": "metric", "name": "mAP@all", "round": 0, "value": 0.9}]
        self.results(self.run_folder("a", [0.5, 0.7], 1, undone=undone))
        self.assertIn("| start | 0 | 1 | 50.00 |", self.page.read_text())

    def test_refuse_a_run_that_has_not_finished_and_change_nothing(self):
        done = self.results(self.run_folder("a", [0.5, 0.7], 1), self.run_folder("b", [0.5], 2, end="stopped"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("b: the run has not finished", done.stderr)
        self.assertEqual(self.page.read_text(), PAGE)

    def test_name_the_var_that_a_workflow_lacks(self):
        done = self.results(self.run_folder("a", [0.5], 1, start=None))
        self.assertEqual(done.returncode, 2)
        self.assertIn("has no var start", done.stderr)

    def test_name_a_folder_that_is_no_run(self):
        done = self.results(self.folder / "nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("nowhere", done.stderr)


if __name__ == "__main__":
    unittest.main()
