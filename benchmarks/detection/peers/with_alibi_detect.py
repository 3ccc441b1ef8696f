"""alibi-detect: KSDrift for numbers, ChiSquareDrift for categories, TabularDrift where there are both."""

import logging
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

import numpy as np
from alibi_detect.cd import ChiSquareDrift, KSDrift, TabularDrift

from detector import Effort, Peer, WindowDetector
from streams import Rows


def matrix(rows: Rows):
    """Rows with every value present: the detectors take a rectangle and let NaN spoil the test."""
    values = np.stack(rows.values, axis=1)
    return values[~np.isnan(values).any(axis=1)]


def detector(baseline: Rows):
    categories = [i for i, column in enumerate(baseline.columns) if column.kind == "category"]
    if not categories:
        return KSDrift(matrix(baseline))
    if len(categories) == len(baseline.columns):
        return ChiSquareDrift(matrix(baseline).astype(int))
    return TabularDrift(matrix(baseline), categories_per_feature=dict.fromkeys(categories))


def judge(baseline: Rows, windows: list[Rows]):
    fitted = detector(baseline)
    for window in windows:
        rows = matrix(window)
        if len(rows) == 0:
            yield set()
            continue
        data = fitted.predict(rows)["data"]
        drifted = {column.name for column, p in zip(window.columns, data["p_val"]) if p < data["threshold"]}
        assert bool(data["is_drift"]) == bool(drifted)
        yield drifted


PEER = Peer(
    name="alibi-detect",
    title="alibi-detect",
    packages=("alibi-detect", "numpy", "scipy"),
    note="Its multivariate detectors (MMD, LSDD, learned classifiers) need TensorFlow, PyTorch, KeOps or a model of the reader's, and are not run. "
    "Rows with a missing value are left out.",
    detectors=(
        WindowDetector(
            name="tests",
            title="alibi-detect KS and chi-square, p < 0.05 / columns",
            rule="is_drift of KSDrift, ChiSquareDrift or TabularDrift: any p-value < 0.05 divided by the number of columns",
            source="alibi_detect/cd/ks.py, chisquare.py, tabular.py: p_val=.05, correction='bonferroni'",
            parameters={"p_val": 0.05, "correction": "bonferroni"},
            judge=judge,
            effort={1000: Effort(60), 100: Effort(20, before=5000), 6000: Effort(4)},
            not_covered=lambda scenario: "needs an embedding of the reader's choice for texts"
            if any(column.kind == "text" for column in scenario.columns)
            else None,
        ),
    ),
)
