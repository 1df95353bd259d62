"""The seconds from `plugins new` to a green test, and from an edit to the workflow's result, without a compiler cache.

HASHLOOM_BUILD=build/release HASHLOOM_CMAKE=cmake python3 tests/install/measure.py hasher network
"""
import os
import sys
import tempfile
import time
from pathlib import Path

from installed import BUILD, CMAKE, run_well

PROGRAM = BUILD.resolve() / "bin/hashloom"


def seconds(*commands, cwd):
    begin = time.monotonic()
    for command in commands:
        run_well(*command, cwd=cwd, CCACHE_DISABLE="1")
    return time.monotonic() - begin


def measure(role, folder):
    build = (CMAKE, "--build", "build", "--parallel", "2")
    new = seconds((PROGRAM, "plugins", "new", f"{role}/my-thing", "."), (CMAKE, "-S", ".", "-B", "build"), build,
                  ("ctest", "--test-dir", "build"), cwd=folder)
    source = folder / "my_thing.cpp"
    source.write_text(source.read_text().replace("0.1.0", "0.1.1"))
    again = seconds(build, (PROGRAM, "run", "my-thing.yaml", "--plugins", "build/plugins"), cwd=folder)
    print(f"{role:<10} new to green {new:5.1f} s, edit to result {again:5.1f} s, on {os.cpu_count()} cores")


if __name__ == "__main__":
    for role in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as scratch:
            measure(role, Path(scratch))
