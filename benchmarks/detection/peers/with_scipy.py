"""The recipe most often found in tutorials: one two-sample test a column, an alarm where any p-value is under 0.05."""

import numpy as np
from scipy.stats import chi2_contingency, ks_2samp

from detector import Effort, Peer, WindowDetector, no_text
from streams import Rows

LEVEL = 0.05


def categories_p(baseline, window):
    values = np.union1d(baseline, window)
    return chi2_contingency([[(part == value).sum() for value in values] for part in (baseline, window)]).pvalue


def judge(baseline: Rows, windows: list[Rows]):
    for window in windows:
        drifted = set()
        for column, old, new in zip(baseline.columns, baseline.values, window.values):
            old, new = old[~np.isnan(old)], new[~np.isnan(new)]
            if len(new) == 0:
                continue
            p = ks_2samp(old, new).pvalue if column.kind == "numeric" else categories_p(old, new)
            if p < LEVEL:
                drifted.add(column.name)
        yield drifted


def judge_missing(baseline: Rows, windows: list[Rows]):
    for window in windows:
        drifted = set()
        for column, old, new in zip(baseline.columns, baseline.values, window.values):
            missing = [np.isnan(old).sum(), np.isnan(new).sum()]
            if sum(missing) == 0:
                continue
            if chi2_contingency([missing, [len(old) - missing[0], len(new) - missing[1]]]).pvalue < LEVEL:
                drifted.add(column.name)
        yield drifted


EFFORT = {1000: Effort(60), 100: Effort(20, before=5000), 6000: Effort(4)}

PEER = Peer(
    name="scipy",
    title="SciPy tests",
    packages=("scipy", "numpy"),
    detectors=(
        WindowDetector(
            name="tests",
            title="SciPy KS and chi-square, p < 0.05",
            rule="any column: ks_2samp of the present numbers, chi2_contingency of the counts of categories, p-value < 0.05",
            source="ks_2samp and chi2_contingency with the arguments they have by default; 0.05 is the reader's, by custom",
            parameters={"ks_2samp": {"alternative": "two-sided", "method": "auto"}, "chi2_contingency": {"correction": True}, "level": LEVEL},
            judge=judge,
            effort=EFFORT,
            not_covered=no_text,
        ),
        WindowDetector(
            name="missing",
            title="SciPy chi-square of missing values, p < 0.05",
            rule="any column: chi2_contingency of missing and present, p-value < 0.05",
            source="as above",
            parameters={"chi2_contingency": {"correction": True}, "level": LEVEL},
            judge=judge_missing,
            effort=EFFORT,
            not_covered=lambda scenario: None if scenario.name == "missing" else "watches missing values only",
        ),
    ),
)
