"""Programs that are measured against each other in turns: for each line that they read they do their work once and print wall and
processor seconds, of one part after the other."""
import argparse
import os
import statistics
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
BIN = Path(os.environ.get("BIN", HERE.parents[1] / "build/release/bin"))
WALL, CPU = 0, 1


def options(doc, modules, images):
    """--MODULES DIR, --pairs, --images and --threads."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(f"--{modules}", dest="modules", metavar="DIR", help=f"folder with {modules}")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--images", type=int, default=images)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


class Worker:
    def __init__(self, command, threads, modules=None):
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
        if modules:
            environment["PYTHONPATH"] = modules
        self.process = subprocess.Popen([str(word) for word in command], env=environment, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self):
        self.work()  # what is done once: kernels are compiled, memory is taken
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def work(self):
        """[(wall, processor)], a pair a part."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds = [float(word) for word in self.process.stdout.readline().split()]
        return list(zip(seconds[::2], seconds[1::2]))


def interleaved(workers, count):
    """What work() gave, `count` times for each. Who goes first changes from turn to turn."""
    measured = [[] for _ in workers]
    for turn in range(count):
        for i in range(len(workers))[:: 1 if turn % 2 else -1]:
            measured[i].append(workers[i].work())
    return measured


def ratio(slow, fast, seconds, clock):
    """The median of the pairs' ratios, with the smallest and the largest; `seconds` picks from what work() gave."""
    ratios = sorted(seconds(a)[clock] / seconds(b)[clock] for a, b in zip(slow, fast))
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def median(measured, seconds, clock=WALL):
    return statistics.median(seconds(work)[clock] for work in measured)
