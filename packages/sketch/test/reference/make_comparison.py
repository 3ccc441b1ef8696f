"""Writes comparison.json beside it: rows beside the golden baseline, counted by NumPy and tested by SciPy.

    pip install -r requirements.txt && python make_comparison.py

The rows are made as `currentRows` of test/comparison/reference.test.ts makes them, to the last bit: integer arithmetic and single
operations on doubles. Counting, merging of bins and every test are written here a second time.
"""

import json
import math
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "driftspan.baseline.v1.json"
ROWS = 3000


def generator(seed):
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32


def current_rows():
    uniforms = generator(2014)
    draw = lambda: next(uniforms)
    for i in range(ROWS):
        uniform = draw()
        yield {
            "uniform": uniform * 0.9,
            "signed": (draw() - 0.5) * 4096 + 300,
            "integers": float(math.floor(draw() * draw() * 44)),
            "zeros": 0.0 if draw() < 0.7 else draw(),
            "constant": None if i % 40 == 0 else 0.1 if i % 50 else 0.2,
            "carrier": None if i % 60 == 0 else "new" if i % 25 == 0 else "ABCDEFGH"[math.floor(draw() * draw() * 8)],
        }


def counted(feature, values):
    present = [value for value in values if value is not None]
    absent = [len(values) - len(present), 0]
    if feature["kind"] == "categorical":
        counts = [present.count(category) for category in feature["categories"]]
        return counts + [len(present) - sum(counts)] + absent
    bins = np.searchsorted(np.array(feature["cuts"]), np.array(present), side="left")
    return np.bincount(bins, minlength=len(feature["counts"])).tolist() + absent


def cells(feature):
    other = [feature["other"]] if feature["kind"] == "categorical" else []
    return feature["counts"] + other + [feature["missing"], feature["invalid"]]


def merged(observed, baseline, ordered):
    """Smallest first, until 20 are expected in each: a range with its smaller neighbour, a category with the next smallest."""
    pairs = [[a, b] for a, b in zip(observed, baseline) if b > 0]
    smallest = lambda: min(range(len(pairs)), key=lambda i: pairs[i][1])
    while len(pairs) > 16 or (len(pairs) > 2 and enough(pairs) < 20):
        i = smallest()
        if ordered:
            beside = [j for j in (i - 1, i + 1) if 0 <= j < len(pairs)]
            j = min(beside, key=lambda k: pairs[k][1])
        else:
            j = min((k for k in range(len(pairs)) if k != i), key=lambda k: pairs[k][1])
        low, high = min(i, j), max(i, j)
        pairs[low] = [pairs[low][0] + pairs[high][0], pairs[low][1] + pairs[high][1]]
        del pairs[high]
    return pairs


def enough(pairs):
    n, m = (sum(side) for side in zip(*pairs))
    return n * min(b for _, b in pairs) / m


def log_p_of_shape(pairs):
    table = np.array(pairs).T
    result = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    n, m = table.sum(axis=1)
    total = n + m
    q = 1 + (total / n + total / m - 1) * ((total / table.sum(axis=0)).sum() - 1) / (6 * total * result.dof)
    return float(stats.chi2.logsf(result.statistic / q, result.dof))


def log_p_of_rise(k, n, k0, m):
    return float(stats.hypergeom.logsf(k - 1, n + m, k + k0, n))


def psi(observed, baseline):
    a, b = np.asarray(observed, dtype=float), np.asarray(baseline, dtype=float)
    q, p = (a + 0.5) / (a.sum() + 0.5 * len(a)), (b + 0.5) / (b.sum() + 0.5 * len(b))
    return float(np.sum((q - p) * np.log(q / p)))


def ks(observed, baseline):
    points = np.arange(len(observed))
    return float(stats.ks_2samp(np.repeat(points, observed), np.repeat(points, baseline), method="asymp").statistic)


def expected(feature, values):
    observed, baseline = counted(feature, values), cells(feature)
    a, b = observed[:-2], baseline[:-2]
    ordered = feature["kind"] == "numeric"
    pairs = merged(a, b, ordered)
    hidden = [i for i, count in enumerate(b) if count == 0 or (not ordered and i == len(b) - 1)]
    out = {
        "name": feature["name"],
        "counts": observed,
        "psi": psi(a, b),
        "jensenShannon": float(jensenshannon(a, b)),
        "hellinger": float(np.linalg.norm(np.sqrt(np.array(a) / sum(a)) - np.sqrt(np.array(b) / sum(b))) / math.sqrt(2)),
        "bins": len(pairs),
        "shape": log_p_of_shape(pairs) if len(pairs) > 1 else None,
        "missing": log_p_of_rise(sum(observed[-2:]), sum(observed), sum(baseline[-2:]), sum(baseline)),
        "unseen": None,
    }
    if hidden:
        out["unseen"] = log_p_of_rise(sum(a[i] for i in hidden), sum(a), sum(b[i] for i in hidden), sum(b))
    if ordered:
        present = np.array([value for value in values if value is not None])
        out |= {"ks": ks(a, b), "mean": float(present.mean()), "sd": float(present.std(ddof=1))}
    return out


def main():
    rows = list(current_rows())
    features = {feature["name"]: feature for feature in json.loads(GOLDEN.read_text())["features"]}
    cases = [expected(features[name], [row[name] for row in rows]) for name in rows[0]]
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (HERE / "comparison.json").write_text(f"[\n{lines}\n]\n")


main()
