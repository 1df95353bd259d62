"""`hashloom graph`: a workflow drawn as text, DOT and SVG."""
import shutil
import unittest
import xml.etree.ElementTree as ET

from program import SMALL, ProgramTest

SVG = "{http://www.w3.org/2000/svg}"


class Graph(ProgramTest):
    def test_is_text_on_the_terminal(self):
        done = self.hashloom("graph", self.write(SMALL))
        self.assertEqual((done.status, done.stderr), (0, ""), done)
        self.assertIn("start      hasher/lsh            features: pixel.features\n", done.stdout)
        self.assertIn("│ network  network/slow          codes: learn.codes, ", done.stdout)

    def test_is_written_to_a_file(self):
        done = self.hashloom("graph", self.write(SMALL), "--format", "dot", "-o", "small.dot")
        self.assertEqual((done.status, done.stdout), (0, ""), done)
        self.assertTrue((self.folder / "small.dot").read_text().startswith("digraph workflow {\n"))

    def test_shows_each_stage_in_a_picture(self):
        if not shutil.which("dot"):
            self.skipTest("Graphviz's dot is not installed; setup.sh --tests gets it")
        done = self.hashloom("graph", self.write(SMALL), "--format", "svg")
        self.assertEqual((done.status, done.stderr), (0, ""), done)
        texts = {text.text for text in ET.fromstring(done.stdout).iter(SVG + "text")}
        self.assertLessEqual({"data", "pixel", "start", "network", "near", "score", "hasher/lsh"}, texts)

    def test_says_what_is_missing_where_graphviz_is_not(self):
        environment = {**self.environment(), "PATH": str(self.folder)}
        self.environment = lambda: environment
        done = self.hashloom("graph", self.write(SMALL), "--format", "svg")
        self.assert_tells(done, 2, "Graphviz's program 'dot', which is not installed", "apt-get install graphviz")

    def test_tells_the_mistakes_of_a_workflow(self):
        self.assert_tells(self.hashloom("graph", self.write(SMALL.replace("bits: 16", "bits: 0"))), 2, "0 is below 1")

    def test_refuses_another_format(self):
        self.assert_tells(self.hashloom("graph", self.write(SMALL), "--format", "png"), 2, "text, dot or svg, not 'png'")

    def test_says_where_it_can_not_write(self):
        done = self.hashloom("graph", self.write(SMALL), "-o", "/proc/graph.txt")
        self.assert_tells(done, 2, "'/proc/graph.txt' can't be written", "name another file")


if __name__ == "__main__":
    unittest.main()
