"""What `hashloom check` tells programs, and what it makes of input that is hostile."""
import json
import time
import unittest

from program import SMALL, ProgramTest


class ForPrograms(ProgramTest):
    def check(self, text, *arguments):
        done = self.hashloom("check", self.write(text), "--format", "json", *arguments)
        self.assertEqual(done.stderr, "", done)
        return done.status, json.loads(done.stdout)

    def test_has_no_mistakes_and_counts(self):
        status, told = self.check(SMALL)
        self.assertEqual((status, told["mistakes"]), (0, []))
        self.assertEqual(told["summary"], {"errors": 0, "stages": 6, "loops": 1, "cells": 0})

    def test_tells_each_mistake_with_its_place(self):
        status, told = self.check(SMALL.replace("bits: 16", "bits: 0").replace("feature/pixel", "feature/pixle"))
        self.assertEqual((status, told["summary"]), (2, {"errors": 2}))
        self.assertEqual([(m["file"], m["line"], m["column"], m["width"], m["severity"]) for m in told["mistakes"]],
                         [("workflow.yaml", 6, 17, 13, "error"), ("workflow.yaml", 7, 74, 1, "error")])
        self.assertIn("there is no component 'feature/pixle'", told["mistakes"][0]["message"])
        self.assertIn("did you mean 'feature/pixel'?", told["mistakes"][0]["notes"][0])

    def test_names_the_file_of_a_sub_workflow_and_its_use(self):
        self.write("inputs: {images: images}\nstages: {pixel: {uses: feature/pixel, in: {images: inputs.image}}}\n", "sub.yaml")
        _, told = self.check("stages:\n  data: {uses: dataset/small}\n  sub: {uses: ./sub.yaml, in: {images: data.images}}\n")
        self.assertEqual([(m["file"], m["line"], m["column"]) for m in told["mistakes"]], [("sub.yaml", 2, 52)])
        self.assertIn("used by stage 'sub', workflow.yaml:3:15", told["mistakes"][0]["notes"])

    def test_names_the_option_of_the_command_line(self):
        _, told = self.check(SMALL, "--set", "start.bits=0")
        self.assertEqual([(m["option"], m["line"]) for m in told["mistakes"]], [("--set start.bits", 0)])

    def test_refuses_another_format(self):
        self.assert_tells(self.hashloom("check", self.write(SMALL), "--format", "xml"), 2, "text or json, not 'xml'")


class StandardInput(ProgramTest):
    def test_is_checked(self):
        done = self.hashloom("check", "-", input=SMALL.replace("bits: 16", "bits: 0"))
        self.assert_tells(done, 2, "<stdin>:7:74: error: ")

    def test_uses_files_of_the_current_folder(self):
        self.write("stages: {data: {uses: dataset/small}}\n", "sub.yaml")
        done = self.hashloom("check", "-", input="stages: {a: {uses: ./sub.yaml}}\n")
        self.assertEqual(done.stdout, "<stdin>: no mistakes; 1 stages, 0 loops\n", done)


class Hostile(ProgramTest):
    """Refused with exit status 2, in a moment and in little memory."""

    def assert_refused(self, content, *texts):
        (self.folder / "workflow.yaml").write_bytes(content)
        begin = time.monotonic()
        done = self.hashloom("check", "workflow.yaml")
        self.assertLess(time.monotonic() - begin, 10)
        self.assert_tells(done, 2, *texts)
        return done

    def test_aliases_that_explode(self):
        lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
        self.assert_refused("\n".join(lines).encode(), "more than 1000000 values, aliases counted")

    def test_nesting_100_000_deep(self):
        for piece in (b"[", b"{a: ", b"- ", b"? ", b"a:\n "):
            with self.subTest(piece):
                self.assert_refused(b"a: " + piece * 100_000 if piece[0] in b"[{" else piece * 100_000, "error: ")

    def test_nul_bytes(self):
        self.assert_refused(SMALL.replace("seed: 1", "seed: \0").encode(), "workflow.yaml:2:7: error: the byte 0x00 is not UTF-8 text")

    def test_invalid_utf_8(self):
        self.assert_refused(b"name: a\nseed: \xc3\x28\n", "workflow.yaml:2:7: error: the byte 0xC3 is not UTF-8 text")

    def test_a_gigabyte(self):
        with open(self.folder / "workflow.yaml", "wb") as file:
            file.truncate(1 << 30)
        self.assert_tells(self.hashloom("check", "workflow.yaml"), 2, "the file is larger than 16 MiB")

    def test_endless_standard_input(self):
        with open("/dev/zero", "rb") as endless:
            self.assert_tells(self.hashloom("check", "-", stdin=endless), 2, "the file is larger than 16 MiB")

    def test_merge_keys(self):
        self.assert_refused(b"a: &a {seed: 1}\n<<: *a\nstages: {data: {uses: dataset/small}}\n",
                            "workflow.yaml:2:1: error: merge keys ('<<') are not taken", "write the keys out")

    def test_duplicate_keys(self):
        self.assert_refused(SMALL.replace("seed: 1", "seed: 1\nseed: 2").encode(), "workflow.yaml:3:1: error: the key 'seed' stands twice")

    def test_a_million_keys(self):
        self.assert_refused(b"".join(b"k%d: 1\n" % n for n in range(1_000_000)), "error: ")


if __name__ == "__main__":
    unittest.main()
