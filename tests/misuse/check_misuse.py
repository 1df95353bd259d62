"""check_misuse.py FILE COMPILER...: the first error that the compiler finds in FILE is the one that its first line tells.

The line is "// error: TEXT", or "// compiles" for a file that has to be right.
"""
import os
import re
import subprocess
import sys
from pathlib import Path


def first_error(file, compiler):
    """Of the compiler; None if it has none."""
    done = subprocess.run([*compiler, "-fsyntax-only", file], text=True, capture_output=True, timeout=120,
                          env=os.environ | {"LC_ALL": "C"})
    errors = re.findall(r"error: (.*)", done.stderr)
    return None if done.returncode == 0 else (errors or [done.stderr])[0]


def main(file, *compiler):
    expected = re.match(r"// (?:error: (.*)|compiles)", Path(file).read_text())[1]
    found = first_error(file, compiler)
    if found != expected and (expected is None or expected not in (found or "")):
        sys.exit(f"{file}: expected '{expected}', the compiler's first error is '{found}'")


if __name__ == "__main__":
    main(*sys.argv[1:])
