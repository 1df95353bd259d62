"""hashloom encode: the run's own images give the run's codes, pictures are fitted, and all that is wrong is told at once."""
import json
import shutil
import unittest
from pathlib import Path

from finished_run import FinishedRunTest
from pictures import png, read_npy, small_image
from program import SMALL, TEST_PLUGINS, last_codes


class EncodeTest(FinishedRunTest):
    """A finished run of SMALL, and its first six images as files."""

    workflow = SMALL

    def setUp(self):
        super().setUp()
        self.pictures = self.folder / "pictures"
        self.pictures.mkdir()
        for item in range(6):
            (self.pictures / f"{item}.png").write_bytes(png(small_image(item)))

    def codes_of_run(self, split="train"):
        return read_npy(self.run_path / "blobs" / last_codes(self.run_path, split))

    def encode(self, *arguments):
        return self.hashloom("encode", *arguments)


class Codes(EncodeTest):
    def test_are_those_of_the_run_for_all_of_its_images(self):
        for item in range(200):
            (self.pictures / f"{item:03}.png").write_bytes(png(small_image(item)))
        for item in range(6):
            (self.pictures / f"{item}.png").unlink()
        done = self.encode(self.run_name, "pictures", "-o", "codes.npy")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(done.stdout, "codes.npy: uint64 [200, 1], 16 bits a code\ncodes.json: their pictures\n")
        self.assertEqual(read_npy(self.folder / "codes.npy"), self.codes_of_run())
        self.assertEqual(json.loads((self.folder / "codes.json").read_text()),
                         {"run": "small", "bits": 16, "pictures": [f"pictures/{item:03}.png" for item in range(200)]})

    def test_are_the_same_from_a_portable_file_without_the_run(self):
        self.assertEqual(self.hashloom("export", self.run_name, "model.hloom").status, 0)
        expected = self.codes_of_run()[2][:6 * 8]
        shutil.rmtree(self.run_path)
        self.assertEqual(self.encode("model.hloom", "pictures", "-o", "codes.npy").status, 0)
        self.assertEqual(read_npy(self.folder / "codes.npy")[2], expected)

    def test_are_printed_as_digits_bit_0_first(self):
        done = self.encode(self.run_name, "pictures/3.png", "--format", "json")
        word = int.from_bytes(self.codes_of_run()[2][3 * 8:4 * 8], "little")
        self.assertEqual(json.loads(done.stdout), {"run": "small", "bits": 16, "pictures": [
            {"picture": "pictures/3.png", "code": "".join(str(word >> bit & 1) for bit in range(16))}]})

    def test_of_a_colour_picture_with_equal_channels_are_those_of_the_grey_one(self):
        grey = small_image(4)
        (self.folder / "colour.png").write_bytes(png([bytes(value for value in row for _ in range(3)) for row in grey], 3))
        done = json.loads(self.encode(self.run_name, "pictures/4.png", "colour.png", "--format", "json").stdout)
        self.assertEqual(done["pictures"][0]["code"], done["pictures"][1]["code"])

    def test_of_a_picture_of_another_size_are_given(self):
        (self.folder / "large.png").write_bytes(png([bytes(range(200))] * 90))
        self.assertEqual(self.encode(self.run_name, "large.png", "-o", "codes.npy").status, 0)
        self.assertEqual(read_npy(self.folder / "codes.npy")[:2], ("<u8", (1, 1)))


class Mistakes(EncodeTest):
    def test_in_pictures_are_told_at_once_and_nothing_is_written(self):
        (self.folder / "torn.png").write_bytes(png(small_image(0))[:-30])
        self.write("not a picture", "text.png")
        (self.folder / "nothing").mkdir()
        done = self.encode(self.run_name, "torn.png", "text.png", "nothing", "missing.png", "pictures/0.png", "-o", "codes.npy")
        self.assert_tells(done, 2, "error: torn.png: libpng: ", "error: text.png: it is neither PNG nor JPEG",
                          "error: nothing: no pictures are in this folder", "error: missing.png: it can't be read",
                          "4 errors; nothing was written.")
        self.assertFalse((self.folder / "codes.npy").exists())

    def test_a_missing_plugin_and_a_bad_picture_are_told_at_once(self):
        self.write("", "text.png")
        done = self.hashloom_without_plugins("encode", self.run_name, "text.png", "-o", "codes.npy")
        self.assert_tells(done, 2, "error: stage 'network': no plugin has a component 'network/slow'", "--plugins DIR",
                          "error: text.png: it is empty", "2 errors; nothing was written.")

    def hashloom_without_plugins(self, *arguments):
        everything = self.environment
        self.environment = lambda: {**everything(), "HASHLOOM_PLUGINS": ""}
        return self.hashloom(*arguments)

    def test_a_rebuilt_plugin_is_a_warning(self):
        rebuilt = Path(TEST_PLUGINS).parent / "rebuilt-plugins"
        done = self.encode(self.run_name, "pictures/0.png", "-o", "codes.npy", "--plugins", str(rebuilt))
        self.assert_tells(done, 0, "warning: plugin 'small' 1.0.0 was rebuilt since the run: codes may differ")

    def test_a_run_that_is_not_finished_or_none_at_all(self):
        shutil.rmtree(self.run_path / "encoder")
        self.assert_tells(self.encode(self.run_name, "pictures", "-o", "codes.npy"), 2, "the run has no encoder yet",
                          f"hashloom resume {self.run_name}")
        self.assert_tells(self.encode("nowhere", "pictures", "-o", "codes.npy"), 2, "there is no 'nowhere'")
        self.assert_tells(self.encode("pictures", "pictures", "-o", "codes.npy"), 2, "pictures: it is no run's folder")

    def test_a_file_of_the_encoder_that_is_gone(self):
        for file in (self.run_path / "encoder").glob("*.safetensors"):
            file.unlink()
        for command in (["encode", self.run_name, "pictures", "-o", "codes.npy"], ["export", self.run_name, "model.hloom"]):
            self.assert_tells(self.hashloom(*command), 2, "a file of its encoder can't be read", "run it anew")

    def test_a_torn_model(self):
        self.hashloom("export", self.run_name, "model.hloom")
        file = self.folder / "model.hloom"
        file.write_bytes(file.read_bytes()[:-9])
        self.assert_tells(self.encode("model.hloom", "pictures", "-o", "codes.npy"), 2, "model.hloom: not a whole tensor file",
                          "hashloom export RUN model.hloom")

    def test_in_the_command_line(self):
        self.assert_tells(self.encode(self.run_name), 2, "hashloom encode RUN images/ -o codes.npy")
        self.assert_tells(self.encode(self.run_name, "pictures"), 2, "-o codes.npy")
        self.assert_tells(self.encode(self.run_name, "pictures", "-o", "codes.txt"), 2, "'codes.txt' does not end in .npy")
        self.assert_tells(self.encode(self.run_name, "pictures", "--format", "csv"), 2, "--format is npy or json, not 'csv'")
        self.assert_tells(self.encode(self.run_name, "pictures", "-o", "/proc/codes.npy"), 2, "'/proc/codes.npy' can't be written: ", "-o FILE.npy")


if __name__ == "__main__":
    unittest.main()
