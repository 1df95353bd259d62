"""What the documents say of the tree is so."""
import re
import unittest

from sandbox import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


class Documents(unittest.TestCase):
    def test_links_lead_to_files(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text()):
                if not target.startswith("http"):
                    self.assertTrue((document.parent / target).exists(), f"{document}: {target}")

    def test_the_plugin_guide_shows_the_real_plugin(self):
        guide = (ROOT / "docs/plugin-guide.md").read_text()
        self.assertIn((ROOT / "plugins/hashers/lsh.cpp").read_text(), guide)
        self.assertIn("hashloom_add_plugin(lsh SOURCES lsh.cpp COMPONENTS hasher/lsh)\n", (ROOT / "plugins/hashers/CMakeLists.txt").read_text())

    def test_the_readme_tells_the_sizes_that_setup_tells(self):
        setup, readme = (ROOT / "setup.sh").read_text(), (ROOT / "README.md").read_text()
        for row, variable in (("compiler", "packages"), ("only for tests", "test_packages"),
                              ("only for the fuzzers", "fuzz_packages")):
            packages = re.search(rf"readonly {variable}=\(([^)]*)\)", setup).group(1).split()
            self.assertRegex(readme, rf"\| {row}.*\({len(packages)} packages\)")
        for row, variable in (("compiler", "debian"), ("only for tests", "tests"), ("only for the fuzzers", "fuzz"), ("C\\+\\+ part", "torch"), ("CUDA part", "cuda")):
            sizes = re.search(rf'{variable}_size="([\d.]+ .B) to download, ([\d.]+ .B) on disk', setup).groups()
            self.assertEqual(re.search(rf"\| .*{row}.*\| (.*) \| (.*) \|", readme).groups(), sizes)


if __name__ == "__main__":
    unittest.main()
