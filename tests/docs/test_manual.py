"""The manual can be built without a warning, and what would mislead its reader is a warning."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def build(source, target):
    return subprocess.run([sys.executable, "-B", ROOT / "docs" / "manual" / "build.py", source, target], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


class ManualTest(unittest.TestCase):
    def scratch(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Path(folder.name)


class Manual(ManualTest):
    def assert_says(self, page, *texts):
        for text in texts:
            self.assertTrue(text in page.read_text(), f"{page.name} does not say '{text}'")

    def test_is_built_without_a_warning_and_has_every_page(self):
        html = self.scratch()
        done = build(ROOT, html)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("docs/README.html", (html / "index.html").read_text())
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
            self.assertTrue((html / page.relative_to(ROOT)).with_suffix(".html").exists(), page)
        self.assert_says(html / "docs/reference/commands.html", "usage: hashloom run FILE", "usage: hashloom resume", "--profile")
        self.assert_says(html / "docs/reference/components.html", "network/pgh", "learning_rate", "of Adam; may be changed while it runs",
                         "Iterative quantisation", "1 to 4096", "constant", "graded")
        self.assert_says(html / "docs/reference/workflow-file.html", "changed_bits", "integer from 0 to 1024", "is a mistake", "STAGE.PORT",
                         "float32", "told with a mistake", "before round 1 and after every round")


class SmallManual(ManualTest):
    """Two pages with the real settings."""

    def build(self, text):
        source = self.scratch()
        shutil.copytree(ROOT / "docs" / "manual", source / "docs" / "manual")
        shutil.copy(ROOT / "docs" / "conf.py", source / "docs")
        (source / "README.md").write_text("# Two\n")
        (source / "docs" / "README.md").write_text(f"# One\n{text}\n")
        return build(source, self.scratch())

    def test_is_built_where_its_links_lead_somewhere(self):
        done = self.build("[a](../README.md#two) [b](#one)")
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_is_refused_where_they_do_not(self):
        done = self.build("[a](nowhere.md) [b](../README.md#nowhere) [c](#nowhere) ![d](nowhere.png)")
        self.assertEqual(done.returncode, 1, done.stdout)
        for text in ("not found: nowhere.md", "not found: ../README.md#nowhere", "not found: #nowhere", "docs/nowhere.png"):
            self.assertIn(text, done.stdout)


if __name__ == "__main__":
    try:
        import furo, myst_parser, sphinx  # noqa: E401,F401
    except ModuleNotFoundError as missing:
        print(f"skipped: {missing}; get it with: ./setup.sh --tests")
        sys.exit(77)
    unittest.main()
