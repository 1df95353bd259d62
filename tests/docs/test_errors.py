"""docs/errors.md quotes what the program says: each quotation's fixed text stands in the sources."""
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LITERAL = r'"((?:[^"\\\n]|\\.)*)"'


def texts_in(source):
    """String literals, those that stand beside each other as one; at {} and ${} begins another."""
    joined = re.sub(rf"{LITERAL}\s*(?={LITERAL})", lambda part: f'"{part.group(1)}\0', source)
    joined = joined.replace('\0"', "").replace("{{", "{").replace("}}", "}")
    for literal in re.findall(LITERAL, joined):
        yield re.sub(r"\$\w+|\$\(\([^)]*\)\)|\$\{\w+\}|\{[\w:.#]*\}", "\n", literal.replace('\\"', '"').replace("\\n", "\n"))


def all_texts():
    sources = [file for part in ("host", "pictures", "plugins", "sdk/src") for file in (ROOT / part).rglob("*.[ch]pp")]
    return "\n".join(text for file in [*sources, ROOT / "setup.sh"] for text in texts_in(file.read_text()))


def quotations(page):
    """(the quotation, its fixed texts) of the first column of each table."""
    for row in re.findall(r"^\| (.*?`.*?) \| ", page, re.MULTILINE):
        for quotation in re.findall(r"`([^`]+)`", row):
            yield quotation, [part for part in quotation.split("…") if re.search(r"\w{2}", part)]


class Errors(unittest.TestCase):
    def test_are_quoted_as_the_program_says_them(self):
        said = all_texts()
        page = (ROOT / "docs" / "errors.md").read_text()
        quoted = list(quotations(page.split("## In a workflow: names")[1]))
        self.assertGreater(len(quoted), 80)
        for quotation, parts in quoted:
            for part in parts:
                with self.subTest(quotation):
                    self.assertTrue(part.strip(" ':") in said, f"nothing says '{part}'")


if __name__ == "__main__":
    unittest.main()
