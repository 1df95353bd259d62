#!/usr/bin/env python3
"""GIST of four images made by a formula, by plain transforms of the padded image in float64 and without any short cut.

Prints what gist_expected.hpp holds:  python3 gist_reference.py > gist_expected.hpp   (needs numpy)
"""
import numpy as np

SIZE, MARGIN, GRID, CUT, PREFILTER_MARGIN = 32, 32, 4, 4.0, 5


def image(n):
    """Byte (7 n + 3 y^2 + 5 x y + (n + 1) x) mod 256 at row y, column x, grey."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    return ((7 * n + 3 * y * y + 5 * x * y + (n + 1) * x) % 256).astype(float)


def frequencies(n):
    f = np.fft.fftfreq(n, 1 / n)
    return np.meshgrid(f, f)


def lowpass(x):
    fx, fy = frequencies(len(x))
    return np.fft.ifft2(np.fft.fft2(x) * np.exp(-(fx**2 + fy**2) * np.log(2) / CUT**2))


def prefilter(x):
    y = np.pad(np.log(x + 1), PREFILTER_MARGIN, mode="symmetric")
    y = y - lowpass(y).real
    y = y / (0.2 + np.sqrt(abs(lowpass(y**2))))
    return y[PREFILTER_MARGIN:-PREFILTER_MARGIN, PREFILTER_MARGIN:-PREFILTER_MARGIN]


def gabor(n, scale, j, orientations):
    fx, fy = frequencies(n)
    radius, angle = np.hypot(fx, fy), np.angle(fx + 1j * fy) + np.pi / orientations * j
    angle += 2 * np.pi * (angle < -np.pi) - 2 * np.pi * (angle > np.pi)
    centre, width = 0.3 / 1.85**scale, 16 * orientations**2 / 32**2
    return np.exp(-10 * 0.35 * (radius / n / centre - 1) ** 2 - 2 * width * np.pi * angle**2)


def gist(x):
    x = x - x.min()
    x = np.pad(prefilter(255 * x / x.max()), MARGIN, mode="symmetric")
    cell, rows = SIZE // GRID, []
    for scale in range(4):
        for j in range(8):
            response = abs(np.fft.ifft2(np.fft.fft2(x) * gabor(len(x), scale, j, 8)))
            response = response[MARGIN:-MARGIN, MARGIN:-MARGIN]
            rows.append(response.reshape(GRID, cell, GRID, cell).mean(axis=(1, 3)).ravel())
    return np.concatenate(rows)


if __name__ == "__main__":
    print("// Written by gist_reference.py.\n#pragma once\n")
    print("/// Every seventh number of GIST of images 0 to 3, beginning with the first: [4, 74].")
    print("inline constexpr float kExpectedGist[4][74] = {")
    for n in range(4):
        print("    {" + ", ".join(f"{v:.7f}F" for v in gist(image(n))[::7]) + "},")
    print("};")
