"""The JSON Schema that `hashloom schema` writes: what it takes and refuses, as an editor would with it."""
import json
import re
import unittest
from pathlib import Path

import jsonschema
import yaml

from program import SMALL, ProgramTest

REPOSITORY = Path(__file__).resolve().parents[2]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's numbers, as Hashloom and editors read them: 1e-4 is a number, yes is a text."""


CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":float", ":bool", ":int"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), "tf")
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), "-+0123456789")
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:float",
                                 re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), "-+.0123456789")


def document(text):
    """As JSON: keys are texts."""
    return json.loads(json.dumps(yaml.load(text, CoreLoader)))


class SchemaTest(ProgramTest):
    def setUp(self):
        super().setUp()
        done = self.hashloom("schema")
        self.assertEqual((done.status, done.stderr), (0, ""), done)
        self.schema = json.loads(done.stdout)
        self.validator = jsonschema.Draft7Validator(self.schema)

    def mistakes(self, text):
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in self.validator.iter_errors(document(text))]

    def assert_refused(self, old, new):
        self.assertEqual(SMALL.count(old), 1, old)
        text = SMALL.replace(old, new)
        self.assertNotEqual(self.mistakes(text), [], new)
        self.assertEqual(self.hashloom("check", self.write(text)).status, 2, "the program takes it")

    def assert_taken(self, text):
        self.assertEqual(self.mistakes(text), [])
        done = self.hashloom("check", self.write(text))
        self.assertEqual(done.status, 0, done)


class Schema(SchemaTest):
    def test_is_draft_7(self):
        jsonschema.Draft7Validator.check_schema(self.schema)

    def test_takes_every_workflow_that_ships_or_is_tested(self):
        files = sorted([*REPOSITORY.glob("workflows/**/*.yaml"), *REPOSITORY.glob("tests/workflow/**/*.yaml")])
        self.assertGreater(len(files), 10)
        for file in files:
            with self.subTest(file.relative_to(REPOSITORY)):
                self.assertEqual(self.mistakes(file.read_text(encoding="utf-8")), [])

    def test_the_program_takes_every_workflow_that_ships(self):
        files = sorted([*REPOSITORY.glob("workflows/*.yaml"), *REPOSITORY.glob("workflows/paper/*.yaml")])
        self.assertGreater(len(files), 5)
        for file in files:
            with self.subTest(file.relative_to(REPOSITORY)):
                self.assertEqual(self.hashloom("check", file).status, 0)

    def test_is_written_to_a_file(self):
        self.hashloom("schema", "-o", "schema.json")
        self.assertEqual(json.loads((self.folder / "schema.json").read_text()), self.schema)

    def test_describes_parameters_as_the_plugins_do(self):
        rules = {rule["if"]["properties"]["uses"]["const"]: rule["then"] for rule in self.schema["definitions"]["stage"]["allOf"]}
        bits = rules["hasher/lsh"]["properties"]["with"]["properties"]["bits"]
        self.assertEqual((bits["default"], bits["description"]), (32, "code length"))
        self.assertEqual(bits["anyOf"][0], {"type": "integer", "minimum": 1, "maximum": 4096})


class Takes(SchemaTest):
    def test_vars_in_uses_and_parameters(self):
        self.assert_taken(SMALL.replace("bits: 16", 'bits: "${rounds}"').replace("vars: {", "vars: {kind: lsh, ")
                          .replace("hasher/lsh", '"hasher/${kind}"'))

    def test_declared_vars_profiles_and_a_matrix(self):
        self.assert_taken(SMALL.replace("rounds: 2,", "rounds: {value: 2, type: integer, between: [1, 9], help: passes},") +
                          "profiles: {more: {rounds: 4}}\nmatrix: {rounds: [1, 2], seed: [1, 2], exclude: [{rounds: 1, seed: 2}]}\n")

    def test_overrides_from_a_round_on(self):
        self.assert_taken(SMALL.replace('epochs: "${epochs}"', "epochs: 2, rounds: {2: {epochs: 1}}"))

    def test_overrides_of_an_observer(self):
        self.assert_taken(SMALL.replace("labels: data.labels}}", "labels: data.labels}, with: {rounds: {2: {r: 10}}}}"))

    def test_a_sub_workflow(self):
        self.write("inputs: {images: images}\nstages: {pixel: {uses: feature/pixel, in: {images: inputs.images}}}\n", "sub.yaml")
        self.assert_taken(SMALL.replace("  start:", "  sub: {uses: ./sub.yaml, in: {images: data.images}}\n  start:"))


class Refuses(SchemaTest):
    def test_key_misspelt(self):
        self.assert_refused("seed: 1", "sed: 1")

    def test_component_misspelt(self):
        self.assert_refused("hasher/lsh", "hasher/lhs")

    def test_parameter_misspelt(self):
        self.assert_refused("bits: 16", "bit: 16")

    def test_parameter_out_of_bounds(self):
        self.assert_refused("bits: 16", "bits: 0")

    def test_parameter_of_another_type(self):
        self.assert_refused("bits: 16", "bits: sixteen")

    def test_input_misspelt(self):
        self.assert_refused("features: pixel", "feature: pixel")

    def test_input_missing(self):
        self.assert_refused(", in: {features: pixel.features}", "")

    def test_stage_without_a_component(self):
        self.assert_refused("uses: hasher/lsh, ", "")

    def test_seed_below_zero(self):
        self.assert_refused("seed: 1", "seed: -1")

    def test_loop_without_next(self):
        self.assert_refused("      next: {codes: network.codes}\n", "")

    def test_what_trains_among_observers(self):
        self.assert_refused("score: {uses: evaluator/retrieval, in: {codes: learn.codes, labels: data.labels}}",
                            "score: {uses: feature/pixel, in: {images: data.images}}")

    def test_evaluator_among_what_trains(self):
        self.assert_refused("    stages:\n      near:", "    stages:\n      e: {uses: evaluator/retrieval, in: {codes: learn.codes, labels: data.labels}}\n      near:")

    def test_name_of_a_stage_that_is_none(self):
        self.assert_refused("  start: {uses", "  2start: {uses")

    def test_var_with_the_name_of_a_setting(self):
        self.assert_refused("vars: {", "vars: {seed: 1, ")

    def test_axis_without_values(self):
        self.assert_refused("name: small\n", "name: small\nmatrix: {rounds: []}\n")


if __name__ == "__main__":
    unittest.main()
