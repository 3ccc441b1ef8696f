"""Writes wilson.json beside it: intervals of a share by SciPy.

    pip install scipy==1.17.1 && python make_wilson.py
"""

import json
from pathlib import Path

from scipy.stats import binomtest

HERE = Path(__file__).parent
CASES = [(0, 1), (1, 1), (0, 10), (1, 10), (5, 10), (10, 10), (1, 1000), (63, 1000), (500, 1000), (999, 1000)]
CASES += [(1, 27004), (1688, 27004), (27003, 27004), (3, 10**9)]


def interval(hits, samples):
    found = binomtest(hits, samples).proportion_ci(confidence_level=0.99, method="wilson")
    return [float(found.low), float(found.high)]


rows = [{"hits": hits, "samples": samples, "interval": interval(hits, samples)} for hits, samples in CASES]
lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
(HERE / "wilson.json").write_text(f"[\n{lines}\n]\n")
