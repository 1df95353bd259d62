#!/usr/bin/env python3
"""GIST against the same transform by numpy (gist_numpy.py), in interleaved pairs, and the time of one evaluation of retrieval.

  components.py [--numpy DIR] [--pairs 7] [--images 2000] [--threads 1]

DIR is where numpy 2 lies: pip install --target DIR numpy
BIN names the folder of bench_components (default: build/release/bin)."""
import argparse
import sys

from pairs import BIN, CPU, HERE, WALL, Worker, interleaved, median, ratio

DATABASE = 60000


def first(work):
    return work[0]


def gist(options):
    script = [sys.executable, HERE / "gist_numpy.py", "--images", options.images]
    ours = [BIN / "bench_components", "gist", options.images, options.threads]
    with Worker(script, options.threads, options.numpy) as numpy, Worker(ours, options.threads) as plugin:
        by_numpy, by_plugin = interleaved([numpy, plugin], options.pairs)
    rates = [f"{options.images / median(measured, first):.0f}" for measured in (by_numpy, by_plugin)]
    ratios = [ratio(by_numpy, by_plugin, first, clock) for clock in (WALL, CPU)]
    print(f"GIST: {rates[0]} images a second by numpy, {rates[1]} by the plugin: {ratios[0]} times, cpu {ratios[1]}")


def retrieval(options):
    with Worker([BIN / "bench_components", "retrieval", DATABASE, options.threads], options.threads) as plugin:
        (measured,) = interleaved([plugin], options.pairs)
    print(f"retrieval, 1,000 queries x {DATABASE:,} codes of 64 bits: {median(measured, first):.3f} s, "
          f"cpu {median(measured, first, CPU):.3f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numpy", help="folder with numpy")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    gist(options)
    retrieval(options)


if __name__ == "__main__":
    main()
