"""A component that breaks a promise is told which, and what to do; each breaks one (tests/plugins/untrue.cpp)."""
import unittest

from validator import failures


class Untrue(unittest.TestCase):
    def assert_fails(self, component, check, reason, remedy):
        """That check alone fails, for that reason."""
        status, found = failures(component)
        self.assertEqual((status, list(found)), (1, [check]), found)
        self.assertIn(reason, found[check][0])
        self.assertIn(remedy, found[check][1])

    def test_a_default_outside_its_bounds(self):
        self.assert_fails("hasher/bad-default", "schema", "parameter 'width' has a default that it does not take: 9 is above 8",
                          "mend the default or the bounds")

    def test_a_parameter_without_help(self):
        self.assert_fails("hasher/no-help", "schema", "parameter 'width' has no help of one line", "schema()")

    def test_a_parameter_that_is_not_in_snake_case(self):
        self.assert_fails("hasher/shouting", "schema", "parameter 'Width-Of' is not in snake_case", "learning_rate")

    def test_a_tunable_parameter_without_tune(self):
        self.assert_fails("hasher/no-tune", "schema", "it has tunable parameters, and tune() fails", "override tune()")

    def test_a_value_within_the_bounds_that_is_not_taken(self):
        self.assert_fails("hasher/dies-at-its-bound", "parameters", "it can't be made with width: 8, which its schema allows: 8 is too wide",
                          "closer bounds")

    def test_a_choice_that_is_not_taken(self):
        self.assert_fails("hasher/knows-no-choice", "parameters", "it can't be made with kind: bent, which its schema allows: no plane is bent",
                          "throw ParameterError")

    def test_a_list_that_may_be_empty_and_is_not_taken(self):
        self.assert_fails("hasher/needs-an-item", "parameters", "it can't be made with widths: [], which its schema allows", "closer bounds")

    def test_a_size_without_a_bound_that_fills_the_memory(self):
        self.assert_fails("hasher/takes-any-size", "parameters", "it can't be made with room: 1000000000000000, which its schema allows",
                          "closer bounds")

    def test_no_value_that_is_refused_by_a_parameter_error(self):
        self.assertEqual(failures("hasher/refuses-rightly"), (0, {}))

    def test_numbers_for_bits(self):
        self.assert_fails("hasher/gives-numbers", "shapes", "'bits of query' is [24, 8] float32 on cpu; bool [n, k], k from 1 to 4096, was promised", ".to(at::kBool)")

    def test_codes_without_bits(self):
        self.assert_fails("hasher/gives-no-bits", "shapes", "'bits of query' is [24, 0] bool on cpu; bool [n, k], k from 1 to 4096, was promised",
                          "one row for each row")

    def test_samples_of_another_size_than_the_images(self):
        self.assert_fails("generator/too-small", "shapes", "'samples of seed 1' is [12, 1, 14, 28] float32 on cpu; float32 [n, 1, 28, 28] was promised",
                          "one row for each row")

    def test_samples_outside_their_range(self):
        self.assert_fails("generator/too-bright", "shapes", "its samples go from 3 to 3", "[-1, 1]")

    def test_rows_that_depend_on_their_batch(self):
        self.assert_fails("hasher/mixes-rows", "rows", "differs between one batch and batches of 7", "what fit() learned")

    def test_random_numbers_of_its_own(self):
        self.assert_fails("hasher/own-random", "seed", "with the same seed 'bits of query' differs in", "Context")

    def test_a_state_that_leaves_something_out(self):
        self.assert_fails("hasher/forgets", "state", "its state can't be restored and used", "visit everything in state()")

    def test_an_epoch_whose_average_is_not_saved(self):
        self.assert_fails("network/forgets-an-average", "resume", "stopped after its first epoch and resumed, 'planes' differs in", "averages")

    def test_output_of_its_own(self):
        self.assert_fails("hasher/prints", "silence", "it wrote 'fitting ...'", "run.progress()")

    def test_a_result_that_changes_when_it_is_asked_for_again(self):
        status, found = failures("hasher/counts")
        self.assertEqual(status, 1)
        self.assertIn("asked twice, 'bits of query' differs in", found["purity"][0])
        self.assertIn("mutable", found["purity"][1])

    def assert_ends_all_that_learn(self, component, reason, remedy, *options):
        status, found = failures(component, *options)
        self.assertEqual((status, sorted(found)), (1, ["purity", "resume", "rows", "seed", "shapes", "state"]), found)
        for told in found.values():
            self.assertIn(reason, told[0])
            self.assertIn(remedy, told[1])

    def test_an_exit(self):
        self.assert_ends_all_that_learn("hasher/exits", "it called exit(0)", "never ends the program")

    def test_a_crash(self):
        self.assert_ends_all_that_learn("hasher/crashes", "it crashed (Segmentation fault)", "-fsanitize=address")

    def test_a_loop_without_an_end(self):
        self.assert_ends_all_that_learn("hasher/loops", "it took longer than 1 s", "a loop that does not end", "--limit", "1")

    def test_an_exception(self):
        self.assert_ends_all_that_learn("hasher/throws", "it threw: no fit is good enough", "see what it threw")

    def test_a_parameter_that_the_schema_does_not_have(self):
        status, found = failures("hasher/reads-unknown")
        self.assertEqual(status, 1)
        self.assertIn("the schema has no parameter 'width'", found["parameters"][0])


if __name__ == "__main__":
    unittest.main()
