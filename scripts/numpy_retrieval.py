"""Retrieval figures by numpy alone, independent of the program: for scripts that check it. Needs python3-numpy.

Protocol: the first 100 test images of each class are queries, all training images the database, relevant = same class."""
import functools
import gzip
import os
from pathlib import Path

import numpy

FETCHED = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "hashloom" / "datasets"
FOLDERS = {"mnist": FETCHED / "mnist", "fashion-mnist": Path("/usr/share/datasets/fashion-mnist")}


@functools.cache
def labels(dataset, name):
    return numpy.frombuffer(gzip.decompress((FOLDERS[dataset] / f"{name}-labels-idx1-ubyte.gz").read_bytes()), numpy.uint8, offset=8)


def database_labels(dataset):
    return labels(dataset, "train")


def query_labels(dataset):
    test = labels(dataset, "t10k")
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


def average_precisions(database, queries, labels_of_database, labels_of_queries):
    """Of each query; codes in -1, 1."""
    distances = (database.shape[1] - database @ queries.T) / 2
    return numpy.array([tied_average_precision(distances[:, q].astype(int), labels_of_database == labels_of_queries[q])
                        for q in range(queries.shape[0])])
