#!/usr/bin/env python3
"""GIST of images by numpy's transforms in float32, a batch at a time: what bench_components is measured against by components.py.

  gist_numpy.py [--images 1000]      (numpy 2 or later: earlier ones transform in float64)

The transform of feature/gist at its defaults, as tests/unit/features/gist_reference.py has it for one image. For each line on
standard input it computes all images and prints wall and processor seconds."""
import argparse
import sys
import time

import numpy as np

SIDE, SIZE, MARGIN, GRID, CUT, PREFILTER_MARGIN, BATCH = 28, 32, 32, 4, 4.0, 5, 50
SCALES, ORIENTATIONS = 4, 8


def frequencies(n):
    f = np.fft.fftfreq(n, 1 / n)
    return np.meshgrid(f, f)


def lowpass_gains(n):
    fx, fy = frequencies(n)
    return np.exp(-(fx**2 + fy**2) * np.log(2) / CUT**2).astype(np.float32)


def gabor_gains(n):
    """[filters, n, n]"""
    fx, fy = frequencies(n)
    radius, gains = np.hypot(fx, fy), []
    for scale in range(SCALES):
        centre, width = 0.3 / 1.85**scale, 16 * ORIENTATIONS**2 / 32**2
        for j in range(ORIENTATIONS):
            angle = np.angle(fx + 1j * fy) + np.pi / ORIENTATIONS * j
            angle += 2 * np.pi * (angle < -np.pi) - 2 * np.pi * (angle > np.pi)
            gains.append(np.exp(-3.5 * (radius / n / centre - 1) ** 2 - 2 * width * np.pi * angle**2))
    return np.array(gains, dtype=np.float32)


LOWPASS = lowpass_gains(SIZE + 2 * PREFILTER_MARGIN)
GABOR = gabor_gains(SIZE + 2 * MARGIN)


def mirrored(x, margin):
    return np.pad(x, ((0, 0), (margin, margin), (margin, margin)), mode="symmetric")


def inner(x, margin):
    return x[:, margin:-margin, margin:-margin]


def prefilter(x):
    y = mirrored(np.log1p(x), PREFILTER_MARGIN)
    y = y - np.fft.ifft2(np.fft.fft2(y) * LOWPASS).real
    deviation = np.sqrt(np.abs(np.fft.ifft2(np.fft.fft2(y**2) * LOWPASS)))
    return inner(y / (deviation + np.float32(0.2)), PREFILTER_MARGIN)


def gist(pixels):
    """uint8 [n, SIDE, SIDE] -> float32 [n, filters * GRID^2]"""
    x = np.pad(pixels.astype(np.float32), ((0, 0), *[((SIZE - SIDE) // 2,) * 2] * 2))
    low, high = x.min((1, 2), keepdims=True), x.max((1, 2), keepdims=True)
    spectra = np.fft.fft2(mirrored(prefilter((x - low) * (255 / (high - low))), MARGIN))
    cell, features = SIZE // GRID, []
    for gains in GABOR:
        response = inner(np.abs(np.fft.ifft2(spectra * gains)), MARGIN)
        features.append(response.reshape(-1, GRID, cell, GRID, cell).mean((2, 4)).reshape(len(x), -1))
    return np.concatenate(features, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=1000)
    pixels = np.random.default_rng(1).integers(0, 256, (parser.parse_args().images, SIDE, SIDE), dtype=np.uint8)
    if gist(pixels[:2]).dtype != np.float32:
        sys.exit("gist_numpy.py: this numpy transforms in float64; install numpy 2 or later")
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        for begin in range(0, len(pixels), BATCH):
            gist(pixels[begin : begin + BATCH])
        print(f"{time.perf_counter() - wall:.4f} {time.process_time() - cpu:.4f}", flush=True)


if __name__ == "__main__":
    main()
