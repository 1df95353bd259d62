#!/usr/bin/env python3
"""Whether one method finds more than another: a paired test over queries, on codes of runs of both with the same seeds.

    scripts/paired.py --first RUN... --second RUN... [--hashloom PROGRAM]

The n-th run of --first is compared with the n-th of --second. For each query the average precision (tie-aware, by numpy alone) is
averaged over the runs of a method; told are the mean difference, its 95 % interval (10,000 bootstrap samples of queries), and the
two-sided p of a permutation test that swaps the methods of each query at random (10,000 times). Runs are those of workflows with a
var dataset (mnist, fashion-mnist), all training images, and the first 100 test images of each class as queries. Needs
python3-numpy.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy

from numpy_retrieval import average_precisions, database_labels, query_labels
from run_folder import RunFolder

SAMPLES = 10_000


def signs(file):
    """Codes of -1, 1 from a column of 0 and 1 for each bit."""
    return numpy.load(file).astype(numpy.float32) * 2 - 1


def precisions(folder, program):
    run = RunFolder(folder)
    dataset = run.vars["dataset"]
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([program, "export", str(run.folder), f"{scratch}/codes/", "--unpacked"], check=True, stdout=subprocess.DEVNULL)
        database, queries = (signs(Path(scratch) / "codes" / f"{split}.npy") for split in ("database", "query"))
    if len(database) != len(database_labels(dataset)):
        raise SystemExit(f"error: {folder}: its database has {len(database)} images, {dataset} has {len(database_labels(dataset))}")
    return average_precisions(database, queries, database_labels(dataset), query_labels(dataset))


def interval(differences, random):
    """Of the mean, by bootstrap over queries."""
    samples = random.choice(differences, (SAMPLES, len(differences))).mean(axis=1)
    return numpy.quantile(samples, [0.025, 0.975])


def swapped(differences, random):
    """p: how often a random assignment of the two methods, query by query, differs as much."""
    flips = random.choice([-1.0, 1.0], (SAMPLES, len(differences)))
    as_far = numpy.abs((flips * differences).mean(axis=1)) >= abs(differences.mean())
    return (as_far.sum() + 1) / (SAMPLES + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", nargs="+", required=True, metavar="RUN")
    parser.add_argument("--second", nargs="+", required=True, metavar="RUN")
    parser.add_argument("--hashloom", default="hashloom", metavar="PROGRAM")
    arguments = parser.parse_args()
    first, second = ([precisions(run, arguments.hashloom) for run in runs] for runs in (arguments.first, arguments.second))
    differences = 100 * (numpy.mean(first, axis=0) - numpy.mean(second, axis=0))
    random = numpy.random.default_rng(0)
    low, high = interval(differences, random)
    print(f"first {100 * numpy.mean(first):.2f}, second {100 * numpy.mean(second):.2f}: difference {differences.mean():+.2f} "
          f"(95 % {low:+.2f} to {high:+.2f}), p {swapped(differences, random):.4f}, {len(differences)} queries, "
          f"better for {100 * numpy.mean(differences > 0):.0f} % of them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
