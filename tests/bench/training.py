#!/usr/bin/env python3
"""PGH's training against the same training in plain PyTorch eager, float32 (pgh_eager.py), in interleaved pairs.

  training.py [--torch DIR] [--pairs 7] [--images 6400] [--threads 1]

DIR is where PyTorch of LibTorch's version lies: pip install --target DIR torch==2.11.0 numpy
BIN names the folder of bench_training (default: build/release/bin). Each figure is the median of the pairs' ratios, eager / ours,
in brackets the smallest and the largest. `cpu` compares processor seconds, which other programs disturb less."""
import argparse
import sys

from pairs import BIN, CPU, HERE, WALL, Worker, interleaved, median, ratio

BATCH = 64
PARTS = {
    "GAN step": slice(0, 1),
    "hash step": slice(1, 2),
    "training together": slice(0, 2),
    "encoding 64 images": slice(2, 3),
    "whole round": slice(0, 3),
}


def summed(parts):
    return lambda work: [sum(seconds) for seconds in zip(*work[parts])]


def report(eager, float32, bf16, steps):
    print("| what | eager, ms | float32 | float32, cpu | bf16 | bf16, cpu |\n| --- | --- | --- | --- | --- | --- |")
    for name, parts in PARTS.items():
        seconds = summed(parts)
        ratios = [ratio(eager, ours, seconds, clock) for ours in (float32, bf16) for clock in (WALL, CPU)]
        print(f"| {name} | {median(eager, seconds) / steps * 1e3:.1f} | {' | '.join(ratios)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch", help="folder with PyTorch")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--images", type=int, default=6400)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    script = [sys.executable, HERE / "pgh_eager.py", "--images", options.images, "--threads", options.threads]
    ours = [BIN / "bench_training", options.images, options.threads]
    with Worker(script, options.threads, options.torch) as eager, Worker([*ours, "float32"], options.threads) as float32, \
            Worker([*ours, "bf16"], options.threads) as bf16:
        measured = interleaved([eager, float32, bf16], options.pairs)
    report(*measured, options.images // BATCH)


if __name__ == "__main__":
    main()
