"""Writes joint.json beside it: correlations by NumPy, and projections in plain Python doubles.

    pip install numpy==2.4.6 && python make_joint.py

null stands for a missing value. A projection's numbers must agree bit for bit: it is computed in every language that serves a model.
"""

import json
import math
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
ROWS = 40


def rho(a, b):
    together = np.isfinite(a) & np.isfinite(b)
    return float(np.corrcoef(a[together], b[together])[0, 1])


def projected(terms, a, b):
    (_, weight_a, centre_a), (_, weight_b, centre_b) = terms
    return weight_a * (a - centre_a) + weight_b * (b - centre_b)


def rounded(x):
    return float(f"{x:.6g}")


def columns(name, random):
    a, e = random.standard_normal(ROWS), random.standard_normal(ROWS)
    if name == "alike":
        return a, 0.9 * a + 0.3 * e
    if name == "against each other":
        return a, e / 2 - a
    if name == "unrelated":
        return a, e
    if name == "far from zero":
        return 1e9 + a, 1e9 - 3 * a + e
    if name == "in different units":
        return 1e-150 * a, 1e150 * (a + e)
    if name == "heavy tails":
        return np.exp(4 * a), np.exp(4 * a + e)
    if name == "few values":
        return np.round(a), np.round(a + e)
    if name == "missing here and there":
        a[::7], e = np.nan, a + e
        e[3::5] = np.nan
        return a, e
    raise ValueError(name)


CASES = ["alike", "against each other", "unrelated", "far from zero", "in different units"]
CASES += ["heavy tails", "few values", "missing here and there"]


def case(index, name):
    a, b = columns(name, np.random.default_rng(index))
    moments = [(float(np.nanmean(x)), float(np.nanstd(x, ddof=1))) for x in (a, b)]
    r = rho(a, b)
    signs = [1, 1 if r < 0 else -1]
    terms = [
        [key, rounded(sign * math.sqrt(0.5) / sd), rounded(mean)]
        for key, sign, (mean, sd) in zip("ab", signs, moments)
    ]
    numbers = [projected(terms, float(x), float(y)) for x, y in zip(a, b)]
    plain = lambda xs: [None if math.isnan(x) else float(x) for x in xs]
    return {"case": name, "a": plain(a), "b": plain(b), "moments": moments, "rho": r, "terms": terms, "numbers": plain(numbers)}


def main():
    lines = ",\n".join(json.dumps(case(i, name), separators=(",", ":")) for i, name in enumerate(CASES))
    (HERE / "joint.json").write_text(f"[\n{lines}\n]\n")


main()
