"""The runner of pages tells a page that lies from one that doesn't."""
import os
import tempfile
import unittest
from pathlib import Path

from console import Mismatch, matches, run_page


class Pages(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def run_text(self, text):
        page = self.folder / "page.md"
        page.write_text(text)
        run_page(page, self.folder, dict(os.environ))

    def assert_lies(self, text, *words):
        with self.assertRaises(Mismatch) as raised:
            self.run_text(text)
        for word in words:
            self.assertIn(word, str(raised.exception))

    def test_that_tell_the_truth_pass(self):
        self.run_text("# A\n```console\n$ echo a; echo b\na\nb\n$ printf c\nc\n```\ntext\n```console\n$ cd /; pwd\n/\n```\n")

    def test_that_lie_are_told_with_their_line(self):
        self.assert_lies("# A\n\n```console\n$ echo a\nb\n```\n", "page.md:4: $ echo a")

    def test_that_print_more_than_they_say_lie(self):
        self.assert_lies("```console\n$ echo a; echo b\na\n```\n")

    def test_that_print_nothing_where_something_is_promised_lie(self):
        self.assert_lies("```console\n$ true\na\n```\n")

    def test_whose_command_fails_lie(self):
        self.assert_lies("```console\n$ echo a; false\na\n```\n", "exit 1")

    def test_may_say_that_a_command_fails(self):
        self.run_text("<!-- exit: 3 -->\n```console\n$ (exit 3)\n```\n")
        self.assert_lies("<!-- exit: 3 -->\n```console\n$ true\n```\n")

    def test_that_end_the_shell_are_told(self):
        self.assert_lies("```console\n$ exit 0\n$ echo a\na\n```\n", "the shell ended")

    def test_write_the_files_that_they_show(self):
        self.run_text("<!-- file: a/b.yaml -->\n```yaml\nx: $HOME\n```\n```console\n$ cat a/b.yaml\nx: $HOME\n```\n")

    def test_can_break_a_long_command(self):
        self.run_text("```console\n$ echo a \\\n>   b\na b\n```\n")

    def test_can_not_hide_a_command_by_its_indentation(self):
        self.assert_lies("- a\n  ```console\n  $ false\n  ```\n", "indented")

    def test_show_other_blocks_that_are_not_run(self):
        self.run_text("```sh\nexit 1\n```\n```text\n$ false\n```\n")


class Printed(unittest.TestCase):
    def test_may_have_left_out_lines(self):
        self.assertTrue(matches(["a", "...", "d"], "a\nb\nc\nd"))
        self.assertTrue(matches(["a", "...", "d"], "a\nd"))
        self.assertFalse(matches(["a", "...", "d"], "a\nb\nc"))

    def test_may_have_left_out_text(self):
        self.assertTrue(matches(["a ... z"], "a b c z"))
        self.assertFalse(matches(["a ... z"], "a b c"))

    def test_may_differ_in_what_differs_from_machine_to_machine(self):
        for expected, printed in [("mAP 47.14", "mAP  46.9"), ("took 3 s", "took 12.5 s"), ("1.2 MB", "900 kB"), ("0  30.52  1,413", "0  29.9  987"), ("finished after 0:10", "finished after 1:02"), ("5 min 3 s", "2 s"),
                                  ("run: runs/a-20260101-101112", "run: runs/a-20271231-235959-2"), ("cafe01234567", "0123456789ab")]:
            with self.subTest(expected):
                self.assertTrue(matches([expected], printed))

    def test_may_not_differ_in_counts_and_words(self):
        for expected, printed in [("3 cached", "4 cached"), ("cached", "run"), ("bits 32", "bits 64"), ("a.yaml:3:12: error", "a.yaml:3:13: error"), ("round 1/2 mAP 3.1", "round 2/2 mAP 3.1"), ("0.1.0", "0.2.0")]:
            with self.subTest(expected):
                self.assertFalse(matches([expected], printed))


if __name__ == "__main__":
    unittest.main()
