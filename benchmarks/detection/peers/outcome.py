"""What one detector did on one run of one scenario: how often it looked, when it alarmed."""

from collections import Counter
from dataclasses import dataclass, field
from math import isnan

import numpy as np

from detector import RowDetector, WindowDetector
from streams import Run, Scenario


@dataclass
class Outcome:
    looks: int = 0
    """Looks before the change."""
    alarms: int = 0
    episodes: int = 0
    """Alarms before the change, those at one look after another counted once."""
    delay: int | None = None
    """Rows from the change to the first alarm at or after it; None if there was none."""
    columns: Counter = field(default_factory=Counter)
    """Alarms before the change by column."""
    found: set = field(default_factory=set)
    """The columns of the first alarm after the change."""


def window_outcome(detector: WindowDetector, scenario: Scenario, run: Run, size: int, windows: list) -> Outcome:
    """`windows` begin at `first_row`; the change lies between two of them."""
    outcome = Outcome()
    begin = first_row(detector.effort[size].before, scenario.changeAt, size)
    alarmed = False
    for i, drifted in enumerate(detector.judge(run.baseline, windows)):
        end = begin + (i + 1) * size
        if end <= scenario.changeAt:
            outcome.looks += 1
            outcome.alarms += bool(drifted)
            outcome.episodes += bool(drifted) and not alarmed
            outcome.columns.update(drifted)
            alarmed = bool(drifted)
        elif drifted:
            outcome.delay = end - scenario.changeAt
            outcome.found = drifted
            break
    return outcome


def first_row(before: int | None, change_at: int, size: int = 1) -> int:
    """The first row looked at, so that windows end exactly at the change: whole windows only."""
    rows = change_at if before is None else min(before, change_at)
    return change_at - rows // size * size


def row_outcome(detector: RowDetector, scenario: Scenario, run: Run, number: int) -> Outcome:
    begin = first_row(detector.effort.before, scenario.changeAt)
    outcome = Outcome(looks=scenario.changeAt - begin)
    at = set()
    for column, (baseline, stream) in enumerate(zip(run.baseline.values, run.stream.values)):
        kind, name = scenario.columns[column].kind, scenario.columns[column].name
        if kind != "numeric":
            continue
        alarm = detector.start(number)
        warm = np.concatenate([baseline, stream[:begin]])
        for value in without_missing(warm if detector.warm_up is None else warm[-detector.warm_up :]):
            alarm(value)
        for row, value in enumerate(stream[begin : scenario.changeAt].tolist(), begin):
            if not isnan(value) and alarm(value):
                at.add(row)
                outcome.columns[name] += 1
        for row, value in enumerate(stream[scenario.changeAt :].tolist(), 1):
            if outcome.delay is not None and row > outcome.delay:
                break
            if not isnan(value) and alarm(value):
                outcome.found = {name} if row != outcome.delay else outcome.found | {name}
                outcome.delay = row
                break
    outcome.alarms = len(at)
    outcome.episodes = sum(row - 1 not in at for row in at)
    return outcome


def without_missing(values):
    return values[~np.isnan(values)].tolist()
