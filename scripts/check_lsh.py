#!/usr/bin/env python3
"""LSH on GIST by numpy alone, with random numbers and a ranking of its own: how far mAP spreads from seed to seed.

    scripts/check_lsh.py --bits 64 --seeds 40        after a run of workflows/paper/shallow.yaml on MNIST

Takes the GIST features from the cache of results (HASHLOOM_CACHE) and the labels from the IDX files; everything after that is its
own: planes, codes, distances, and the average precision over ties (the mean over all orders of what is equally near; McSherry and
Najork 2008). Protocol: the first 100 test images of each class are queries, all training images the database. Needs python3-numpy.
"""
import argparse
import json
import os
from pathlib import Path

import numpy

from numpy_retrieval import average_precisions, database_labels, query_labels

CACHE = Path(os.environ.get("HASHLOOM_CACHE") or
             Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hashloom" / "results")
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
    labels_of_database, labels_of_queries = database_labels("mnist"), query_labels("mnist")
    mean = database.mean(0)
    figures = []
    for seed in range(arguments.seeds):
        planes = numpy.random.default_rng(seed).standard_normal((database.shape[1], arguments.bits)).astype(numpy.float32)
        figures.append(100 * average_precisions(codes(database, mean, planes), codes(queries, mean, planes),
                                                labels_of_database, labels_of_queries).mean())
    triples = [numpy.mean(figures[i:i + 3]) for i in range(0, len(figures) - 2, 3)]
    print(f"{arguments.bits} bits, {len(figures)} seeds: {numpy.mean(figures):.2f} ± {numpy.std(figures, ddof=1):.2f}; "
          f"means of three: {min(triples):.1f} to {max(triples):.1f}")


if __name__ == "__main__":
    main()
