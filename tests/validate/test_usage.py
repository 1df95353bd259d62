"""How hashloom-validate is called, and what it prints."""
import json
import tempfile
import unittest
from pathlib import Path

from validator import PLUGINS, UNTRUE, validate


class Usage(unittest.TestCase):
    def assert_refused(self, *texts, arguments):
        done = validate(*arguments)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        for text in texts:
            self.assertIn(text, done.stderr)

    def test_prints_a_line_for_each_check(self):
        done = validate(f"{PLUGINS}/lsh.so")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for check in ("schema", "parameters", "shapes", "rows", "seed", "state", "purity", "silence"):
            self.assertRegex(done.stdout, rf"  pass  {check} ")
        self.assertRegex(done.stdout, "  skip  resume .*\n +it has fewer than two epochs")

    def test_prints_reason_and_remedy_below_a_failure(self):
        done = validate(UNTRUE, "hasher/no-help")
        self.assertEqual(done.returncode, 1)
        self.assertIn("  fail  schema      names, help, defaults and ports are sane\n"
                      "        parameter 'width' has no help of one line\n        say what it is in schema()\n", done.stdout)

    def test_gives_json(self):
        (validated,) = json.loads(validate(f"{PLUGINS}/lsh.so", "--format", "json").stdout)
        self.assertEqual(validated["component"], "hasher/lsh")
        self.assertEqual(len(validated["checks"]), 9)

    def test_refuses_what_is_no_library(self):
        self.assert_refused("which plugin?", arguments=[])
        self.assert_refused("'nowhere.so' is no library", arguments=["nowhere.so"])
        self.assert_refused("--format is table or json", arguments=[UNTRUE, "--format", "xml"])
        self.assert_refused("the plugin has no component 'hasher/none'", "it has: hasher/bad-default", arguments=[UNTRUE, "hasher/none"])
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "lonely.so").touch()
            self.assert_refused("there is no manifest", "hashloom_add_plugin()", arguments=[f"{folder}/lonely.so"])

    def test_tells_a_library_that_can_not_be_opened(self):
        with tempfile.TemporaryDirectory() as folder:
            manifest = json.loads(Path(UNTRUE).with_suffix(".json").read_text())
            (Path(folder) / "untrue.json").write_text(json.dumps(manifest))
            (Path(folder) / "untrue.so").write_text("no library")
            done = validate(f"{folder}/untrue.so")
            self.assertEqual(done.returncode, 1)
            self.assertIn("can't be opened", done.stderr)


if __name__ == "__main__":
    unittest.main()
