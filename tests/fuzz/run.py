#!/usr/bin/env python3
"""Runs each fuzzer of a folder for some seconds, beginning with files that are right and with what was once found.

  run.py FOLDER [--seconds N] [--only NAME]

FOLDER holds the programs fuzz_NAME. What is found is kept in FOLDER/findings; exit status 1 if something is. A finding that is
mended goes into tests/fuzz/found/NAME/, which every later run begins with."""
import argparse
import gzip
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MEGABYTES = 2048


def with_sub_workflow():
    weak = (ROOT / "tests/workflow/parts/weak.yaml").read_bytes().replace(b"feature/pixel", b"feature/edges")
    return (b"#--set bits=16\n#--set start/hash.bits=8\nvars: {bits: {value: 32, between: [1, 64]}}\nstages:\n"
            b"  data: {uses: dataset/toy}\n  start: {uses: ./part.yaml, in: {images: data.images}, with: {bits: \"${bits}\"}}\n"
            b"matrix: {bits: [8, 16], seed: [1, 2], exclude: [{bits: 8}], include: [{seed: 3}]}\n#--part\n" + weak)


def workflow_seeds():
    return [file.read_bytes() for folder in ("workflows", "tests/workflow") for file in sorted((ROOT / folder).rglob("*.yaml"))] + [
        b"name: w\nseed: 3\nvars: {bits: 32, deep: [1, 2]}\nprofiles: {full: {bits: 64}}\nstages:\n"
        b"  data: {uses: dataset/toy, with: {images: 50}}\n"
        b"  edges: {uses: feature/edges, in: {images: data.images}, with: {filters: [8, 4], blur: 0.25, mode: exact}}\n"
        b"  start: {uses: hasher/lsh, in: {features: edges.features}, with: {bits: \"${bits}\"}}\n"
        b"  pgh:\n    loop:\n      carry: {codes: start.codes}\n      next: {codes: network.codes}\n      rounds: 3\n"
        b"      until: {changed_bits: 0.02}\n    stages:\n"
        b"      gan: {uses: generator/gan, in: {images: data.images, codes: pgh.codes}, with: {epochs: 4, rounds: {2: {epochs: 2}}}}\n"
        b"      network: {uses: network/pgh, in: {images: data.images, codes: pgh.codes, generator: gan.generator}}\n"
        b"    observe:\n      score: {uses: evaluator/retrieval, in: {codes: pgh.codes, labels: data.labels}}\n",
        with_sub_workflow(),
        b"a: &a [1, 2]\nb: *a\nc: |\n  text\nd: >-\n  folded\n'e': \"\\u00e9\"\n? f\n: !!str 1\n"]


def idx_seeds():
    images = struct.pack(">IIII", 0x803, 2, 3, 4) + bytes(range(24))
    labels = struct.pack(">II", 0x801, 5) + bytes(range(5))
    return [images, labels, gzip.compress(images), gzip.compress(labels)]


def npy_seeds():
    def file(description, shape, values):
        header = f"{{'descr': '{description}', 'fortran_order': False, 'shape': {shape}, }}".encode()
        header += b" " * (-(len(header) + 11) % 64) + b"\n"
        return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + values
    return [file("|u1", "(2, 3)", bytes(6)), file("<u8", "(1, 2)", bytes(16)), file("<f4", "(2, 1)", struct.pack("<ff", 1.5, -2))]


def event_seeds():
    lines = [
        {"kind": "run", "name": "w", "workflow": "w.yaml", "seed": 1, "threads": 2, "device": "cpu", "rounds": {"pgh": 2},
         "stages": ["data", "gan"]},
        {"kind": "stage", "state": "started", "stage": "gan", "loop": "pgh", "round": 1, "uses": "generator/gan"},
        {"kind": "metric", "name": "mAP", "value": 0.25, "unit": "%", "headline": True, "loop": "pgh", "round": 1, "stage": "score"},
        {"kind": "picture", "name": "samples", "blob": "a.png", "width": 3, "height": 4, "stage": "samples", "round": 1},
        {"kind": "round", "loop": "pgh", "round": 1, "changed_bits": 0.1, "distinct_codes": 5, "seconds": 1.5},
        {"kind": "resume", "after": 3},
        {"kind": "end", "state": "finished", "seconds": 2.5}]
    common = {"schema": 1, "wall": 1.7e9, "mono": 10.5}
    text = "".join(json.dumps({**common, "seq": seq, **line}) + "\n" for seq, line in enumerate(lines))
    return [text.encode(), b'{"schema": 2, "seq": 0, "kind": "run"}\n', b"torn"]


def manifest_seeds():
    return [b'{"plugin": "lsh", "library": "lsh.so", "sdk_abi": 1, "libtorch": "2.11.0", "components": ["hasher/lsh"]}']


def checkpoint_seeds():
    def file(tensors):
        header, data = {"__metadata__": {"epoch": "2"}}, b""
        for name, (dtype, shape, values) in tensors.items():
            header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(values)]}
            data += values
        header["__metadata__"]["sha256"] = hashlib.sha256(data).hexdigest()
        text = json.dumps(header, separators=(",", ":")).encode()
        return struct.pack("<Q", len(text)) + text + data
    return [file({}), file({"w": ("F32", [2, 2], bytes(16)), "n": ("I64", [], bytes(8)), "b": ("BOOL", [3], b"\1\0\1")})]


def control_seeds():
    lines = [{"request": "pause"}, {"request": "set", "stage": "gan", "parameter": "learning_rate", "value": "1e-4"},
             {"request": "reload", "plugin": "dcgan"}]
    return ["".join(json.dumps({"schema": 1, "id": "0f", "wall": 1.7e9, **line}) + "\n" for line in lines).encode()]


SEEDS = {"workflow": workflow_seeds, "idx": idx_seeds, "npy": npy_seeds, "events": event_seeds, "manifest": manifest_seeds,
         "checkpoint": checkpoint_seeds, "control": control_seeds}


def write_seeds(name, folder):
    found = sorted((HERE / "found" / name).glob("*"))
    for number, seed in enumerate(SEEDS[name]() + [file.read_bytes() for file in found]):
        (folder / f"seed{number}").write_bytes(seed)


def run(program, name, seconds, findings):
    """True if nothing was found."""
    with tempfile.TemporaryDirectory(prefix="hashloom-fuzz-") as scratch:
        corpus = Path(scratch) / "corpus"
        corpus.mkdir()
        write_seeds(name, corpus)
        done = subprocess.run(
            [program, corpus, f"-max_total_time={seconds}", f"-artifact_prefix={findings}/{name}-", f"-rss_limit_mb={MEGABYTES}",
             "-timeout=30", "-max_len=16384", "-print_final_stats=1"],
            env={**os.environ, "TMPDIR": scratch}, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    said = done.stderr.decode(errors="replace")
    inputs = re.search(r"number_of_executed_units: (\d+)", said)
    covered = re.findall(r"cov: (\d+)", said)
    print(f"{name:<12} {int(inputs[1]) if inputs else 0:>10,} inputs  {covered[-1] if covered else '?':>6} edges  "
          f"{'nothing found' if done.returncode == 0 else 'FOUND something'}", flush=True)
    if done.returncode != 0:
        print(said[-6000:], flush=True)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--only", choices=SEEDS, action="append")
    options = parser.parse_args()
    findings = options.folder / "findings"
    findings.mkdir(exist_ok=True)
    clean = [run(options.folder / f"fuzz_{name}", name, options.seconds, findings) for name in options.only or SEEDS]
    print(f"{100 * sum(clean) // len(clean)}% tests passed, {clean.count(False)} tests failed out of {len(clean)}")  # as ctest says it
    return 0 if all(clean) else 1


if __name__ == "__main__":
    sys.exit(main())
