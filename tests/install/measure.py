"""The seconds from `plugins new` to a green test, and from an edit to the workflow's result, without a compiler cache.

HASHLOOM_BUILD=build/release HASHLOOM_CMAKE=cmake python3 tests/install/measure.py hasher network

Processor seconds stand beside those of the clock, which other work on the machine makes longer.
"""
import os
import sys
import tempfile
import time
from pathlib import Path

from installed import BUILD, CMAKE, run_well

PROGRAM = BUILD.resolve() / "bin/hashloom"


def processor_seconds():
    times = os.times()
    return times.children_user + times.children_system


def seconds(*commands, cwd):
    begin, busy = time.monotonic(), processor_seconds()
    for command in commands:
        run_well(*command, cwd=cwd, CCACHE_DISABLE="1")
    return f"{time.monotonic() - begin:.1f} s ({processor_seconds() - busy:.1f} s of processor)"


def measure(role, folder):
    build = (CMAKE, "--build", "build", "--parallel", "2")
    new = seconds((PROGRAM, "plugins", "new", f"{role}/my-thing", "."), (CMAKE, "-S", ".", "-B", "build"), build,
                  ("ctest", "--test-dir", "build"), cwd=folder)
    source = folder / "my_thing.cpp"
    source.write_text(source.read_text().replace("0.1.0", "0.1.1"))
    again = seconds(build, (PROGRAM, "run", "my-thing.yaml", "--plugins", "build/plugins"), cwd=folder)
    load = os.getloadavg()[0]
    print(f"{role}: new to green {new}; edit to result {again}; {os.cpu_count()} cores, load {load:.0f}", flush=True)


if __name__ == "__main__":
    for role in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as scratch:
            measure(role, Path(scratch))
