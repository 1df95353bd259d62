#!/usr/bin/env python3
"""PGH's training against the same training in plain PyTorch eager, float32 (pgh_eager.py), in interleaved pairs.

  training.py [--torch DIR] [--pairs 7] [--images 6400] [--threads 1]

DIR is where PyTorch of LibTorch's version lies: pip install --target DIR torch==2.11.0 numpy
BIN names the folder of bench_training (default: build/release/bin). Each figure is the median of the pairs' ratios, eager / ours,
in brackets the smallest and the largest. `cpu` compares processor seconds, which other programs disturb less."""
import sys

from pairs import BIN, CPU, HERE, WALL, Worker, interleaved, median, options, ratio

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
    chosen = options(__doc__, "torch", 6400)
    script = [sys.executable, HERE / "pgh_eager.py", "--images", chosen.images, "--threads", chosen.threads]
    ours = [BIN / "bench_training", chosen.images, chosen.threads]
    with Worker(script, chosen.threads, chosen.modules) as eager, Worker([*ours, "float32"], chosen.threads) as float32, \
            Worker([*ours, "bf16"], chosen.threads) as bf16:
        measured = interleaved([eager, float32, bf16], chosen.pairs)
    report(*measured, chosen.images // BATCH)


if __name__ == "__main__":
    main()
