"""`hashloom plugins new`: the project builds, tests and loads at once (what each role begins with: tests/templates)."""
import unittest

from installed import InstalledTest, run, run_well

ROLES = ("dataset", "feature", "hasher", "generator", "network", "evaluator")


class NewPlugin(InstalledTest):
    def test_is_built_tested_and_run_at_once(self):
        project = self.new_project("hasher/my-thing")
        print(f"from new to a green test in {self.build_and_test(project):.1f} s")
        self.assertIn("runs/my-thing-", self.run_workflow(project))

    def test_of_the_smallest_hasher_is_25_lines_or_fewer(self):
        source = (self.new_project("hasher/my-thing") / "my_thing.cpp").read_text()
        self.assertLessEqual(len(source.splitlines()), 25)

    def test_is_made_whole_for_each_role(self):
        for role in ROLES:
            with self.subTest(role):
                project = self.folder / role
                run_well(self.program, "plugins", "new", f"{role}/my-thing", project)
                self.assertEqual(sorted(file.name for file in project.iterdir()),
                                 [".clang-format", ".gitignore", "CMakeLists.txt", "README.md", "my-thing.yaml", "my_thing.cpp"])
                for file in project.iterdir():
                    self.assertNotRegex(file.read_text(), "@[A-Z]+@")

    def assert_refused(self, *texts, component="hasher/my-thing", folder="my-thing", status=2):
        done = run(self.program, "plugins", "new", component, folder, cwd=self.folder)
        self.assertEqual(done.returncode, status, done.stderr)
        for text in texts:
            self.assertIn(text, done.stderr)

    def test_leaves_a_folder_that_has_something_in_it(self):
        (self.folder / "my-thing").mkdir()
        (self.folder / "my-thing/mine.txt").write_text("mine")
        self.assert_refused("'my-thing' is not empty", "name a folder that does not exist yet")
        self.assertEqual([file.name for file in (self.folder / "my-thing").iterdir()], ["mine.txt"])

    def test_takes_an_empty_folder(self):
        (self.folder / "my-thing").mkdir()
        before = (self.folder / "my-thing").stat().st_ino
        run_well(self.program, "plugins", "new", "hasher/my-thing", ".", cwd=self.folder / "my-thing")
        self.assertTrue((self.folder / "my-thing/my_thing.cpp").exists())
        self.assertEqual((self.folder / "my-thing").stat().st_ino, before)

    def test_refuses_names_that_no_workflow_could_use(self):
        for component in ("my-thing", "hasher/MyThing", "hasher/my_thing", "hasher/../x", "hasher/", "hasher/" + "x" * 80):
            with self.subTest(component):
                self.assert_refused("is no component's id", "such as hasher/my-thing", component=component)
        self.assert_refused("there is no role 'hash'", "roles are: dataset, feature, hasher", component="hash/my-thing")

    def test_says_where_it_can_not_write(self):
        self.assert_refused("'/proc/my-thing' can't be made", folder="/proc/my-thing", status=1)


if __name__ == "__main__":
    unittest.main()
