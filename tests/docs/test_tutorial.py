"""Each command that the tutorial and the guides show does what they say. The tutorial's steps follow each other in one folder."""
import os
import tempfile
import unittest
from pathlib import Path

import console

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ["HASHLOOM"])
TUTORIAL = sorted((ROOT / "docs" / "tutorial").glob("*.md"))


class Pages(unittest.TestCase):
    def folder(self):
        """Like a clone, with what a reader needs of it."""
        scratch = tempfile.TemporaryDirectory(prefix="hashloom-docs-")
        self.addCleanup(scratch.cleanup)
        folder = Path(scratch.name)
        for part in ("workflows", "docs"):
            (folder / part).symlink_to(ROOT / part)
        return folder

    def run_pages(self, pages):
        folder = self.folder()
        environment = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "CUDA_VISIBLE_DEVICES": "",
                       "XDG_CACHE_HOME": str(folder / ".cache")}
        for page in pages:
            with self.subTest(page.name):
                console.run_page(page, folder, environment)

    def test_of_the_tutorial_do_what_they_say(self):
        self.assertTrue(TUTORIAL)
        self.run_pages(TUTORIAL)

    def test_of_the_guides_do_what_they_say(self):
        for page in sorted((ROOT / "docs").rglob("*.md")):
            if page not in TUTORIAL and "```console" in page.read_text():
                self.run_pages([page])


if __name__ == "__main__":
    unittest.main()
