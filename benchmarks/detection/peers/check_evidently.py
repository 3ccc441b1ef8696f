"""Holds the shortcut of with_evidently.py against Evidently's own report, plots and all (0.3 s a window): the same columns must drift.

    python benchmarks/detection/peers/check_evidently.py <streams>
"""

import sys
from pathlib import Path

from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

import with_evidently
from streams import read_manifest, read_runs

CASES = ("mean-0.1", "missing", "category-new", "correlation-flip", "punctuation", "flights-weeks")
WINDOWS = 4


def preset(baseline, window):
    names = {kind: [c.name for c in window.columns if c.kind == kind] for kind in with_evidently.COLUMN_TYPES}
    definition = DataDefinition(
        numerical_columns=names["numeric"], categorical_columns=names["category"], text_columns=names["text"]
    )
    datasets = [Dataset.from_pandas(with_evidently.frame(rows), data_definition=definition) for rows in (window, baseline)]
    result = Report([DataDriftPreset()], include_tests=True).run(*datasets).dict()
    drifted = {}
    for test in result["tests"]:
        parameters = test["metric_config"]["params"]
        if "column" in parameters:
            drifted[parameters["column"]] = (test["status"].value == "FAIL", test["description"])
    return drifted


def main():
    directory = Path(sys.argv[1])
    scenarios = {scenario.name: scenario for scenario in read_manifest(directory)[1]}
    for name in CASES:
        scenario = scenarios[name]
        run = next(read_runs(directory, scenario, 1))
        size = min(scenario.windows, key=lambda size: abs(size - 1000))
        begin = max(0, scenario.changeAt - 2 * size)
        windows = [run.stream.cut(i, i + size) for i in range(begin, min(begin + WINDOWS * size, scenario.rows), size)]
        for window, ours in zip(windows, with_evidently.judge(run.baseline, windows)):
            theirs = preset(run.baseline, window)
            print(name, theirs)
            assert ours == {column for column, (drifted, _) in theirs.items() if drifted}, (ours, theirs)
    print("the same columns in every window")


if __name__ == "__main__":
    main()
