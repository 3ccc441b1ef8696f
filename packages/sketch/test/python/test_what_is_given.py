"""What the script takes, for which value, and what it refuses: as learnBaseline does, in Python's own types."""

import json
import math
import os
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
from columns import script, series

MODEL = {"name": "m", "version": "1"}
ROWS = 1000
NUMBERS = series(1, ROWS, lambda rnd, row: math.nan if row % 9 == 0 else rnd())
START = datetime(2013, 1, 1, tzinfo=timezone.utc)


def learned(column, **more):
    """The one feature learned of a column."""
    return script.baseline(MODEL, {"x": column}, **more)["features"][0]


def odd_one(kind, value):
    """The value in 100 of 1,000 rows: how many are missing and invalid, and the categories or counts."""
    plain = 7 if kind is script.numeric else "plain"
    feature = learned(kind([plain] * 900 + [value] * 100))
    return feature["missing"], feature["invalid"], feature.get("categories", feature.get("counts"))


class Numeric(unittest.TestCase):
    def test_arrays_lists_and_pandas_columns_give_the_same_feature(self):
        expected = learned(script.numeric(NUMBERS))
        self.assertEqual([expected["missing"], sum(expected["counts"])], [112, 888])
        array = np.array(NUMBERS)
        masked = np.ma.masked_array(np.nan_to_num(array), np.isnan(array))
        objects = np.array([None if math.isnan(x) else x for x in NUMBERS], object)
        nullable = pd.Series(objects, dtype="Float64")
        for given in (array, tuple(NUMBERS), pd.Series(array), masked, objects, nullable, array.reshape(1, -1)[0]):
            self.assertEqual(learned(given), expected)
            self.assertEqual(learned(script.numeric(given)), expected)

    def test_integers_and_small_floats_count_as_their_doubles(self):
        for dtype in ("int8", "uint16", "int64", "uint64", "float16", "float32"):
            array = (np.arange(ROWS) % 97).astype(dtype) * np.array(1.1).astype(dtype)
            self.assertEqual(learned(array), learned([float(x) for x in array]))
        large = np.arange(2**63, 2**63 + ROWS * 2048, 2048, dtype=np.uint64)
        self.assertEqual(learned(large), learned(script.numeric([int(x) for x in large])))

    def test_booleans_are_0_and_1(self):
        for value in (True, np.True_):
            self.assertEqual(odd_one(script.numeric, value), (0, 0, [100, 900]))

    def test_numbers_of_other_types_count(self):
        for value in (Decimal("0.5"), Fraction(1, 2), np.float32(0.5), 0.5):
            self.assertEqual(odd_one(script.numeric, value), (0, 0, [100, 900]))

    def test_nothing_at_all_is_missing(self):
        for value in (None, math.nan, np.nan, np.float32("nan"), Decimal("nan"), pd.NA, pd.NaT, np.datetime64("NaT")):
            self.assertEqual(odd_one(script.numeric, value)[:2], (100, 0))

    def test_what_is_no_finite_number_is_invalid(self):
        infinite = (math.inf, -math.inf, 10**400, Fraction(10**400))
        for value in (*infinite, "5", b"5", 1j, [5], START, np.datetime64(0, "s"), object()):
            self.assertEqual(odd_one(script.numeric, value)[:2], (0, 100), repr(value))

    def test_the_array_that_is_given_stays_as_it_is(self):
        array = np.array([-0.0, math.inf, 1.0, 2.0] * 250)
        before = array.tobytes()
        learned(script.numeric(array))
        self.assertEqual(array.tobytes(), before)


class Categorical(unittest.TestCase):
    def test_numbers_and_booleans_have_the_names_that_javascript_gives_them(self):
        names = {1.0: "1", 1e-7: "1e-7", 1e21: "1e+21", -0.0: "0", 12345678901234567000.0: "12345678901234567000"}
        names.update({10**30: "1" + "0" * 30, np.int64(2**60): "1152921504606846976"})
        names.update({np.float32(0.1): "0.10000000149011612", Decimal("0.5"): "0.5"})
        for value, name in names.items():
            self.assertEqual(odd_one(script.categorical, value)[2], ["plain", name])
        for value in (True, np.True_):
            self.assertEqual(odd_one(script.categorical, value)[2], ["plain", "true"])

    def test_texts_of_arrays_and_pandas_are_those_of_lists(self):
        texts = series(2, ROWS, lambda rnd, row: "abcd"[math.floor(rnd() * 4)])
        expected = learned(texts)
        arrays = [np.array(texts), np.array(texts, object)]
        for given in (*arrays, pd.Series(texts), pd.Categorical(texts), pd.array(texts)):
            self.assertEqual(learned(given), expected)

    def test_nothing_at_all_is_missing_and_an_empty_text_a_category(self):
        for value in (None, math.nan, pd.NA, pd.NaT):
            self.assertEqual(odd_one(script.categorical, value)[:2], (100, 0))
        self.assertEqual(odd_one(script.categorical, ""), (0, 0, ["plain", ""]))

    def test_what_has_no_name_is_invalid(self):
        for value in (math.inf, b"bytes", START, ["a"], object()):
            self.assertEqual(odd_one(script.categorical, value)[:2], (0, 100), repr(value))


class Sensitive(unittest.TestCase):
    KEY = "a key of 16 bytes"

    def test_no_name_and_no_moment_is_in_the_file(self):
        features = {"n": script.numeric(NUMBERS, sensitive=True), "c": script.categorical(["Ada"] * ROWS, sensitive=True)}
        document = script.baseline(MODEL, features, sensitive_key=self.KEY)
        number, category = document["features"]
        self.assertEqual({"min", "max", "mean", "sd"} & set(number), set())
        self.assertRegex(category["categories"][0], "^[0-9a-f]{32}$")
        self.assertRegex(document["sensitiveKeyId"], "^[0-9a-f]{16}$")

    def test_a_key_of_bytes_is_that_of_its_text(self):
        features = {"c": script.categorical(["Ada"] * ROWS, sensitive=True)}
        texts = [script.dumps(script.baseline(MODEL, features, sensitive_key=key)) for key in (self.KEY, self.KEY.encode())]
        self.assertEqual(*texts)

    def test_a_key_id_is_there_only_where_names_are_hashed(self):
        document = script.baseline(MODEL, {"n": script.numeric(NUMBERS, sensitive=True)}, sensitive_key=self.KEY)
        self.assertNotIn("sensitiveKeyId", document)

    def test_what_is_no_key_is_refused_and_not_told(self):
        features = {"c": script.categorical(["Ada"] * ROWS, sensitive=True)}
        for key in (None, "15 bytes: short", b"15 bytes: short", 5, "\ud800" * 16):
            with self.assertRaises(script.BaselineError) as caught:
                script.baseline(MODEL, features, sensitive_key=key)
            self.assertEqual(caught.exception.code, "ERR_MODEL")
            self.assertNotIn("short", str(caught.exception))

    def test_sensitive_is_true_or_false(self):
        with self.assertRaisesRegex(script.BaselineError, "True or False"):
            script.baseline(MODEL, {"n": script.numeric(NUMBERS, sensitive="yes")})


class Kinds(unittest.TestCase):
    def test_numbers_alone_are_numeric_and_texts_alone_categorical(self):
        frame = pd.DataFrame({"n": range(ROWS), "t": ["a", None] * (ROWS // 2)})
        kinds = [feature["kind"] for feature in script.baseline(MODEL, frame)["features"]]
        self.assertEqual(kinds, ["numeric", "categorical"])

    def test_others_are_not_guessed(self):
        for values in ([1, "a"], [True, False], [None, None], [1, object()], np.array([True, False]), [START, START]):
            with self.assertRaisesRegex(script.BaselineError, "neither numbers alone nor texts alone"):
                learned(list(values) * (ROWS // 2))


class Times(unittest.TestCase):
    def test_times_of_every_type_give_the_same_file(self):
        ms = [1_356_998_400_000 + 3_600_000 * row for row in range(ROWS)]
        expected = script.dumps(script.baseline(MODEL, {"x": NUMBERS}, times=ms))
        self.assertIn('"blockMs"', expected)
        aware = [START + timedelta(hours=row) for row in range(ROWS)]
        naive = [time.replace(tzinfo=None) for time in aware]
        elsewhere = [time.astimezone(timezone(timedelta(hours=5, minutes=30))) for time in aware]
        stamps = pd.Series(pd.to_datetime(naive))
        arrays = [np.array(ms), np.array(ms, float), np.array(naive, "datetime64[ns]"), np.array(naive, "datetime64[s]")]
        zoned = stamps.dt.tz_localize("UTC").dt.tz_convert("America/New_York")
        for times in (aware, naive, elsewhere, stamps, zoned, list(arrays[3]), *arrays):
            self.assertEqual(script.dumps(script.baseline(MODEL, {"x": NUMBERS}, times=times)), expected)

    def test_rows_without_times_have_a_ladder_only_if_they_are_in_order(self):
        self.assertNotIn("dependence", script.baseline(MODEL, {"x": NUMBERS}))
        ladder = script.baseline(MODEL, {"x": NUMBERS}, time_ordered=True)["dependence"]
        self.assertEqual(ladder, {"blockRows": [8, 16, 32, 64, 128]})


class Refused(unittest.TestCase):
    def refused(self, code, where, **given):
        arguments = {"model": MODEL, "features": {"x": NUMBERS}, **given}
        with self.assertRaises(script.BaselineError) as caught:
            script.baseline(**arguments)
        self.assertEqual((caught.exception.code, str(caught.exception).split(": met ")[0]), (code, where))

    def test_models_that_are_none(self):
        self.refused("ERR_MODEL", "model.name", model={})
        for name in ("", "__proto__", 5, "😀" * 129, "\ud800"):
            self.refused("ERR_MODEL", "model.name", model={"name": name, "version": "1"})
        self.refused("ERR_MODEL", "model.version", model={"name": "m", "version": 1})
        self.refused("ERR_MODEL", "model.transforms", model={**MODEL, "transforms": ""})
        self.refused("ERR_MODEL", "model.task", model={**MODEL, "task": "guessing"})
        self.refused("ERR_MODEL", "model", model={**MODEL, "owner": "x"})

    def test_features_that_are_none(self):
        self.refused("ERR_MODEL", "feature ''", features={"": NUMBERS})
        self.refused("ERR_MODEL", "feature 5", features={5: NUMBERS})
        self.refused("ERR_MODEL", "feature 'prediction.label'", features={"prediction.label": NUMBERS})
        self.refused("ERR_MODEL", "features", features={str(i): NUMBERS for i in range(1001)})
        self.refused("ERR_MODEL", "features", features={}, outputs={"label": [None] * ROWS})
        self.refused("ERR_BASELINE_TOO_SMALL", "rows", features={})
        with self.assertRaisesRegex(script.BaselineError, "an integer from 1 to 1024"):
            script.categorical([], limit=1025)

    def test_rows_that_do_not_fit(self):
        self.refused("ERR_BASELINE_TOO_SMALL", "rows", features={"x": NUMBERS[:999]})
        self.refused("ERR_ROWS", "columns", features={"x": NUMBERS, "y": [*NUMBERS, 1.0]})
        self.refused("ERR_ROWS", "columns", outputs={"label": ["a"]})
        self.refused("ERR_ROWS", "outputs", outputs={"probability": NUMBERS})
        self.refused("ERR_ROWS", "feature 'x'", features={"x": np.zeros((ROWS, 2))})
        self.refused("ERR_ROWS", "feature 'x'", features={"x": (x for x in NUMBERS)})

    def test_times_that_go_back_or_are_none(self):
        times = list(range(ROWS))
        self.refused("ERR_ROWS", "times[7]", times=[*times[:7], 5, *times[8:]])
        for wrong in (None, math.nan, math.inf, "now", True):
            self.refused("ERR_ROWS", "times[3]", times=[*times[:3], wrong, *times[4:]])
        self.refused("ERR_ROWS", "times[0]", times=np.full(ROWS, np.datetime64("NaT")))
        self.refused("ERR_ROWS", "times", times=times[1:])

    def test_a_provenance_that_can_not_be_kept(self):
        for created in ("yesterday", "2013-13-01", "2013-01-01T24:60Z", "2013-01-01\n", 2013):
            self.refused("ERR_BASELINE_PROVENANCE", "provenance.createdAt", provenance={"createdAt": created})
        self.refused("ERR_BASELINE_PROVENANCE", "provenance.source", provenance={"source": "x" * 1025})
        self.refused("ERR_BASELINE_CORRUPT", "provenance", provenance={"author": "x"})

    def test_a_file_over_16_mb(self):
        texts = [f"{row // 10}".ljust(250, "é") for row in range(10_240)]
        document = script.baseline(MODEL, {"x": script.categorical(texts, limit=1024)})
        document["features"] *= 60
        with self.assertRaisesRegex(script.BaselineError, "ERR_BASELINE_TOO_LARGE"):
            script.dumps(document)


class CommandLine(unittest.TestCase):
    def run_on(self, text, *options, key=None):
        """The file that is written, or the last line of the error."""
        with tempfile.TemporaryDirectory() as folder:
            table, written = Path(folder) / "rows.csv", Path(folder) / "baseline.json"
            table.write_bytes(text.encode())
            command = [sys.executable, script.__file__, table, "-o", written, "--model", "a@b@1", *options]
            environment = {**os.environ, **({} if key is None else {"DRIFTSPAN_SENSITIVE_KEY": key})}
            result = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment)
            if result.returncode == 0:
                return json.loads(written.read_bytes())
            self.assertNotIn("Traceback", result.stderr)
            return result.stderr.strip().splitlines()[-1]

    def test_an_empty_cell_is_missing_and_a_text_among_numbers_invalid(self):
        text = "\ufeffn,ignored,c\r\n" + '1,x,"a, b"\r\n,x,\r\nfive,x,c\r\ninf,x,c\r\n2.5,x,c\r\n' * 200
        document = self.run_on(text, "--categorical", "c", "--numeric", "n")
        number, category = document["features"]
        self.assertEqual([number["name"], number["missing"], number["invalid"]], ["n", 200, 400])
        self.assertEqual([category["categories"], category["missing"]], [["c", "a, b"], 200])
        self.assertEqual(document["model"], {"name": "a@b", "version": "1"})

    def test_times_are_milliseconds_or_iso_8601(self):
        iso = [(START + timedelta(minutes=row)).isoformat().replace("+00:00", "Z") for row in range(ROWS)]
        ms = [1_356_998_400_000 + 60_000 * row for row in range(ROWS)]
        tables = ["t,n\n" + "".join(f"{time},1\n" for time in times) for times in (iso, ms)]
        first, second = (self.run_on(table, "--numeric", "n", "--time", "t") for table in tables)
        self.assertEqual(first, second)
        self.assertEqual(first["dependence"]["spanMs"], 999 * 60_000)

    def test_columns_are_sensitive_where_it_is_said(self):
        table = "n,c,open\n" + "".join(f"{row},Ada,{row}\n" for row in range(ROWS))
        options = ["--numeric", "n,open", "--categorical", "c", "--sensitive", "c,n"]
        document = self.run_on(table, *options, key="a key of 16 bytes")
        features = {feature["name"]: feature for feature in document["features"]}
        self.assertEqual([features[name].get("sensitive") for name in ("n", "c", "open")], [True, True, None])
        self.assertNotIn("Ada", json.dumps(document))
        self.assertIn("16 bytes or more", self.run_on(table, *options))
        self.assertIn("--sensitive", self.run_on(table, "--numeric", "n", "--sensitive", "c"))

    def test_what_is_wrong_is_said_in_one_line(self):
        table = "n,t\n" + "1,2\n" * ROWS
        for wrong, options in (
            ("0 columns named 'x'", ["--numeric", "x"]),
            ("rows[0]: met 3 cells", []),
            ("999 rows", ["--numeric", "n"]),
            ("no time", ["--numeric", "n", "--time", "t"]),
        ):
            text = {"rows[0]: met 3 cells": "n\n1,2,3\n", "999 rows": table[:-4], "no time": table.replace("2", "soon")}
            self.assertIn(wrong, self.run_on(text.get(wrong, table), *options))


if __name__ == "__main__":
    unittest.main()
