"""NannyML: its calculators of drift, fitted on the baseline in chunks as long as a window."""

import logging
import os
import warnings

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import nannyml
import pandas as pd

from detector import Effort, Peer, WindowDetector, kinds
from streams import Rows

logging.getLogger("nannyml").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", module="nannyml")


def frame(parts):
    return pd.concat([pd.DataFrame({column.name: values for column, values in part.named()}) for part in parts], ignore_index=True)


def chunks(calculator, baseline: Rows, windows: list[Rows], **arguments):
    """The results of the windows, a row each, of a calculator fitted with chunks of their size."""
    names = [column.name for column in baseline.columns]
    fitted = calculator(column_names=names, chunk_size=len(windows[0]), **arguments).fit(frame([baseline]))
    results = fitted.calculate(frame(windows)).filter(period="analysis").to_df()
    assert len(results) == len(windows)
    return results


def judge_univariate(baseline: Rows, windows: list[Rows]):
    results = chunks(nannyml.UnivariateDriftCalculator, baseline, windows)
    alerts = {column.name: results[(column.name, "jensen_shannon", "alert")].tolist() for column in baseline.columns}
    for i in range(len(windows)):
        yield {name for name, alert in alerts.items() if alert[i]}


def judge_reconstruction(baseline: Rows, windows: list[Rows]):
    alerts = chunks(nannyml.DataReconstructionDriftCalculator, baseline, windows)[("reconstruction_error", "alert")]
    for alert in alerts.tolist():
        yield {"reconstruction"} if alert else set()


def judge_missing(baseline: Rows, windows: list[Rows]):
    results = chunks(nannyml.MissingValuesCalculator, baseline, windows)
    alerts = {column.name: results[(column.name, "alert")].tolist() for column in baseline.columns}
    for i in range(len(windows)):
        yield {name for name, alert in alerts.items() if alert[i]}


EFFORT = {1000: Effort(60), 100: Effort(20, before=5000), 6000: Effort(4)}

PEER = Peer(
    name="nannyml",
    title="NannyML",
    packages=("nannyml", "numpy", "pandas", "scipy", "scikit-learn"),
    note="The threshold is the mean and three standard deviations of the statistic over the baseline's own chunks: ten of them at windows of 1,000.",
    detectors=(
        WindowDetector(
            name="univariate",
            title="NannyML univariate drift",
            rule="any column: Jensen–Shannon distance above the mean of the baseline's chunks and 3 of their sd",
            source="nannyml/drift/univariate/calculator.py, UnivariateDriftCalculator and DEFAULT_THRESHOLDS; docs/tutorials/thresholds",
            parameters={"continuous_methods": ["jensen_shannon"], "categorical_methods": ["jensen_shannon"], "std_upper_multiplier": 3},
            judge=judge_univariate,
            effort=EFFORT,
        ),
        WindowDetector(
            name="reconstruction",
            title="NannyML multivariate drift (PCA)",
            rule="the error of reconstruction from the principal components that hold 65 % of the variance leaves the mean of the baseline's chunks by 3 of their sd",
            source="nannyml/drift/multivariate/data_reconstruction/calculator.py, DataReconstructionDriftCalculator",
            parameters={"n_components": 0.65, "std_lower_multiplier": 3, "std_upper_multiplier": 3},
            judge=judge_reconstruction,
            effort=EFFORT,
            not_covered=lambda scenario: None if len(scenario.columns) > 1 else "needs more than one column",
        ),
        WindowDetector(
            name="missing",
            title="NannyML missing values",
            rule="any column: the rate of missing values leaves the mean of the baseline's chunks by 3 of their sd",
            source="nannyml/data_quality/missing/calculator.py, MissingValuesCalculator",
            parameters={"normalize": True, "std_lower_multiplier": 3, "std_upper_multiplier": 3},
            judge=judge_missing,
            effort=EFFORT,
            not_covered=lambda scenario: None if scenario.name == "missing" else "watches missing values only",
        ),
    ),
)
