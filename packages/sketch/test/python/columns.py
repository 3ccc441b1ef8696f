"""Rows by column, out of integer arithmetic alone. `columns.ts` beside this file has the same."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4] / "docs" / "python"))

import driftspan_baseline as script  # noqa: E402

num = script.numeric
cat = script.categorical
SENSITIVE_KEY = "the key of these tests"


def generator(seed):
    state = seed

    def advance():
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return state / 2**32

    return advance


def series(seed, rows, value):
    rnd = generator(seed)
    return [value(rnd, row) for row in range(rows)]


def sticky(seed, rows, change, value):
    rnd = generator(seed)
    held = value(rnd)
    values = []
    for _ in range(rows):
        if rnd() < change:
            held = value(rnd)
        values.append(held)
    return values


def normal(rnd):
    total = -6.0
    for _ in range(12):
        total += rnd()
    return total


def text_of(dataset):
    """The file that the script makes of a dataset."""
    name = dataset.pop("name")
    return script.dumps(script.baseline({"name": name, "version": "1"}, sensitive_key=SENSITIVE_KEY, **dataset))
