#!/usr/bin/env python3
"""Writes a run's folder with many events and tells how long `hashloom runs` takes to open it.

  open_events.py [--events 1000000]

HASHLOOM names the program (default: build/release/bin/hashloom)."""
import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = os.environ.get("HASHLOOM", str(Path(__file__).resolve().parents[2] / "build/release/bin/hashloom"))
ROUNDS = 50


def event_at(seq, count):
    """A run of 50 rounds: of a hundred events 90 tell progress, 5 an epoch, 4 a metric and 1 a picture, as in a long training."""
    place = {"stage": "gan", "loop": "pgh", "round": seq * ROUNDS // count + 1, "epoch": seq // 100}
    if seq == 0:
        return {"kind": "run", "name": "many", "seed": 1, "threads": 2, "device": "cpu", "rounds": {"pgh": ROUNDS}, "stages": ["gan"]}
    if seq == count - 1:
        return {"kind": "end", "state": "finished", "seconds": 1e6}
    if seq % (count // ROUNDS) == 0:
        return {"kind": "round", "loop": "pgh", "round": place["round"], "seconds": 10.5, "changed_bits": 0.01}
    if seq % 100 < 90:
        return {"kind": "progress", "done": seq % 900, "total": 938, "unit": "batches", "rate": 13.25, "epochs": 24,
                "losses": {"discriminator": 0.6931, "generator": 1.386}, **place}
    if seq % 100 < 95:
        return {"kind": "epoch", "epochs": 24, "seconds": 70.5, "losses": {"discriminator": 0.6931, "generator": 1.386}, **place}
    if seq % 100 < 99:
        return {"kind": "metric", "name": "mAP@all", "value": 0.25, "unit": "%", "headline": True, "higher_is_better": True, **place}
    return {"kind": "picture", "name": "samples", "caption": "drawn", "blob": f"{seq:064x}.png", "width": 320, "height": 320, **place}


def write_run(folder, count):
    folder.mkdir(parents=True)
    with open(folder / "events.jsonl", "w", encoding="utf-8") as file:
        for seq in range(count):
            event = {**event_at(seq, count), "schema": 1, "seq": seq, "wall": 1.7e9 + seq, "mono": 1e3 + seq}
            file.write(json.dumps(event, sort_keys=True, separators=(",", ":")) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10**6)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hashloom-bench-") as scratch:
        run = Path(scratch) / "runs" / "many"
        write_run(run, options.events)
        print(f"{options.events:,} events, {(run / 'events.jsonl').stat().st_size / 1e6:.0f} MB")
        for _ in range(3):
            began = time.monotonic()
            subprocess.run([PROGRAM, "runs", "--runs", str(run.parent)], check=True, stdout=subprocess.DEVNULL)
            print(f"hashloom runs: {time.monotonic() - began:.2f} s")


if __name__ == "__main__":
    main()
