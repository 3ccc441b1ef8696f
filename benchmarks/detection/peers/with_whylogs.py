"""whylogs: drift scores of profiles, with the algorithms and thresholds that it takes by default."""

import logging
import os
import warnings

os.environ["WHYLOGS_NO_ANALYTICS"] = "True"
warnings.filterwarnings("ignore")

import pandas as pd
import whylogs
from whylogs.viz.drift.column_drift_algorithms import calculate_drift_scores

from detector import Effort, Peer, WindowDetector
from streams import Rows

logging.getLogger("whylogs").setLevel(logging.ERROR)


def profile(rows: Rows):
    return whylogs.log(pandas=pd.DataFrame({column.name: values for column, values in rows.named()})).view()


def judge(baseline: Rows, windows: list[Rows]):
    reference = profile(baseline)
    for window in windows:
        scores = calculate_drift_scores(profile(window), reference, with_thresholds=True)
        yield {name for name, score in scores.items() if score is not None and score["drift_category"] == "DRIFT"}


PEER = Peer(
    name="whylogs",
    title="whylogs",
    packages=("whylogs", "whylogs-sketching", "numpy", "pandas", "scipy"),
    note="It tests sketches, not rows. `POSSIBLE_DRIFT` (p-value under 0.15) is not counted as an alarm.",
    detectors=(
        WindowDetector(
            name="drift",
            title="whylogs KS and chi-square of profiles",
            rule="any column is `DRIFT`: p-value < 0.05 of KS over 100 quantiles of the sketches (numbers), or of chi-square over the frequent items (strings)",
            source="whylogs/viz/drift/column_drift_algorithms.py, _get_drift_score; configs.py, KSTestConfig and ChiSquareConfig",
            parameters={"drift_map": None, "with_thresholds": True},
            judge=judge,
            effort={1000: Effort(60), 100: Effort(20, before=5000), 6000: Effort(4)},
        ),
    ),
)
