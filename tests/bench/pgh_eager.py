#!/usr/bin/env python3
"""PGH's training in plain PyTorch eager, float32: what bench_training is measured against by training.py.

  pgh_eager.py [--images 6400] [--threads 1]       (needs torch of the same version as LibTorch)

The networks, losses, batch, optimisers and data of generator/dcgan and network/pgh at their defaults, written as a plain
script has them. For each line on standard input it trains one epoch of each, encodes all images, and prints what
bench_training prints."""
import argparse
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BITS, NOISE, WIDTH, BATCH, SIDE, CANVAS = 32, 64, 16, 64, 28, 32
GAMMA, QUANTISATION, SLOPE = 0.5, 0.01, 0.2


def initialise(module):
    """Weights from N(0, 0.02), scales 1, biases 0, as DCGAN has it."""
    for parameter in module.parameters():
        if parameter.dim() > 1:
            nn.init.normal_(parameter, 0, 0.02)
    return module


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.seed = nn.Linear(NOISE + BITS, 4 * WIDTH * 4 * 4, bias=False)
        self.body = nn.Sequential(
            nn.BatchNorm2d(4 * WIDTH), nn.ReLU(),
            nn.ConvTranspose2d(4 * WIDTH, 2 * WIDTH, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * WIDTH), nn.ReLU(),
            nn.ConvTranspose2d(2 * WIDTH, WIDTH, 4, 2, 1, bias=False), nn.BatchNorm2d(WIDTH), nn.ReLU(),
            nn.ConvTranspose2d(WIDTH, 1, 4, 2, 1), nn.Tanh())

    def forward(self, noise, signs):
        return self.body(self.seed(torch.cat([noise, signs], 1)).view(-1, 4 * WIDTH, 4, 4))


class Trunk(nn.Module):
    def __init__(self, bits=0):
        super().__init__()
        self.first = nn.Conv2d(1, WIDTH, 4, 2, 1)
        self.second = nn.Conv2d(WIDTH, 2 * WIDTH, 4, 2, 1, bias=False)
        self.third = nn.Conv2d(2 * WIDTH, 4 * WIDTH, 4, 2, 1, bias=False)
        self.second_norm, self.third_norm = nn.BatchNorm2d(2 * WIDTH), nn.BatchNorm2d(4 * WIDTH)
        if bits:
            self.second_bias = nn.Linear(bits, 2 * WIDTH, bias=False)
            self.third_bias = nn.Linear(bits, 4 * WIDTH, bias=False)

    def forward(self, images, signs=None):
        x = F.leaky_relu(self.first(images), SLOPE)
        x = self.second(x)
        if signs is not None:
            x = x + self.second_bias(signs)[:, :, None, None]
        x = self.third(F.leaky_relu(self.second_norm(x), SLOPE))
        if signs is not None:
            x = x + self.third_bias(signs)[:, :, None, None]
        return F.leaky_relu(self.third_norm(x), SLOPE).flatten(1)


FEATURES = 4 * WIDTH * 4 * 4


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.realism = Trunk(BITS), nn.Linear(FEATURES, 1)
        self.projection = nn.Linear(BITS, FEATURES, bias=False)

    def forward(self, images, signs):
        features = self.trunk(images, signs)
        return self.realism(features).squeeze(1) + (features * self.projection(signs)).sum(1)


class HashNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.head = Trunk(), nn.Linear(FEATURES, BITS)

    def forward(self, images):
        return torch.sigmoid(self.head(self.trunk(images)))


def triplet_loss(real, synthetic, codes):
    """See plugins/networks/pgh_loss.hpp."""
    signs = codes.float() * 2 - 1
    differ = ((signs @ signs.t()) < BITS).float()
    apart = (real[:, None] - synthetic[None]).abs().sum(-1)
    hinge = F.relu(GAMMA * BITS - apart + apart.diagonal()[:, None]) * differ
    negatives = differ.sum(1)
    triplet = (hinge.sum(1) / negatives.clamp(min=1)).sum() / (negatives > 0).sum().clamp(min=1)
    quantisation = sum(((x - (x.detach() > 0.5).float()) ** 2).sum(1).mean() for x in (real, synthetic))
    return triplet + QUANTISATION * quantisation


class Training:
    def __init__(self, count):
        torch.manual_seed(1)
        self.pixels = torch.randint(256, (count, 1, SIDE, SIDE), dtype=torch.uint8)
        self.codes = torch.rand(count, BITS) < 0.5
        self.g, self.d, self.h = (initialise(make()) for make in (Generator, Discriminator, HashNetwork))
        self.adam_g = torch.optim.Adam(self.g.parameters(), 5e-4, betas=(0.5, 0.999))
        self.adam_d = torch.optim.Adam(self.d.parameters(), 5e-4, betas=(0.5, 0.999))
        self.adam_h = torch.optim.Adam(self.h.parameters(), 1e-3)

    def images(self, items):
        margin = (CANVAS - SIDE) // 2
        return F.pad(self.pixels[items].float() / 127.5 - 1, (margin,) * 4, value=-1.0)

    def batches(self):
        return torch.randperm(len(self.pixels)).split(BATCH)

    def gan_epoch(self):
        for items in self.batches():
            real, signs = self.images(items), self.codes[items].float() * 2 - 1
            ones, zeros = torch.ones(len(items)), torch.zeros(len(items))
            synthetic = self.g(torch.randn(len(items), NOISE), signs)

            self.adam_d.zero_grad()
            loss = F.binary_cross_entropy_with_logits(self.d(real, signs), ones)
            loss = loss + F.binary_cross_entropy_with_logits(self.d(synthetic.detach(), signs), zeros)
            loss.backward()
            self.adam_d.step()

            self.adam_g.zero_grad()
            F.binary_cross_entropy_with_logits(self.d(synthetic, signs), ones).backward()
            self.adam_g.step()

    def hash_epoch(self):
        self.h.train()
        for items in self.batches():
            codes = self.codes[items]
            with torch.no_grad():
                synthetic = self.g(torch.randn(len(items), NOISE), codes.float() * 2 - 1)
            outputs = self.h(torch.cat([self.images(items), synthetic]))
            self.adam_h.zero_grad()
            triplet_loss(*outputs.split(len(items)), codes).backward()
            self.adam_h.step()

    @torch.no_grad()
    def encode(self):
        self.h.eval()
        return torch.cat([self.h(self.images(items)) > 0.5 for items in torch.arange(len(self.pixels)).split(500)])


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return f"{time.perf_counter() - wall:.4f} {time.process_time() - cpu:.4f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=6400)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    training = Training(options.images)
    for _ in sys.stdin:
        print(timed(training.gan_epoch), timed(training.hash_epoch), timed(training.encode), flush=True)


if __name__ == "__main__":
    main()
