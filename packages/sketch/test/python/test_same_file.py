"""The script's files are those of learnBaseline, byte for byte. Needs Node and an installed checkout: see run.sh."""

import json
import math
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import make_goldens
from columns import generator, script, text_of
from random_dataset import random_dataset

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
EXAMPLE = ROOT / "examples" / "flight-delays"
RANDOM_DATASETS = 300


def node(name, *arguments):
    command = ["node", "--import", "tsx", "-C", "@driftspan/source", str(HERE / name), *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True)


class SameFile(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_the_golden_files_are_what_the_script_writes(self):
        for name, content in make_goldens.goldens():
            with self.subTest(name):
                self.assertEqual(content.decode(), (make_goldens.GOLDEN / name).read_bytes().decode())

    def test_the_rows_of_the_format_s_own_golden_file_give_that_file(self):
        expected = HERE.parent / "golden" / "driftspan.baseline.v1.json"
        self.assertEqual(golden_v1(), expected.read_text(encoding="utf-8"))

    def test_random_datasets_give_the_same_files(self):
        node("learn-random.ts", self.folder, RANDOM_DATASETS)
        for seed in range(RANDOM_DATASETS):
            with self.subTest(seed=seed):
                learned = (self.folder / f"{seed}.json").read_bytes()
                self.assertEqual(text_of(random_dataset(seed)), learned.decode())

    def test_january_s_flights_give_the_same_file_from_the_command_line(self):
        node("write-flights.js", self.folder)
        committed = (EXAMPLE / "model" / "flight-delay.baseline.json").read_bytes()
        source = json.loads(committed)["provenance"]["source"]
        timed, timeless = ((self.folder / name).read_bytes() for name in ("timed.json", "timeless.json"))
        self.assertEqual(self.from_csv("--time", "time", "--source", "January"), timed)
        self.assertEqual(self.from_csv("--source", "January"), timeless)
        self.assertEqual(self.from_csv("--time", "time", "--source", source), committed)

    def from_csv(self, *more):
        written = self.folder / "from-csv.json"
        command = [sys.executable, script.__file__, self.folder / "flights.csv", "-o", written, *more]
        command += ["--model", "flight-delay@2013.01", "--transforms", "1", "--task", "classification"]
        command += ["--numeric", "hour,distance,temp,dewp,humid,wind_speed,precip,pressure,visib"]
        command += ["--categorical", "carrier,origin,dest", "--label", "label", "--confidence", "confidence"]
        subprocess.run(list(map(str, command)), check=True)
        return written.read_bytes()

    def test_the_program_of_the_page_runs(self):
        page = (ROOT / "docs" / "baseline-from-python.md").read_text(encoding="utf-8")
        program = re.search("```python\n(.*?)```", page, re.DOTALL).group(1)
        path = {"PYTHONPATH": str(Path(script.__file__).parent)}
        subprocess.run([sys.executable, "-c", program], cwd=self.folder, env={**os.environ, **path}, check=True)
        written = json.loads((self.folder / "flight-delay.baseline.json").read_bytes())
        self.assertEqual([feature["name"] for feature in written["features"]], ["distance", "carrier", "speed"])
        self.assertIn("dependence", written)


def golden_v1():
    """The rows of test/golden/rows.ts, which one generator makes row by row."""
    rnd = generator(2013)
    extremes = [-sys.float_info.max, -1e308, -5e-324, 0, 5e-324, 1 + 2**-52, 1, 1e308]
    awkward = ["", "zażółć", "😀", 'quote " and \\', "__proto__", "tab\t", "missing"]
    numbers = ["uniform", "tiny", "signed", "integers", "zeros", "constant", "absent", "extreme"]
    names = [*numbers, "carrier", "awkward", "confidence"]
    columns = {name: [] for name in names}
    for i in range(2000):
        uniform = rnd()
        carrier = "ABCDEFGH"[math.floor(rnd() * rnd() * 8)]
        carrier = None if i % 101 == 0 else object() if i % 103 == 0 else f"rare-{i}" if i % 107 == 0 else carrier
        signed, integers, zeros = (rnd() - 0.5) * 4096, math.floor(rnd() * rnd() * 40), 0 if rnd() < 0.75 else rnd()
        confidence = math.nan if i % 11 == 0 else rnd()
        row = [uniform, uniform * 2.0**-40, signed, integers, zeros, 0.1, "text" if i % 3 == 0 else None]
        for name, value in zip(names, [*row, extremes[i % 8], carrier, awkward[i * i % 7], confidence]):
            columns[name].append(value)
    features = {name: script.numeric(columns[name]) for name in numbers}
    features["carrier"] = script.categorical(columns["carrier"])
    features['awkward\n"name"'] = script.categorical(columns["awkward"], limit=5)
    outputs = {"label": [x < 0.25 for x in columns["uniform"]], "confidence": columns["confidence"]}
    model = {"name": 'golden "model" ✈️', "version": "2013.01", "transforms": "3", "task": "classification"}
    provenance = {"source": "test/golden/rows.ts", "createdAt": "2013-02-01T00:00:00Z"}
    return script.dumps(script.baseline(model, features, outputs, provenance=provenance))


if __name__ == "__main__":
    unittest.main()
