"""What the documents say of the tree is so."""
import re
import unittest

from sandbox import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def is_there(test):
    """misuse.FILE, PART.FILE.CASE of a script tests/PART/test_FILE.py, or PART.SUITE.CASE of the unit tests of a PART."""
    part, file, *case = test.split(".")
    if part == "misuse":
        return (ROOT / f"tests/misuse/{file}.cpp").exists()
    units = (ROOT / f"tests/unit/{part}").glob("*_test.cpp")
    if any(re.search(rf"TEST(_F)?\({file}, {case[0]}\)", unit.read_text()) for unit in units):
        return True
    script = ROOT / f"tests/{part}/test_{file}.py"
    return script.exists() and f"def {case[0]}(self)" in script.read_text()


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

    def test_each_rule_of_the_plugin_guide_names_tests_that_exist(self):
        guide = (ROOT / "docs/plugin-guide.md").read_text()
        rules = [rule for part in re.findall(r"<!-- rules -->\n(.*?)<!-- end of rules -->", guide, re.DOTALL)
                 for rule in re.split(r"^- ", part, flags=re.MULTILINE)[1:]]
        self.assertGreater(len(rules), 20)
        for rule in rules:
            tests = re.findall(r"`((?:misuse|cli|validate|workflow)\.[\w.]+)`", rule)
            self.assertTrue(tests, rule)
            for test in tests:
                self.assertTrue(is_there(test), test)

    def test_the_plugin_guide_has_the_checks_of_the_validator(self):
        checks = re.findall(r'\{"(\w+)", "([^"]+)", check_', (ROOT / "host/validate/check.cpp").read_text())
        self.assertGreater(len(checks), 5)
        for check, promise in checks:
            self.assertIn(f"| {check} | {promise} |", (ROOT / "docs/plugin-guide.md").read_text())

    def test_the_readme_tells_the_sizes_that_setup_tells(self):
        setup, readme = (ROOT / "setup.sh").read_text(), (ROOT / "README.md").read_text()
        for row, variable in (("compiler", "packages"), ("only for tests", "test_packages"), ("only for the dashboard", "window_packages"),
                              ("only for the fuzzers", "fuzz_packages")):
            packages = re.search(rf"readonly {variable}=\(([^)]*)\)", setup).group(1).split()
            self.assertRegex(readme, rf"\| {row}.*\({len(packages)} packages\)")
        for row, variable in (("compiler", "debian"), ("only for tests", "tests"), ("only for the fuzzers", "fuzz"), ("X11's headers", "window"), ("Dear ImGui", "imgui"),
                               ("C\\+\\+ part", "torch"), ("CUDA part", "cuda")):
            sizes = re.search(rf'{variable}_size="([\d.]+ .B) to download, ([\d.]+ .B) on disk', setup).groups()
            self.assertEqual(re.search(rf"\| .*{row}.*\| (.*) \| (.*) \|", readme).groups(), sizes)


if __name__ == "__main__":
    unittest.main()
