"""Writes awkward.csv: numbers as people and programs write them, texts of every kind, times in three forms, ties."""

import csv
import random
import sys
from datetime import datetime, timezone

NUMBERS = ["", " 5 ", "1_000", "nan", "inf", "-Infinity", "1e400", "1e-400", ".5", "5.", "+7", "-0", "0x10", "n/a"]
NUMBERS += ["1e5", "00501", "5\u00a0", "\u20035", "NaN", "1E+5"]
WORDS = ["UA", "B6", "", " UA ", "é✈️", "quoted, name", '"', "nan", "1.0", "two\nlines", "NULL", "__proto__", "x" * 257]

rnd = random.Random(2013)
out = csv.writer(open(sys.argv[1], "w", encoding="utf-8", newline=""), lineterminator="\n")
out.writerow(["distance", "odd numbers", "carrier", 'words "odd"', "constant", "secret", "late", "p", "scheduled"])
ms = 1356998400000
for i in range(1500):
    ms += rnd.choice([0, 0, 60_000, 3_600_000])
    distance = repr(round(rnd.lognormvariate(6, 1), rnd.choice([0, 1, 9]))) if rnd.random() > 0.03 else ""
    odd = rnd.choice(NUMBERS) if rnd.random() < 0.4 else repr(rnd.gauss(0, 1) * 10.0 ** rnd.randint(-12, 12))
    carrier = rnd.choice(["UA", "B6", "AA", f"rare-{i}" if i % 97 == 0 else "DL", ""])
    word = rnd.choice(WORDS[:-1]) if i % 100 else WORDS[-1]
    label = rnd.choice(["late", "on-time"]) if i % 50 else ""
    confidence = repr(rnd.random()) if i % 11 else ""
    iso = datetime.fromtimestamp(ms / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    time = [str(ms), iso + "Z", iso + "+00:00"][i % 3]
    out.writerow([distance, odd, carrier, word, "7", repr(rnd.expovariate(1 / 30000)), label, confidence, time])
