"""Each command that the tutorial and the guides show does what they say."""
import os
import tempfile
import unittest
from pathlib import Path

import console

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ["HASHLOOM"])
TUTORIAL = sorted((ROOT / "docs" / "tutorial").glob("*.md"))
GUIDES = [page for page in sorted((ROOT / "docs").rglob("*.md")) if page not in TUTORIAL and "```console" in page.read_text()]


class PageTest(unittest.TestCase):
    def folder(self):
        """Like a clone, with what a reader needs of it."""
        scratch = tempfile.TemporaryDirectory(prefix="hashloom-docs-")
        self.addCleanup(scratch.cleanup)
        folder = Path(scratch.name)
        for part in ("workflows", "docs"):
            (folder / part).symlink_to(ROOT / part)
        return folder

    def run_pages(self, pages):
        self.assertTrue(pages)
        folder = self.folder()
        environment = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "CUDA_VISIBLE_DEVICES": "",
                       "HASHLOOM_CACHE": str(folder / ".cache")}
        for page in pages:
            with self.subTest(page.name):
                console.run_page(page, folder, environment)


class Tutorial(PageTest):
    def test_is_followed_from_step_to_step(self):
        self.run_pages(TUTORIAL)


class Guides(PageTest):
    def test_are_each_followed_from_the_start(self):
        for page in GUIDES:
            self.run_pages([page])


if __name__ == "__main__":
    unittest.main()
