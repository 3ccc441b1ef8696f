"""Reads what `write-streams.js` wrote. `../README.md` has the layout."""

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    """numeric, category or text."""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    file: str
    columns: tuple[Column, ...]
    baselineRows: int
    rows: int
    changeAt: int
    runs: int
    windows: tuple[int, ...]

    @property
    def changes(self):
        return self.changeAt < self.rows


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows by column, in the columns' order: float64 (missing is NaN, a category its index), or objects for texts.

    Compared by identity, so that what was computed for a window can be kept by it.
    """

    columns: tuple[Column, ...]
    values: tuple[np.ndarray, ...]

    def __len__(self):
        return len(self.values[0])

    def cut(self, begin, end):
        return Rows(self.columns, tuple(values[begin:end] for values in self.values))

    def named(self):
        """Pairs of column and values; categories as their names, missing values as they are."""
        for column, values in zip(self.columns, self.values):
            yield column, np.array(column.categories, dtype=object)[values.astype(int)] if column.kind == "category" else values


@dataclass(frozen=True)
class Run:
    baseline: Rows
    stream: Rows


def read_manifest(directory: Path):
    """Gives the version of the streams and the scenarios in their order."""
    manifest = json.loads((directory / "manifest.json").read_text())
    scenarios = [
        Scenario(
            **{
                **entry,
                "columns": tuple(Column(c["name"], c["kind"], tuple(c.get("categories", ()))) for c in entry["columns"]),
                "windows": tuple(entry["windows"]),
            }
        )
        for entry in manifest["scenarios"]
    ]
    return manifest["version"], scenarios


def read_runs(directory: Path, scenario: Scenario, count: int):
    """The first `count` runs, one after the other; a run at a time is in memory."""
    length = scenario.baselineRows + scenario.rows
    with open(directory / scenario.file, "rb") as file:
        for _ in range(count):
            if scenario.file.endswith(".jsonl"):
                values = [np.array([json.loads(line) for line in islice(file, length)], dtype=object)]
            else:
                values = np.fromfile(file, "<f8", length * len(scenario.columns)).reshape(len(scenario.columns), length)
            whole = Rows(scenario.columns, tuple(values))
            yield Run(whole.cut(0, scenario.baselineRows), whole.cut(scenario.baselineRows, length))
