"""The rule of thumb of credit scoring: ten bins at the baseline's deciles, an alarm where PSI is 0.1 or more."""

import numpy as np

from detector import Effort, Peer, WindowDetector, no_text
from streams import Rows

BINS = 10
THRESHOLD = 0.1
FLOOR = 1e-4
"""Stands for the share of an empty bin, so that the logarithm exists: what most copies of the recipe have."""


def shares(codes, bins):
    counts = np.bincount(codes, minlength=bins)
    return np.maximum(counts / len(codes), FLOOR)


def binning(column, baseline):
    """A function of values to their bins, and how many bins there are."""
    if column.kind == "category":
        return (lambda values: values.astype(int)), len(column.categories)
    cuts = np.unique(np.quantile(baseline, np.arange(1, BINS) / BINS))
    return (lambda values: np.searchsorted(cuts, values, side="left")), len(cuts) + 1


def judge(baseline: Rows, windows: list[Rows]):
    present = [values[~np.isnan(values)] for values in baseline.values]
    bins = [binning(column, values) for column, values in zip(baseline.columns, present)]
    old = [shares(into(values), count) for values, (into, count) in zip(present, bins)]
    for window in windows:
        drifted = set()
        for column, values, expected, (into, count) in zip(window.columns, window.values, old, bins):
            values = values[~np.isnan(values)]
            if len(values) == 0:
                continue
            actual = shares(into(values), count)
            if ((actual - expected) * np.log(actual / expected)).sum() >= THRESHOLD:
                drifted.add(column.name)
        yield drifted


PEER = Peer(
    name="psi",
    title="PSI ≥ 0.1",
    packages=("numpy",),
    detectors=(
        WindowDetector(
            name="psi",
            title="PSI ≥ 0.1, 10 quantile bins",
            rule="any column: PSI over ten bins at the baseline's deciles, or over its categories, ≥ 0.1; missing values left out",
            source="a recipe, not a package: 0.1 and 0.25 are credit scoring's custom (Siddiqi 2006)",
            parameters={"bins": BINS, "threshold": THRESHOLD, "emptyShare": FLOOR},
            judge=judge,
            effort={1000: Effort(100), 100: Effort(100), 6000: Effort(4)},
            not_covered=no_text,
        ),
    ),
)
