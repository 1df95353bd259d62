"""The cache of results as its user meets it: it stays within its limit by itself, and says what it holds."""
import json
import os
import time
import unittest

from program import ProgramTest, SMALL, codes_by_round, read_events


WEEK = 7 * 24 * 3600


class Cache(ProgramTest):
    limit = None

    def environment(self):
        limit = {} if self.limit is None else {"HASHLOOM_CACHE_LIMIT": self.limit}
        return {**super().environment(), **limit}

    def entries(self):
        return json.loads(self.hashloom("cache", "--format", "json").stdout)

    def run_an_hour_ago(self):
        self.assertEqual(self.hashloom("run", self.write(SMALL)).status, 0)
        an_hour_ago = time.time() - 3600
        for file in (self.folder / "cache").rglob("*.entry"):
            os.utime(file, (an_hour_ago, an_hour_ago))

    def test_a_run_that_ends_removes_what_is_over_the_limit(self):
        self.run_an_hour_ago()
        held = len(self.entries())
        self.limit = "1kB"
        done = self.hashloom("run", self.write(SMALL), "--set", "seed=2", "--set", "start.bits=12", "--set", "network.bits=12")
        self.assert_tells(done, 0, "cache: removed ", "HASHLOOM_CACHE_LIMIT")
        self.assertLess(len(self.entries()), 2 * held)
        self.assertTrue(all(entry["used"] > time.time() - 600 for entry in self.entries()))

    def test_a_run_within_the_limit_removes_nothing(self):
        self.run_an_hour_ago()
        held = len(self.entries())
        done = self.hashloom("run", self.write(SMALL))
        self.assertNotIn("removed", done.stderr)
        self.assertEqual(len(self.entries()), held)

    def test_a_second_run_does_no_stage_again(self):
        self.assertEqual(self.hashloom("run", self.write(SMALL), "--runs", "first").status, 0)
        self.assertEqual(self.hashloom("run", "workflow.yaml", "--runs", "second").status, 0)
        second = self.run_folder("second")
        self.assertEqual({event["state"] for event in read_events(second) if event["kind"] == "stage"}, {"started", "cached"})
        self.assertEqual(codes_by_round(second), codes_by_round(self.run_folder("first")))

    def test_a_limit_that_is_no_size_is_told_and_costs_no_run(self):
        self.limit = "much"
        done = self.hashloom("run", self.write(SMALL))
        self.assert_tells(done, 0, "warning: the cache was not pruned: 'much' is no size")

    def test_prune_keeps_what_a_run_has_just_used(self):
        self.hashloom("run", self.write(SMALL))
        held = len(self.entries())
        self.assertIn("removed 0 results", self.hashloom("cache", "prune", "--limit", "0").stdout)
        self.assertEqual(len(self.entries()), held)

    def make_older(self):
        """Each result by a week more than the one before."""
        for weeks, file in enumerate(sorted((self.folder / "cache").rglob("*.entry")), 1):
            used = time.time() - weeks * WEEK
            os.utime(file, (used, used))

    def test_prune_removes_the_least_valuable_until_the_limit_holds(self):
        """The seconds that a result saves for each byte, halved for each week without use."""
        self.hashloom("run", self.write(SMALL))
        self.make_older()
        now = time.time()
        by_value = sorted(self.entries(), key=lambda entry: entry["seconds"] / entry["bytes"] / 2 ** ((now - entry["used"]) / WEEK))
        gone = len(by_value) // 2
        limit = sum(entry["bytes"] for entry in by_value[gone:])
        done = self.hashloom("cache", "prune", "--limit", str(limit))
        self.assertRegex(done.stdout, rf"^removed {gone} results, .*; .* stay\n$")
        self.assertEqual({entry["key"] for entry in self.entries()}, {entry["key"] for entry in by_value[gone:]})

    def test_bad_requests_are_refused(self):
        self.assert_tells(self.hashloom("cache", "prune"), 2, "say how much may stay")
        self.assert_tells(self.hashloom("cache", "prune", "--limit", "much"), 2, "'much' is no size")
        self.assert_tells(self.hashloom("cache", "empty"), 2, "can 'list' and 'prune', not 'empty'")


if __name__ == "__main__":
    unittest.main()
