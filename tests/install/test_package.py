"""The Debian package that CPack makes, unpacked."""
import unittest

from installed import BUILD, InstalledTest, run_well


class Package(InstalledTest):
    @classmethod
    def put(cls, scratch):
        run_well("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", scratch / "made")
        (cls.package,) = (scratch / "made").glob("hashloom_*.deb")
        run_well("dpkg-deb", "-x", cls.package, scratch / "unpacked")
        return scratch / "unpacked/usr"

    def test_depends_on_the_packages_of_the_libraries_that_it_links(self):
        depends = run_well("dpkg-deb", "-f", self.package, "Depends").stdout
        for package in ("libc6", "libyaml-cpp", "libboost-program-options", "libpng"):
            self.assertIn(package, depends)

    def test_has_a_program_that_lists_its_plugins(self):
        self.assertRegex(run_well(self.program, "plugins", "list").stdout, r"hasher/lsh +1\.0\.0")

    def test_has_the_sdk(self):
        self.assertTrue((self.root / "lib/cmake/HashloomSDK/HashloomSDKConfig.cmake").exists())
        self.assertTrue((self.root / "include/hashloom/plugin.hpp").exists())

    def test_has_all_that_a_new_plugin_is_built_and_tested_with(self):
        project = self.new_project("hasher/my-thing")
        self.build_and_test(project)
        cache = (project / "build/CMakeCache.txt").read_text()
        self.assertIn(f"HashloomSDK_DIR:PATH={self.root}/lib/cmake/HashloomSDK\n", cache)
        self.assertIn("runs/my-thing-", self.run_workflow(project))


if __name__ == "__main__":
    unittest.main()
