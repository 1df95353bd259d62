"""Tests that only read a finished run: it is made once a file, and each test gets a copy of its folder."""
import shutil
import tempfile
import unittest
from pathlib import Path

from program import ProgramTest


class FinishedRunTest(ProgramTest):
    """`workflow` is the text of the run's workflow; self.run_path is its folder, self.run_name the same as it is typed."""

    workflow = ""
    made = {}  # by workflow: the folder `runs` of its run

    def setUp(self):
        super().setUp()
        if self.workflow not in self.made:
            self.make()
        shutil.copytree(self.made[self.workflow], self.folder / "runs")
        self.run_path = self.run_folder()
        self.run_name = str(self.run_path.relative_to(self.folder))

    def make(self):
        kept = tempfile.TemporaryDirectory(prefix="hashloom-run-")
        unittest.addModuleCleanup(kept.cleanup)
        done = self.hashloom("run", self.write(self.workflow), "--runs", f"{kept.name}/runs")
        self.assertEqual(done.status, 0, done)
        self.made[self.workflow] = Path(kept.name) / "runs"
