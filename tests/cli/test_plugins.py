"""`hashloom plugins list | inspect | doctor`: what is there, in which state, and what is wrong with it."""
import json
import os
import shutil
import unittest
from pathlib import Path

from program import PROGRAM, TEST_PLUGINS, ProgramTest

OWN_PLUGINS = Path(PROGRAM).parents[1] / "lib/hashloom/plugins"


class PluginsTest(ProgramTest):
    """Plugins of a folder of the test's own, and those beside the program."""

    def environment(self):
        return super().environment() | {"HASHLOOM_PLUGINS": ""}

    def setUp(self):
        super().setUp()
        self.plugins = self.folder / "plugins"
        self.plugins.mkdir()

    def put(self, name, folder=None, **changes):
        """Copies a plugin of tests/plugins or of the program; `changes` are to its manifest."""
        folders = (Path(TEST_PLUGINS), Path(TEST_PLUGINS).parent / "fatal-plugins", OWN_PLUGINS)
        source = next(folder for folder in folders if (folder / f"{name}.json").exists())
        folder = folder or self.plugins
        manifest = json.loads((source / f"{name}.json").read_text()) | changes
        (folder / f"{name}.json").write_text(json.dumps(manifest))
        shutil.copy(source / f"{name}.so", folder)

    def plugins_as_json(self, *arguments, status=0):
        done = self.hashloom("plugins", *arguments, "--plugins", "plugins", "--format", "json")
        self.assertEqual(done.status, status, done)
        return json.loads(done.stdout)

    def line_of(self, component, status=0):
        (line,) = [line for line in self.plugins_as_json("list", status=status) if line["component"] == component]
        return line

    def diagnosis_of(self, name):
        """What the doctor finds of one plugin of the folder."""
        for plugin in json.loads(self.hashloom("plugins", "doctor", "--plugins", "plugins", "--format", "json").stdout):
            if Path(plugin["file"]).stem == name and Path(plugin["file"]).parent == self.plugins:
                return plugin
        return None


class List(PluginsTest):
    def test_tells_path_version_load_time_and_state(self):
        line = self.line_of("hasher/lsh")
        self.assertEqual((line["state"], line["version"], line["library"]), ("loaded", "1.0.0", f"{OWN_PLUGINS}/lsh.so"))
        self.assertGreater(line["load_milliseconds"], 0)
        self.assertIsNone(line["reason"])

    def test_shows_it_as_a_table(self):
        done = self.hashloom("plugins")
        self.assertEqual(done.status, 0, done)
        self.assertIn(f"{OWN_PLUGINS}\ncomponent", done.stdout)
        self.assertRegex(done.stdout, r"hasher/lsh +1\.0\.0 +loaded +[\d.]+ +lsh\.so +Locality-sensitive hashing")

    def test_tells_why_a_plugin_failed_and_what_to_do(self):
        self.put("no_entry")
        line = self.line_of("hasher/no-entry", status=1)
        self.assertEqual((line["state"], line["version"]), ("failed", None))
        self.assertIn("has no entry", line["reason"])
        self.assertIn("HASHLOOM_PLUGIN", line["remedy"])

    def test_goes_on_after_a_plugin_that_crashes_or_exits_when_opened(self):
        for name, what in {"crashes_when_opened": "crashed (Segmentation fault)", "exits_when_opened": "called exit(3)"}.items():
            self.put(name)
            self.assertIn(f"{what} when it was opened", self.line_of("hasher/" + name.replace("_", "-"), status=1)["reason"])
        self.assertEqual(self.line_of("hasher/lsh", status=1)["state"], "loaded")

    def test_goes_on_after_a_plugin_that_loops_for_ever_when_opened(self):
        self.put("loops_when_opened")
        done = self.hashloom("plugins", "--plugins", "plugins", "--limit", "2")
        self.assertEqual(done.status, 1, done)
        self.assertIn("took longer than 2 s when it was opened\n  mend what its source does when the library is loaded", done.stdout)
        self.assertRegex(done.stdout, r"hasher/lsh +1\.0\.0 +loaded")

    def test_refuses_a_limit_that_is_none(self):
        self.assert_tells(self.hashloom("plugins", "--limit", "0"), 2, "--limit is a number of seconds, from 1 on")

    def test_takes_a_folder_that_is_named_twice_once(self):
        done = self.hashloom("plugins", "doctor", "--plugins", TEST_PLUGINS + "/.", "--plugins", TEST_PLUGINS)
        self.assertNotIn("comes first", done.stdout + done.stderr)

    def test_tells_which_of_two_is_not_loaded(self):
        self.put("lsh")
        lines = [line for line in self.plugins_as_json("list") if line["component"] == "hasher/lsh"]
        self.assertEqual([line["state"] for line in lines], ["loaded", "not loaded"])
        self.assertIn(f"is hidden by {self.plugins}/lsh.so", lines[1]["reason"])


class Inspect(PluginsTest):
    def test_tells_parameters_ports_library_build_and_versions(self):
        (lsh,) = self.plugins_as_json("inspect", "hasher/lsh")
        (bits,) = lsh["parameters"]
        self.assertEqual((bits["name"], bits["type"], bits["default"], bits["minimum"], bits["maximum"], bits["tunable"]),
                         ("bits", "integer", 32, 1, 4096, False))
        self.assertEqual(bits["help"], "code length")
        self.assertEqual([port["type"] for port in lsh["inputs"] + lsh["outputs"]], ["features", "codes"])
        self.assertEqual(len(lsh["build_id"]), 64)
        self.assertEqual(lsh["sdk_abi"], 1)
        self.assertRegex(lsh["libtorch"], r"^\d+\.\d+\.\d+$")

    def test_shows_which_parameters_can_be_tuned(self):
        done = self.hashloom("plugins", "inspect", "network/pgh")
        self.assertEqual(done.status, 0, done)
        self.assertRegex(done.stdout, r"learning_rate +number +\S+ +\S+ to \S+ +- +yes ")

    def test_refuses_one_that_failed_with_the_reason(self):
        self.put("no_entry")
        done = self.hashloom("plugins", "inspect", "hasher/no-entry", "--plugins", "plugins")
        self.assert_tells(done, 2, "has no entry", "HASHLOOM_PLUGIN")


class Doctor(PluginsTest):
    def assert_finds(self, name, reason, remedy):
        problems = self.diagnosis_of(name)["problems"]
        self.assertTrue(any(reason in one["reason"] and remedy in one["remedy"] for one in problems), problems)

    def test_finds_nothing_wrong_with_the_programs_own_plugins(self):
        done = self.hashloom("plugins", "doctor")
        self.assertEqual(done.status, 0, done)
        self.assertIn("nothing is wrong", done.stdout)

    def test_prints_reasons_and_remedies(self):
        self.put("no_entry")
        done = self.hashloom("plugins", "doctor", "--plugins", "plugins")
        self.assertEqual(done.status, 1, done)
        self.assertIn(f"wrong  {self.plugins}/no_entry.so\n", done.stdout)
        self.assertIn("end its source with HASHLOOM_PLUGIN(...)", done.stdout)
        self.assertIn("1 of them wrong", done.stdout)

    def test_finds_a_component_that_the_manifest_leaves_out(self):
        self.put("small", components=["dataset/small"])
        self.assert_finds("small", "the library has network/slow, which its manifest does not name", "COMPONENTS")

    def test_finds_a_manifest_of_another_name(self):
        self.put("small", plugin="large")
        self.assert_finds("small", "the library calls itself 'small', its manifest 'large'", "hashloom_add_plugin()")

    def test_finds_two_plugins_of_one_id(self):
        self.put("lsh")
        done = self.hashloom("plugins", "doctor", "--plugins", "plugins")
        self.assertEqual(done.status, 1, done)
        self.assertIn(f"hasher/lsh is also in {self.plugins}/lsh.so, which comes first", done.stdout)

    def test_finds_a_folder_that_every_user_may_write(self):
        self.put("small")
        self.plugins.chmod(0o777)
        self.assert_finds("small", f"{self.plugins} is writable by every user", "chmod o-w")

    def test_tells_a_folder_that_is_not_there(self):
        self.assertIn("nowhere: no such folder", self.hashloom("plugins", "doctor", "--plugins", "nowhere").stdout)


class WritablePlugins(PluginsTest):
    """What every user of the machine may change is opened only where the user says so."""

    def refused(self, *arguments, **options):
        return self.hashloom("plugins", "inspect", "dataset/small", "--plugins", "plugins", *arguments, **options)

    def test_are_refused_in_a_writable_folder(self):
        self.put("small")
        for mode in (0o777, 0o1777):
            self.plugins.chmod(mode)
            self.assert_tells(self.refused(), 2, f"{self.plugins} is writable by every user", f"chmod o-w '{self.plugins}'",
                              "--allow-writable-plugins")

    def test_are_refused_where_the_library_is_writable(self):
        self.put("small")
        (self.plugins / "small.so").chmod(0o757)
        self.assert_tells(self.refused(), 2, f"{self.plugins}/small.so is writable by every user")

    def test_are_refused_to_a_workflow_that_names_one(self):
        self.put("small")
        self.plugins.chmod(0o777)
        file = self.write("name: x\nstages:\n  data: {uses: dataset/small}\n")
        self.assert_tells(self.hashloom("check", file, "--plugins", "plugins"), 2, "workflow.yaml:3:16: error: stage 'data'",
                          "is writable by every user")

    def test_are_taken_where_only_their_group_may_change_them(self):
        """As folders are where each user has a group of their own."""
        self.put("small")
        self.plugins.chmod(0o775)
        self.assertEqual(self.refused().status, 0)

    def test_are_taken_where_the_user_says_so(self):
        self.put("small")
        self.plugins.chmod(0o777)
        self.assertEqual(self.refused("--allow-writable-plugins").status, 0)
        os.environ["HASHLOOM_ALLOW_WRITABLE_PLUGINS"] = "1"
        self.addCleanup(os.environ.pop, "HASHLOOM_ALLOW_WRITABLE_PLUGINS")
        self.assertEqual(self.refused().status, 0)


class LyingManifest(PluginsTest):
    def refusal(self, **changes):
        self.put("small", **changes)
        return self.hashloom("plugins", "doctor", "--plugins", "plugins").stdout

    def test_that_names_a_component_which_the_library_lacks(self):
        self.assertIn("has no component 'hasher/none', which its manifest names", self.refusal(components=["hasher/none"]))

    def test_that_names_a_component_which_the_library_lacks_is_told_where_a_workflow_names_it(self):
        self.put("small", components=["dataset/small", "hasher/none"])
        file = self.write("stages:\n  data: {uses: dataset/mnist}\n  pixel: {uses: feature/pixel, in: {images: data.images}}\n"
                          "  codes: {uses: hasher/none, in: {features: pixel.features}}\n")
        self.assert_tells(self.hashloom("check", file, "--plugins", "plugins"), 2, "workflow.yaml:4:17: error: stage 'codes'",
                          "has no component 'hasher/none', which its manifest names", "COMPONENTS")

    def test_that_names_a_library_of_another_folder(self):
        self.assertIn("its library '../small.so' is no name of a library beside it", self.refusal(library="../small.so"))
        self.assertIn("is no name of a library beside it", self.refusal(library=f"{TEST_PLUGINS}/small.so"))

    def test_whose_library_is_a_link_to_another_folder(self):
        self.put("small")
        (self.plugins / "small.so").unlink()
        (self.plugins / "small.so").symlink_to(f"{TEST_PLUGINS}/small.so")
        done = self.hashloom("plugins", "doctor", "--plugins", "plugins")
        self.assertIn("its library 'small.so' leads to another folder", done.stdout)

    def test_of_another_abi_or_libtorch(self):
        self.assertIn("was built for SDK ABI 7, this program has 1", self.refusal(sdk_abi=7))
        self.assertIn("was built with LibTorch 1.0.0", self.refusal(libtorch="1.0.0"))

    def test_of_wrong_types_and_absurd_sizes(self):
        for changes, reason in (({"sdk_abi": 1e300}, "its sdk_abi is no whole number"),
                                ({"components": []}, "it names no component"),
                                ({"components": [f"hasher/x{i}" for i in range(2000)]}, "it names 2000 components"),
                                ({"components": ["hasher/" + "x" * 5000]}, "is not role/kebab-name"),
                                ({"components": ["../../x"]}, "'../../x' is not role/kebab-name"),
                                ({"plugin": 7}, "type must be string"),
                                ({"plugin": "x" * (1 << 21)}, "it has more than 1048576 bytes")):
            with self.subTest(reason):
                self.assertIn(reason, self.refusal(**changes))

    def test_that_is_no_json_or_no_file(self):
        for text in ("{", "[1]", "", "\0\0", "[" * 100000):
            self.write(text, "plugins/bad.json")
            self.assertIn("bad.json: not a plugin's manifest", self.hashloom("plugins", "doctor", "--plugins", "plugins").stdout)
        (self.plugins / "bad.json").unlink()
        os.mkfifo(self.plugins / "bad.json")
        self.assertIn("bad.json: not a plugin's manifest: it is no file",
                      self.hashloom("plugins", "doctor", "--plugins", "plugins").stdout)

    def test_does_not_hinder_the_others(self):
        self.write("{", "plugins/bad.json")
        self.assertEqual(self.line_of("hasher/lsh", status=1)["state"], "loaded")


if __name__ == "__main__":
    unittest.main()
