"""Evidently: the stat test that its drift preset chooses for a column, with the threshold that comes with it."""

import os
from functools import lru_cache

os.environ["DO_NOT_TRACK"] = "1"

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.descriptors import NonLetterCharacterPercentage, TextLength, WordCount
from evidently.legacy.calculations.stattests.registry import get_stattest
from evidently.metrics import MissingValueCount

from detector import Effort, Peer, WindowDetector, kinds
from streams import Rows

COLUMN_TYPES = {"numeric": "num", "category": "cat", "text": "text"}


def frame(rows: Rows):
    return pd.DataFrame({column.name: values for column, values in rows.named()})


@lru_cache(maxsize=8)
def reference(baseline: Rows):
    return {column.name: pd.Series(values).dropna() for column, values in baseline.named()}


@lru_cache(maxsize=512)
def drifted_columns(baseline: Rows, window: Rows):
    """What the preset's ValueDrift does, less its plots: missing values dropped, default stat test, its own verdict."""
    drifted = set()
    for column, values in window.named():
        old, new = reference(baseline)[column.name], pd.Series(values).dropna()
        if len(new) == 0:
            continue
        if stat_test(column, old, new)(old, new, COLUMN_TYPES[column.kind], None).drifted:
            drifted.add(column.name)
    return drifted


def stat_test(column, old, new):
    """The preset's choice. It hangs on the baseline's size, the kind, and for numbers on there being more than five of them: always so here."""
    return numeric_stat_test() if column.kind == "numeric" else get_stattest(old, new, COLUMN_TYPES[column.kind], None)


@lru_cache(maxsize=1)
def numeric_stat_test():
    """The choice for many numbers, asked once: it counts distinct values, which takes longer than the test."""
    many = pd.Series(np.arange(2000.0))
    return get_stattest(many, many, "num", None)


def judge(baseline: Rows, windows: list[Rows]):
    for window in windows:
        yield drifted_columns(baseline, window)


def judge_dataset(baseline: Rows, windows: list[Rows]):
    for window in windows:
        drifted = drifted_columns(baseline, window)
        yield {"dataset"} if len(drifted) / len(window.columns) >= 0.5 else set()


def described(rows: Rows):
    """The three descriptors of a text that count characters or words, as numeric columns."""
    dataset = Dataset.from_pandas(
        frame(rows),
        data_definition=DataDefinition(text_columns=["text"]),
        descriptors=[TextLength("text"), WordCount("text"), NonLetterCharacterPercentage("text")],
    )
    return dataset.as_dataframe().drop(columns="text").astype(float)


def judge_descriptors(baseline: Rows, windows: list[Rows]):
    old = described(baseline)
    for window in windows:
        new = described(window)
        yield {name for name in old if numeric_stat_test()(old[name], new[name], "num", None).drifted}


def judge_missing(baseline: Rows, windows: list[Rows]):
    """The share's own test; the count's, beside it, fails on every window that is shorter than the baseline."""

    def dataset(rows):
        return Dataset.from_pandas(frame(rows), data_definition=DataDefinition(numerical_columns=[column.name for column in rows.columns]))

    reference = dataset(baseline)
    report = Report([MissingValueCount(column=column.name) for column in baseline.columns], include_tests=True)
    for window in windows:
        tests = report.run(dataset(window), reference).dict()["tests"]
        shares = [test for test in tests if not test["bound_test"]["is_count"]]
        assert len(shares) == len(window.columns)
        yield {column.name for column, test in zip(window.columns, shares) if test["status"].value == "FAIL"}


ALL = {1000: Effort(40), 100: Effort(10, before=4000), 6000: Effort(4)}
DOCS = "evidently/legacy/calculations/stattests/registry.py, _get_default_stattest; docs.evidentlyai.com, data drift algorithm"

PEER = Peer(
    name="evidently",
    title="Evidently",
    packages=("evidently", "numpy", "pandas", "scipy", "scikit-learn"),
    note="A baseline of more than 1,000 rows takes the distances, a smaller one would take tests at p < 0.05. Of its data-quality tests only that of missing values is run.",
    detectors=(
        WindowDetector(
            name="columns",
            title="Evidently drift preset, any column",
            rule="any column: Wasserstein distance over the baseline's sd ≥ 0.1 (numbers), Jensen–Shannon distance ≥ 0.1 (categories), "
            "AUC of a classifier of texts > 0.55",
            source=DOCS,
            parameters={"method": None, "threshold": None},
            judge=judge,
            effort=ALL,
        ),
        WindowDetector(
            name="dataset",
            title="Evidently drift preset, half of the columns",
            rule="at least half of the columns drift, each as above",
            source="evidently/presets/drift.py, DataDriftPreset(drift_share=0.5)",
            parameters={"drift_share": 0.5},
            judge=judge_dataset,
            effort=ALL,
            not_covered=lambda scenario: None if len(scenario.columns) > 1 else "is the same where there is one column",
        ),
        WindowDetector(
            name="descriptors",
            title="Evidently drift of text descriptors",
            rule="any of TextLength, WordCount and NonLetterCharacterPercentage drifts, as numbers do above",
            source="evidently/descriptors; the descriptors are the reader's choice",
            parameters={"descriptors": ["TextLength", "WordCount", "NonLetterCharacterPercentage"]},
            judge=judge_descriptors,
            effort=ALL,
            not_covered=lambda scenario: None if "text" in kinds(scenario) else "is for texts",
        ),
        WindowDetector(
            name="missing",
            title="Evidently missing values' share",
            rule="any column: the test of the share of missing values fails: not within 10 % of the baseline's share",
            source="evidently/metrics, MissingValueCount with include_tests=True and a reference",
            parameters={"include_tests": True},
            judge=judge_missing,
            effort=ALL,
            not_covered=lambda scenario: None if scenario.name == "missing" else "watches missing values only",
        ),
    ),
)
