"""How the dashboard bears a large run: writes one of 100,000 scalar events, 2,000 embedded points and 500 pictures, and a folder of 200
finished runs, and times `hashloom-dash --screenshot` on both.

    python3 tests/bench/dash_large_run.py build/release/bin/hashloom-dash
"""
import json
import math
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

EVENTS, POINTS, PICTURES, RUNS, BITS = 100_000, 2_000, 500, 200, 64


def png(side, seed):
    """A grey picture of noise."""
    rows = b"".join(b"\0" + random.Random(seed * 1000 + y).randbytes(side) for y in range(side))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def npy(words):
    header = f"{{'descr': '<u8', 'fortran_order': False, 'shape': ({len(words)}, 1), }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + struct.pack(f"<{len(words)}Q", *words)


def large_events(blobs):
    yield {"kind": "run", "name": "large", "device": "cpu", "stages": ["gan", "score"], "rounds": {"pgh": PICTURES}}
    for i in range(EVENTS):
        yield {"kind": "progress", "stage": "gan", "loop": "pgh", "round": 1 + i * PICTURES // EVENTS, "epoch": 1, "epochs": 1, "done": i % 200, "total": 200,
               "unit": "images", "rate": 3000, "losses": {"generator": 1 + math.sin(i / 99), "discriminator": 1 + math.cos(i / 77)}}
    place = {"stage": "embedding", "loop": "pgh", "round": 1}
    numbers = random.Random(1)
    yield {"kind": "curve", "name": "embedding", "x": [numbers.gauss(0, 1) for _ in range(POINTS)], "y": [numbers.gauss(0, 1) for _ in range(POINTS)], **place}
    yield {"kind": "curve", "name": "sample", "x": list(range(POINTS)), "y": [i % 10 for i in range(POINTS)], **place}
    (blobs / "sheet.png").write_bytes(png(45 * 28, 0))
    yield {"kind": "picture", "name": "sample", "blob": "sheet.png", "caption": "2000 of 2000", **place}
    (blobs / "codes.npy").write_bytes(npy([numbers.getrandbits(BITS) for _ in range(POINTS)]))
    yield {"kind": "codes", "split": "train", "items": POINTS, "bits": BITS, "blob": "codes.npy", "loop": "pgh", "round": 1}
    for i in range(1, PICTURES + 1):
        (blobs / f"{i}.png").write_bytes(png(300, i))
        yield {"kind": "picture", "name": "samples", "blob": f"{i}.png", "caption": "a row a code", "stage": "samples", "loop": "pgh", "round": i}
        yield {"kind": "metric", "name": "mAP@all", "value": 0.5 + i / 1100, "unit": "%", "headline": True, "stage": "score", "loop": "pgh", "round": i}
    yield {"kind": "end", "state": "finished"}


def small_events():
    yield {"kind": "run", "name": "small", "stages": ["score"], "rounds": {"pgh": 3}}
    for i in range(200):
        yield {"kind": "metric", "name": "mAP@all", "value": i / 300, "unit": "%", "headline": True, "stage": "score", "loop": "pgh", "round": i % 4}
    yield {"kind": "end", "state": "finished"}


def write(run, events):
    with open(run / "events.jsonl", "w") as out:
        for seq, event in enumerate(events):
            out.write(json.dumps({"schema": 1, "seq": seq, "wall": 1.8e9 + seq, "mono": float(seq), **event}) + "\n")


def tell(what, program, folder):
    """Processor time, so that other work on the machine does not count; Mesa draws on every core that it finds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as shots:
        start = time.monotonic()
        subprocess.run([program, folder, "--screenshot", shots], check=True, stdout=subprocess.DEVNULL)
        wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what}: opened, 66 frames drawn and 11 PNG written in {busy:.2f} s of processor time, {wall:.2f} s by the clock; "
          f"at most {after.ru_maxrss / 1024:.0f} MiB")


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        empty, large, many = folder / "empty", folder / "large", folder / "many"
        for place in (empty, large / "run" / "blobs"):
            place.mkdir(parents=True)
        write(large / "run", large_events(large / "run" / "blobs"))
        for i in range(RUNS):
            (many / f"run-{i:03}").mkdir(parents=True)
            write(many / f"run-{i:03}", small_events())
        tell("no runs", program, empty)
        tell(f"{RUNS} finished runs", program, many)
        tell(f"{EVENTS} events, {POINTS} points, {PICTURES} pictures", program, large)


main(sys.argv[1])
