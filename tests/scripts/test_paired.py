"""scripts/paired.py: its statistics on differences whose answer is known, its average precision by counting every order."""
import itertools
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "cli")]

from tests_python import needed

try:
    numpy = needed("numpy")
except unittest.SkipTest:
    sys.exit(77)

import numpy_retrieval
import paired


class Statistics(unittest.TestCase):
    def setUp(self):
        self.random = numpy.random.default_rng(1)

    def test_find_a_difference_that_is_there(self):
        differences = self.random.normal(0.5, 1, 400)  # a standard error of 0.05: ten of them from 0
        low, high = paired.interval(differences, self.random)
        half = 1.96 * differences.std() / 20  # by the normal law, with which means of 400 agree
        self.assertAlmostEqual(low, differences.mean() - half, delta=0.01)
        self.assertAlmostEqual(high, differences.mean() + half, delta=0.01)
        self.assertLess(paired.swapped(differences, self.random), 0.001)

    def test_find_none_where_there_is_none(self):
        differences = self.random.normal(0, 1, 400)
        differences -= differences.mean()
        low, high = paired.interval(differences, self.random)
        self.assertTrue(-0.12 < low < 0 < high < 0.12, (low, high))
        self.assertGreater(paired.swapped(differences, self.random), 0.9)

    def test_of_four_queries_are_those_of_all_sixteen_assignments(self):
        differences = numpy.array([1.0, 2, 3, -1])
        all_means = [abs(numpy.dot(signs, differences)) for signs in itertools.product([-1, 1], repeat=4)]
        expected = numpy.mean([mean >= 5 for mean in all_means])
        self.assertAlmostEqual(paired.swapped(differences, self.random), expected, delta=0.02)


class AveragePrecision(unittest.TestCase):
    def test_is_the_mean_over_all_orders_of_ties(self):
        distances, relevant = numpy.array([1, 0, 1, 1, 2]), numpy.array([True, False, False, True, True])

        def of_order(order):
            hits = numpy.cumsum(relevant[list(order)])
            places = numpy.flatnonzero(relevant[list(order)])
            return numpy.mean([hits[place] / (place + 1) for place in places])

        orders = [order for order in itertools.permutations(range(5)) if list(distances[list(order)]) == sorted(distances)]
        self.assertEqual(len(orders), 6)
        self.assertAlmostEqual(numpy_retrieval.tied_average_precision(distances, relevant), numpy.mean(list(map(of_order, orders))))


if __name__ == "__main__":
    unittest.main()
