"""hashloom export: what other programs read of a run is what the run recorded."""
import unittest

from finished_run import FinishedRunTest
from pictures import read_npy
from program import SMALL, last_codes, read_events
from tests_python import needed

SCORED = SMALL.replace("    observe:\n", "    observe:\n      samples: {uses: evaluator/samples, in: {codes: learn.previous.codes, "
                       "generator: near.generator, images: data.images}}\n")


class ExportTest(FinishedRunTest):
    """A finished run with a loop of two rounds, metrics and pictures."""

    workflow = SCORED

    def export(self, *arguments):
        return self.hashloom("export", self.run_name, *arguments)

    def events(self, kind):
        return [event for event in read_events(self.run_path) if event["kind"] == kind]

    def recorded(self, split):
        return self.run_path / "blobs" / last_codes(self.run_path, split)


class Codes(ExportTest):
    def test_of_each_split_are_those_after_the_last_round(self):
        done = self.export("codes/")
        self.assertEqual(done.stdout, "codes/train.npy: uint64 [200, 1], 16 bits a code\n"
                         "codes/query.npy: uint64 [20, 1], 16 bits a code\n"
                         "codes/database.npy: uint64 [200, 1], 16 bits a code\n")
        for split, recorded in (("train", "train"), ("query", "query"), ("database", "train")):
            self.assertEqual((self.folder / f"codes/{split}.npy").read_bytes(), self.recorded(recorded).read_bytes())

    def test_unpacked_are_bytes_of_0_and_1_bit_0_first(self):
        self.assertEqual(self.export("out.npy", "--unpacked").status, 0)
        kind, shape, bits = read_npy(self.folder / "out-query.npy")
        self.assertEqual((kind, shape), ("|u1", (20, 16)))
        words = read_npy(self.recorded("query"))[2]
        self.assertEqual(bits, bytes(words[8 * item + bit // 8] >> bit % 8 & 1 for item in range(20) for bit in range(16)))

    def test_are_read_by_numpy(self):
        numpy = needed("numpy")
        self.export("codes/")
        self.export("bits.npy", "--unpacked")
        words, bits = numpy.load(self.folder / "codes/train.npy"), numpy.load(self.folder / "bits-train.npy")
        self.assertEqual(words.dtype, numpy.uint64)
        unpacked = numpy.unpackbits(words.view(numpy.uint8), axis=1, bitorder="little")[:, :16]
        self.assertTrue((unpacked == bits).all())

    def test_are_there_without_the_encoder(self):
        (self.run_path / "encoder/encoder.json").unlink()
        self.assertEqual(self.export("codes").status, 0)

    def test_whose_blob_was_altered_are_refused(self):
        self.recorded("train").write_bytes(b"torn")
        self.assert_tells(self.export("codes"), 2, "blobs/", "not a .npy matrix", "run it again")


class TensorBoard(ExportTest):
    def setUp(self):
        super().setUp()
        reader = needed("tensorboard.backend.event_processing.event_accumulator")
        done = self.export("tensorboard/")
        self.assertEqual(done.status, 0, done)
        self.board = reader.EventAccumulator(str(self.folder / "tensorboard"), size_guidance={"scalars": 0, "images": 0})
        self.board.Reload()

    def test_reads_every_metric_with_its_round_and_time(self):
        metrics = [(event["round"], event["value"], event["wall"]) for event in self.events("metric") if event["name"] == "mAP@all"]
        self.assertEqual([metric[0] for metric in metrics], [0, 1, 2])
        for (round_, value, wall), read in zip(metrics, self.board.Scalars("score/mAP@all"), strict=True):
            self.assertEqual((read.step, read.wall_time), (round_, wall))
            self.assertAlmostEqual(read.value, value, places=6)

    def test_reads_the_changed_bits_of_each_round(self):
        changed = [(event["round"], event["changed_bits"]) for event in self.events("round") if "changed_bits" in event]
        read = [(scalar.step, scalar.value) for scalar in self.board.Scalars("learn/changed_bits")]
        for (round_, value), (step, figure) in zip(changed, read, strict=True):
            self.assertEqual(round_, step)
            self.assertAlmostEqual(value, figure, places=6)

    def test_reads_each_picture_as_it_was_recorded(self):
        pictures = self.events("picture")
        self.assertGreater(len(pictures), 0)
        for picture in pictures:
            read = {image.step: image for image in self.board.Images(f"{picture['stage']}/{picture['name']}")}[picture["round"]]
            self.assertEqual((read.width, read.height), (picture["width"], picture["height"]))
            self.assertEqual(read.encoded_image_string, (self.run_path / "blobs" / picture["blob"]).read_bytes())


class Network(ExportTest):
    def test_that_its_plugin_does_not_tell_as_torch_script_is_refused(self):
        self.assert_tells(self.export("network.pt"), 2, "network/slow can't be said as TorchScript", "model.hloom")

    def test_is_run_by_pytorch(self):
        torch = needed("torch")
        shallow = "\n".join(SMALL.split("  learn:\n")[0].splitlines())
        self.assertEqual(self.hashloom("run", self.write(shallow, "shallow.yaml"), "--runs", "shallow").status, 0)
        run = self.run_folder("shallow")
        self.assertEqual(self.hashloom("export", str(run), "network.pt").status, 0)
        network = torch.jit.load(str(self.folder / "network.pt"))
        self.assertEqual(network.bits(torch.zeros(3, 1, 8, 8, dtype=torch.uint8)).shape, (3, 16))


class Mistakes(ExportTest):
    def test_in_the_command_line(self):
        self.assert_tells(self.export(), 2, "name a run and one target: model.hloom")
        self.assert_tells(self.export("model.hlom"), 2, "'model.hlom' does not tell what to make", "did you mean '.hloom'?")
        self.assert_tells(self.export("tensorbaord/"), 2, "did you mean 'tensorboard'?")
        self.assert_tells(self.export("out", "--as", "torchscrpt"), 2, "--as takes no 'torchscrpt'", "did you mean 'torchscript'?")
        self.assert_tells(self.export("model.hloom", "--unpacked"), 2, "--unpacked is for codes")

    def test_in_the_run_are_told_by_every_kind(self):
        for target in ("model.hloom", "network.pt", "codes", "tensorboard"):
            self.assert_tells(self.hashloom("export", "nowhere", target), 2, "error: ", "'nowhere'", "hashloom runs")

    def test_in_the_place(self):
        self.write("", "file")
        for kind in ("hloom", "codes", "tensorboard"):
            self.assert_tells(self.export("file/out", "--as", kind), 2, "file/out", "name another target")


if __name__ == "__main__":
    unittest.main()
