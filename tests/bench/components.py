#!/usr/bin/env python3
"""GIST against the same transform by numpy (gist_numpy.py), in interleaved pairs, and the time of one evaluation of retrieval.

  components.py [--numpy DIR] [--pairs 7] [--images 2000] [--threads 1]

DIR is where numpy 2 lies: pip install --target DIR numpy
BIN names the folder of bench_components (default: build/release/bin)."""
import sys

from pairs import BIN, CPU, HERE, WALL, Worker, interleaved, median, options, ratio

DATABASE = 60000


def first(work):
    return work[0]


def gist(chosen):
    script = [sys.executable, HERE / "gist_numpy.py", "--images", chosen.images]
    ours = [BIN / "bench_components", "gist", chosen.images, chosen.threads]
    with Worker(script, chosen.threads, chosen.modules) as numpy, Worker(ours, chosen.threads) as plugin:
        by_numpy, by_plugin = interleaved([numpy, plugin], chosen.pairs)
    rates = [f"{chosen.images / median(measured, first):.0f}" for measured in (by_numpy, by_plugin)]
    ratios = [ratio(by_numpy, by_plugin, first, clock) for clock in (WALL, CPU)]
    print(f"GIST: {rates[0]} images a second by numpy, {rates[1]} by the plugin: {ratios[0]} times, cpu {ratios[1]}")


def retrieval(chosen):
    with Worker([BIN / "bench_components", "retrieval", DATABASE, chosen.threads], chosen.threads) as plugin:
        (measured,) = interleaved([plugin], chosen.pairs)
    print(f"retrieval, 1,000 queries x {DATABASE:,} codes of 64 bits: {median(measured, first):.3f} s, "
          f"cpu {median(measured, first, CPU):.3f} s")


def main():
    chosen = options(__doc__, "numpy", 2000)
    gist(chosen)
    retrieval(chosen)


if __name__ == "__main__":
    main()
