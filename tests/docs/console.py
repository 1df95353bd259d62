"""Runs what a page shows.

    <!-- file: mine.yaml -->        the block that follows is written to this file
    <!-- exit: 2 -->                the commands of the block that follows end with this status, not 0

A block of `console` has commands, each after `$ `, and below each what it prints. A line `...` stands for any lines, and `...`
within a line for any text. What differs from machine to machine may differ: numbers with a decimal point and counts beside them,
times, sizes, hashes, the date in the name of a run. How wide a table's columns are does not count.
"""
import contextlib
import os
import re
import signal
import subprocess
from dataclasses import dataclass, field

MARK = "-- hashloom-docs-step"
BLOCK = re.compile(r"((?:^<!-- (?:file|exit): \S+ -->\n)*)^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOLERANT = [
    (r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b", "DATE"),
    (r"(?<=\s)\d+:\d\d\b(?!:)", "TIME"),
    (r"-\d{8}-\d{6}(-\d+)?\b", "-DATE"),
    (r"\b\d+(\.\d+)? (B|kB|KiB|MB|MiB|GB|GiB)\b", "SIZE"),
    (r"\b\d+(\.\d+)? (ms|s|min|h)\b( \d+ (s|min)\b)?", "TIME"),
    (r"(?<![\d.])\d+\.\d+\b(?!\.)(e-?\d+)?", "NUMBER"),
    (r"\b[0-9a-f]{12,}\b", "HASH"),
    (r"[ \t]+", " "),
]


@dataclass
class Step:
    """A command with what the page says of it; `line` is where it stands."""
    command: str
    line: int
    expected: list = field(default_factory=list)
    status: int = 0


@dataclass
class File:
    name: str
    text: str


class Mismatch(AssertionError):
    pass


def steps_in(block, first_line, status):
    steps = []
    for number, line in enumerate(block.splitlines(), first_line):
        continues = bool(steps) and not steps[-1].expected and steps[-1].command.endswith("\\")
        if line.startswith("$ "):
            steps.append(Step(line[2:], number, status=status))
        elif continues:
            steps[-1].command += "\n" + line.removeprefix("> ")
        else:
            steps[-1].expected.append(line)
    return steps


def parts_of(text):
    """What the page has its reader do: files to write, and steps, in order."""
    parts = []
    for match in BLOCK.finditer(text):
        notes = dict(re.findall(r"<!-- (file|exit): (\S+) -->", match.group(1)))
        if "file" in notes:
            parts.append(File(notes["file"], match.group(3)))
        elif match.group(2) == "console":
            first_line = text[:match.start(3)].count("\n") + 1
            parts += steps_in(match.group(3), first_line, int(notes.get("exit", 0)))
    return parts


def script_of(parts):
    """One shell for the whole page; after each step a mark with its status, which the next step sees as `$?`."""
    lines = ["exec 2>&1"]
    for number, part in enumerate(parts):
        if isinstance(part, File):
            lines.append(f"mkdir -p \"$(dirname '{part.name}')\"; cat >'{part.name}' <<'END-OF-FILE'\n{part.text}END-OF-FILE")
        else:
            lines.append(f"{part.command}\ndocs_status=$?; printf '\\n{MARK} {number} %s\\n' $docs_status; (exit $docs_status)")
    return "\n".join(lines) + "\n"


def end_with_children(shell):
    """What a page has left running in the background too."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(shell.pid, signal.SIGKILL)
    shell.wait()


def printed_by(parts, folder, environment, seconds):
    """(what it printed, its status) for the number of each step."""
    script = folder / ".script"
    script.write_text(script_of(parts))
    shell = subprocess.Popen(["bash", str(script)], cwd=folder, env=environment, text=True, start_new_session=True,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        output, _ = shell.communicate(timeout=seconds)
    finally:
        end_with_children(shell)
    printed = {}
    for match in re.finditer(rf"(.*?)\n{MARK} (\d+) (\d+)\n", output, re.DOTALL):
        printed[int(match.group(2))] = match.group(1).rstrip("\n"), int(match.group(3))
    return printed


def tolerant(line):
    for pattern, name in TOLERANT:
        line = re.sub(pattern, name, line)
    if "NUMBER" in line:  # a line of figures: what it counts follows from them
        line = re.sub(r"\b\d[\d,]+\b", "COUNT", line)
    return line.strip()


def pattern_of(expected):
    """A regular expression over the lines as `tolerant` makes them."""
    pattern = ""
    for line in expected:
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(tolerant(part)) for part in line.split("...")) + "\n"
    return pattern


def matches(expected, printed):
    lines = "".join(tolerant(line) + "\n" for line in printed.splitlines())
    expected = list(expected)
    while expected and not expected[-1].strip():
        expected.pop()
    return re.fullmatch(pattern_of(expected), lines) is not None


def run_page(page, folder, environment, seconds=600):
    """Raises Mismatch at the first step that does something else than the page says."""
    text = page.read_text()
    parts = parts_of(text)
    if text.count("```console") != len(re.findall("^```console$", text, re.MULTILINE)):
        raise Mismatch(f"{page}: a block of console is indented; it would not be run")
    printed = printed_by(parts, folder, environment, seconds)
    for number, part in enumerate(parts):
        if isinstance(part, File):
            continue
        if number not in printed:
            raise Mismatch(f"{page}:{part.line}: the shell ended in or before: {part.command}")
        output, status = printed[number]
        if status != part.status or not matches(part.expected, output):
            raise Mismatch(f"{page}:{part.line}: $ {part.command}\n--- the page says (exit {part.status})\n" +
                           "\n".join(part.expected) + f"\n--- it printed (exit {status})\n{output}")
