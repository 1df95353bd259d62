"""Stages that run side by side give the bits that they give one after the other."""
import os
import unittest

from program import ProgramTest, SMALL, read_events

# Two hashers that do not read each other, and a loop with an observer beside its next round.
WIDE = SMALL.replace("  learn:", "  turned: {uses: hasher/itq, in: {features: pixel.features}, with: {bits: 16}}\n"
                                 "  judged: {uses: evaluator/retrieval, in: {codes: turned.codes, labels: data.labels}}\n"
                                 "  learn:", 1).replace("seed: 1", "seed: 1\nthreads: 1", 1)


def on_one_core():
    """A run takes as many stages at once as there are cores for."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def results(run):
    """Figures and codes by where they come from, in no order."""
    kept = ("kind", "stage", "loop", "round", "name", "value", "split", "blob")
    return {tuple((key, event[key]) for key in kept if key in event)
            for event in read_events(run) if event["kind"] in ("metric", "codes")}


class SideBySide(ProgramTest):
    def test_gives_the_same_bits(self):
        file = self.write(WIDE)
        self.assertEqual(self.hashloom("run", file, "--runs", "beside").status, 0)
        self.assertEqual(self.hashloom("run", file, "--runs", "alone", "--force", "all", preexec_fn=on_one_core).status, 0)
        beside, alone = results(self.run_folder("beside")), results(self.run_folder("alone"))
        self.assertTrue(any(("kind", "codes") in result for result in alone))
        self.assertEqual(beside, alone)


if __name__ == "__main__":
    unittest.main()
