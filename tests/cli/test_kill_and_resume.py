"""SIGKILL in the middle of a round of a real PGH run on Fashion-MNIST, and of one whose stages stand in sub-workflows, then resume:
the codes of every round equal those of an undisturbed run to the bit."""
import json
import shutil
import unittest
from pathlib import Path

from program import ProgramTest, codes_by_round, read_events

TESTS = Path(__file__).resolve().parents[1]


class KillAndResume(ProgramTest):
    def kill_at(self, process, **event):
        self.wait_for_event(process, **event)
        process.kill()
        process.communicate()

    def assert_resumes_to_the_same_codes(self, *options):
        """The run that was killed; each round has codes."""
        run = self.run_folder()
        done = self.hashloom("resume")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(sum(event["kind"] == "resume" for event in all_lines(run)), 2)
        self.hashloom("run", "workflow.yaml", "--runs", "undisturbed", "--force", "all", *options)
        undisturbed = self.run_folder("undisturbed")
        self.assertEqual(sorted(codes_by_round(run)), [(r, s) for r in (0, 1, 2) for s in ("query", "train")])
        self.assertEqual(codes_by_round(run), codes_by_round(undisturbed))
        self.assertEqual(scores(run), scores(undisturbed))

    def test_gives_the_codes_of_an_undisturbed_run(self):
        self.write((TESTS / "support/killed.yaml").read_text())
        self.kill_at(self.start("run", "workflow.yaml"), kind="epoch", stage="gan", round=1, epoch=1)
        self.assertIn("crashed", self.hashloom("runs").stdout)
        self.kill_at(self.start("resume"), kind="epoch", stage="network", round=2, epoch=1)
        self.assert_resumes_to_the_same_codes()

    def test_of_sub_workflows_whose_stages_have_a_slash_in_their_names(self):
        shutil.copytree(TESTS / "workflow/parts", self.folder / "parts")
        self.write((TESTS / "workflow/sub_workflows_run.yaml").read_text())
        slow = "step/network.milliseconds=300"
        self.kill_at(self.start("run", "workflow.yaml", "--set", slow), kind="epoch", stage="step/network", round=1, epoch=1)
        self.kill_at(self.start("resume"), kind="epoch", stage="step/network", round=2, epoch=1)
        self.assert_resumes_to_the_same_codes("--set", "step/network.milliseconds=0")


def all_lines(run):
    return [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]


def scores(run):
    return [event["value"] for event in read_events(run) if event["kind"] == "metric" and event["name"] == "mAP@all"]


if __name__ == "__main__":
    unittest.main()
