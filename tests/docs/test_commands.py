"""Each command that a document or a shipped workflow names is one that the program has, with the options that it takes."""
import functools
import os
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["HASHLOOM"]
TEXTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "workflows").rglob("*.yaml"), ROOT / "run.sh"]
# In code: up to the end of a span or a line, or to what a shell takes as the end of a command.
COMMAND = re.compile(r"(?:^|[\s`(;&])(?:hashloom|\./run\.sh) ([a-z][\w-]*)([^`\n;|>()]*)")


@functools.cache
def printed(*arguments):
    return subprocess.run([PROGRAM, *arguments], text=True, stdout=subprocess.PIPE, check=True).stdout


def code_in(text, suffix):
    """Of Markdown the blocks and spans, of other files all."""
    if suffix != ".md":
        return text
    blocks = re.findall(r"^```\w*\n(.*?)^```$|^((?: {4}.*\n)+)", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*map("".join, blocks), *re.findall(r"`([^`]+)`", text)])


class Commands(unittest.TestCase):
    def test_that_are_written_down_can_be_called(self):
        commands = set(re.findall(r"^  hashloom ([\w-]+)", printed("--help"), re.MULTILINE))
        found = 0
        for file in TEXTS:
            for name, rest in COMMAND.findall(code_in(file.read_text(), file.suffix)):
                found += 1
                with self.subTest(file=file.name, command=name):
                    self.assertIn(name, commands)
                    for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
                        self.assertTrue(option in printed(name, "--help"), f"hashloom {name} has no {option}")
        self.assertGreater(found, 100)


if __name__ == "__main__":
    unittest.main()
