#!/usr/bin/env python3
"""LSH on GIST by numpy alone, with random numbers and a ranking of its own: how far mAP spreads from seed to seed.

    scripts/check_lsh.py --bits 64 --seeds 40        after a run of workflows/paper/shallow.yaml on MNIST

Takes the GIST features from the cache of results (HASHLOOM_CACHE) and the labels from the IDX files; everything after that is its
own: planes, codes, distances, and the average precision over ties (the mean over all orders of what is equally near; McSherry and
Najork 2008). Protocol: the first 100 test images of each class are queries, all training images the database. Needs python3-numpy.
"""
import argparse
import gzip
import json
import os
from pathlib import Path

import numpy

CACHE = Path(os.environ.get("HASHLOOM_CACHE") or
             Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hashloom" / "results")
DATA = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "hashloom" / "datasets" / "mnist"
TYPES = {"F32": numpy.float32}


def tensors(file):
    data = file.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] in TYPES:
            begin, end = entry["data_offsets"]
            yield name, numpy.frombuffer(data[8 + size + begin:8 + size + end], TYPES[entry["dtype"]]).reshape(entry["shape"])


def gist():
    """(60,000 training images', 1,000 queries') features."""
    for entry in CACHE.glob("*.entry"):
        if json.loads(entry.read_text().splitlines()[0])["uses"] != "feature/gist":
            continue
        found = {tensor.shape[0]: tensor for _, tensor in tensors(entry.with_suffix(".safetensors")) if tensor.ndim == 2}
        if {60000, 1000} <= found.keys():
            return found[60000], found[1000]
    raise SystemExit(f"no GIST of MNIST in {CACHE}: first run workflows/paper/shallow.yaml")


def labels(name):
    return numpy.frombuffer(gzip.decompress((DATA / name).read_bytes()), numpy.uint8, offset=8)


def query_labels():
    test = labels("t10k-labels-idx1-ubyte.gz")
    chosen = numpy.sort(numpy.concatenate([numpy.flatnonzero(test == c)[:100] for c in range(10)]))
    return test[chosen]


def tied_average_precision(distances, relevant):
    """Mean AP over all orders within groups of equal distance: sum over groups with n items, r relevant, N and R before them, of
    sum_i r/n * (R + (i-1)(r-1)/(n-1) + 1) / (N + i), divided by the number of relevant items."""
    total, before, relevant_before = 0.0, 0, 0
    for n, r in zip(numpy.bincount(distances), numpy.bincount(distances, weights=relevant)):
        if r > 0:
            i = numpy.arange(1, n + 1)
            inside = (i - 1) * (r - 1) / (n - 1) if n > 1 else 0
            total += (r / n * (relevant_before + inside + 1) / (before + i)).sum()
        before, relevant_before = before + n, relevant_before + r
    return total / relevant.sum()


def mean_average_precision(database, queries, database_labels, labels_of_queries):
    distances = (database.shape[1] - database @ queries.T) / 2  # of codes in -1, 1
    return numpy.mean([tied_average_precision(distances[:, q].astype(int), database_labels == labels_of_queries[q])
                       for q in range(queries.shape[0])])


def codes(features, mean, planes):
    return numpy.where((features - mean) @ planes > 0, 1, -1).astype(numpy.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bits", type=int, default=64)
    parser.add_argument("--seeds", type=int, default=40, help="3 or more")
    arguments = parser.parse_args()
    if arguments.seeds < 3:
        parser.error("--seeds is 3 or more")
    database, queries = gist()
    database_labels, labels_of_queries = labels("train-labels-idx1-ubyte.gz"), query_labels()
    mean = database.mean(0)
    figures = []
    for seed in range(arguments.seeds):
        planes = numpy.random.default_rng(seed).standard_normal((database.shape[1], arguments.bits)).astype(numpy.float32)
        figures.append(100 * mean_average_precision(codes(database, mean, planes), codes(queries, mean, planes),
                                                    database_labels, labels_of_queries))
    triples = [numpy.mean(figures[i:i + 3]) for i in range(0, len(figures) - 2, 3)]
    print(f"{arguments.bits} bits, {len(figures)} seeds: {numpy.mean(figures):.2f} ± {numpy.std(figures, ddof=1):.2f}; "
          f"means of three: {min(triples):.1f} to {max(triples):.1f}")


if __name__ == "__main__":
    main()
