"""Data files that are missing or damaged, as a run tells them."""
import gzip
import json
import struct
import unittest

from program import ProgramTest, read_events

WORKFLOW = """\
name: bad data
stages:
  data: {uses: dataset/mnist, with: {dir: data, queries_per_class: 1}}
  pixel: {uses: feature/pixel, in: {images: data.images}}
  codes: {uses: hasher/lsh, in: {features: pixel.features}, with: {bits: 8}}
  score: {uses: evaluator/retrieval, in: {codes: codes.codes, labels: data.labels}}
"""
TRAIN_IMAGES, TRAIN_LABELS = "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"
ITEMS, SIZE = 20, 8


def images(count=ITEMS, size=SIZE):
    pixels = bytes((i * 7919) % 251 for i in range(count * size * size))
    return struct.pack(">IIII", 0x803, count, size, size) + pixels


def labels(count=ITEMS):
    return struct.pack(">II", 0x801, count) + bytes(i % 10 for i in range(count))


class BadData(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "data").mkdir()
        for part in ["train", "t10k"]:
            self.put(f"{part}-images-idx3-ubyte.gz", gzip.compress(images()))
            self.put(f"{part}-labels-idx1-ubyte.gz", gzip.compress(labels()))

    def put(self, name, content):
        (self.folder / "data" / name).write_bytes(content)

    def run_it(self, *arguments):
        return self.hashloom("run", self.write(WORKFLOW), *arguments)

    def assert_told(self, *texts):
        done = self.run_it()
        self.assert_tells(done, 2, "error: stage 'data' (dataset/mnist 1.0.0): ", *texts, "hashloom fetch mnist")

    def test_is_none_where_the_files_are_whole(self):
        self.assertEqual(self.run_it().status, 0)

    def test_file_missing(self):
        (self.folder / "data" / TRAIN_LABELS).unlink()
        self.assert_told(f"data/{TRAIN_LABELS} is missing, and so is train-labels-idx1-ubyte")

    def test_folder_missing(self):
        done = self.run_it("--set", "data.dir=nowhere")
        self.assert_tells(done, 2, f"nowhere/{TRAIN_IMAGES} is missing", "hashloom fetch mnist")

    def test_truncated_in_its_gzip_stream(self):
        self.put(TRAIN_IMAGES, gzip.compress(images())[:-30])
        self.assert_told(f"data/{TRAIN_IMAGES} is truncated")

    def test_truncated_before_it_was_packed(self):
        self.put(TRAIN_IMAGES, gzip.compress(images()[:-10]))
        self.assert_told(f"data/{TRAIN_IMAGES} is truncated: it holds 1270 of 1280 bytes")

    def test_empty(self):
        self.put(TRAIN_IMAGES, b"")
        self.assert_told(f"data/{TRAIN_IMAGES} ")

    def test_not_gzip(self):
        self.put(TRAIN_IMAGES, b"<html>not found</html>")
        self.assert_told(f"data/{TRAIN_IMAGES} is named .gz but is not gzip")

    def test_damaged(self):
        packed = bytearray(gzip.compress(images()))
        packed[len(packed) // 2] ^= 0xFF
        self.put(TRAIN_IMAGES, bytes(packed))
        self.assert_told(f"data/{TRAIN_IMAGES} is ")

    def test_of_another_magic(self):
        self.put(TRAIN_IMAGES, gzip.compress(labels()))
        self.assert_told(f"data/{TRAIN_IMAGES} is not an IDX file of bytes in 3 dimensions", "0x00000801, expected 0x00000803")

    def test_counts_that_disagree(self):
        self.put(TRAIN_LABELS, gzip.compress(labels(ITEMS - 1)))
        self.assert_told(f"data/{TRAIN_IMAGES} holds 20 images", f"data/{TRAIN_LABELS} holds 19 labels")

    def test_header_that_promises_more_than_memory(self):
        self.put(TRAIN_IMAGES, gzip.compress(struct.pack(">IIII", 0x803, 0xFFFFFFFF, 0xFFFF, 0xFFFF)))
        self.assert_told(f"data/{TRAIN_IMAGES} is truncated: its header promises")

    def test_test_images_of_another_size(self):
        self.put("t10k-images-idx3-ubyte.gz", gzip.compress(images(size=9)))
        self.assert_told("training images are", "test images")

    def test_more_images_wanted_than_there_are(self):
        self.assert_tells(self.run_it("--set", "data.images=21"), 2, "images is 21, data has 20", "set images to at most 20")

    def planned(self):
        """What would be done for the data set, and why."""
        tasks = json.loads(self.hashloom("plan", self.write(WORKFLOW), "--format", "json").stdout)["tasks"]
        return next((task["does"], task["why"]) for task in tasks if task["stage"] == "data")

    def test_changed_is_told_by_plan_and_its_result_made_anew(self):
        self.run_it()
        self.assertEqual(self.planned(), ("cached", ""))
        self.put(TRAIN_IMAGES, gzip.compress(images()[:-1] + b"\xff"))
        self.assertEqual(self.planned(), ("run", f"file '{TRAIN_IMAGES}' changed"))
        self.run_it("--runs", "again")
        states = {event["stage"]: event["state"] for event in read_events(self.run_folder("again")) if event["kind"] == "stage"}
        self.assertEqual(set(states.values()), {"finished"}, states)

    def test_mended_lets_the_run_go_on(self):
        whole = (self.folder / "data" / TRAIN_LABELS).read_bytes()
        self.put(TRAIN_LABELS, whole[:-3])
        self.assertEqual(self.run_it().status, 2)
        self.put(TRAIN_LABELS, whole)
        self.assertEqual(self.hashloom("resume").status, 0)


if __name__ == "__main__":
    unittest.main()
