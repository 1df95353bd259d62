#!/usr/bin/env python3
"""How long `hashloom check` takes for workflows of 10,000 stages: written out, in sub-workflows, and full of mistakes.

    check_10000_stages.py HASHLOOM         prints seconds, the least of three; the bar is 2 s on an idle machine
"""
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHAINS = 3333  # of three stages each, and one data set

CHAIN = """\
  pixel{n}: {{uses: feature/pixel, in: {{images: data.images}}}}
  hash{n}: {{uses: hasher/lsh, in: {{features: pixel{n}.features}}, with: {{bits: "${{bits}}"}}}}
  score{n}: {{uses: evaluator/retrieval, in: {{codes: hash{n}.codes, labels: data.labels}}}}
"""
HEAD = "vars: {bits: 32}\nstages:\n  data: {uses: dataset/fashion-mnist}\n"

PART = """\
inputs: {images: images, labels: labels}
outputs: {codes: hash.codes}
vars: {bits: 32}
stages:
  pixel: {uses: feature/pixel, in: {images: inputs.images}}
  hash: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: "${bits}"}}
  score: {uses: evaluator/retrieval, in: {codes: hash.codes, labels: inputs.labels}}
"""
USE = "  part{n}: {{uses: ./part.yaml, in: {{images: data.images, labels: data.labels}}, with: {{bits: \"${{bits}}\"}}}}\n"


def workflow(line):
    return HEAD + "".join(line.format(n=n) for n in range(CHAINS))


def seconds(program, folder, text, status):
    file = folder / "workflow.yaml"
    file.write_text(text)
    times = []
    for _ in range(3):
        begin = time.monotonic()
        done = subprocess.run([program, "check", file], capture_output=True, check=False)
        times.append(time.monotonic() - begin)
        assert done.returncode == status, done
    return min(times)


def main():
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "part.yaml").write_text(PART)
        print(f"written out       {seconds(program, folder, workflow(CHAIN), 0):5.2f} s")
        print(f"in sub-workflows  {seconds(program, folder, workflow(USE), 0):5.2f} s")
        print(f"full of mistakes  {seconds(program, folder, workflow(CHAIN.replace('pixel{n}.', 'pixle{n}.')), 2):5.2f} s")


if __name__ == "__main__":
    main()
