"""What the golden files are learned from. `cases.ts` makes the same: change both, then run make_goldens.py."""

import math
import sys

from columns import cat, normal, num, series, sticky

NONE, INF = math.nan, math.inf
MAX_VALUE, EPSILON, MIN_VALUE = sys.float_info.max, sys.float_info.epsilon, 5e-324
OBJECT = object()


def floor(x):
    return float(math.floor(x))


def numbers():
    n = 1200
    return {
        "name": "numbers",
        "features": {
            "uniform": num(series(1, n, lambda rnd, row: rnd())),
            "normal": num(series(2, n, lambda rnd, row: normal(rnd))),
            "ties": num(series(3, n, lambda rnd, row: floor(rnd() * rnd() * 40))),
            "atoms": num(series(4, n, lambda rnd, row: 0 if rnd() < 0.5 else rnd() - 0.25)),
            "crowded": num(series(5, n, lambda rnd, row: floor(rnd() * 13) + (0 if rnd() < 0.9 else rnd()))),
            "skewed": num(series(6, n, lambda rnd, row: floor((rnd() + rnd()) * 12) / 3)),
            "constant": num(series(7, n, lambda rnd, row: 0.1)),
            "largest": num(series(8, n, lambda rnd, row: -MAX_VALUE)),
            "signed zeros": num(series(9, n, lambda rnd, row: 0.0 if row % 2 == 0 else -0.0)),
            "wide": num(series(10, n, lambda rnd, row: (rnd() - 0.5) * (MAX_VALUE if rnd() < 0.5 else 1))),
            "squares": num(series(11, n, lambda rnd, row: (rnd() - 0.5) * 1e200)),
            "tiny": num(series(12, n, lambda rnd, row: rnd() * 1e-250)),
            "subnormal": num(series(13, n, lambda rnd, row: floor(rnd() * 1000) * MIN_VALUE)),
            "far": num(series(14, n, lambda rnd, row: 1e15 + floor(rnd() * 100) / 8)),
            "bigints": num(series(15, n, lambda rnd, row: 10**400 if row == 5 else 2**60 + math.floor(rnd() * 9999))),
            "booleans": num(series(16, n, lambda rnd, row: rnd() < 0.3)),
            "neighbours": num(series(17, n, lambda rnd, row: 1 if rnd() < 0.5 else 1 + EPSILON)),
            "eighths": num(series(18, n, lambda rnd, row: floor((rnd() - 0.5) * 4096) / 8)),
            "e+21": num(series(19, n, lambda rnd, row: (rnd() + 1) * 1e20)),
            "e-7": num(series(20, n, lambda rnd, row: (rnd() + 1) * 6e-7)),
            "absent": num(series(21, n, lambda rnd, row: None)),
            "broken": num(series(22, n, lambda rnd, row: "text")),
            "mixed": num(series(23, n, lambda rnd, row: ["5", None, rnd(), OBJECT, NONE][row % 5])),
            "infinite": num(series(24, n, lambda rnd, row: [INF, -INF, NONE, rnd(), 7][row % 5])),
            "once": num(series(25, n, lambda rnd, row: 3.25 if row == 7 else None)),
            "twice": num(series(26, n, lambda rnd, row: {7: 1, 8: 3}.get(row, NONE))),
        },
        "outputs": {
            "confidence": series(27, n, lambda rnd, row: NONE if row % 11 == 0 else rnd()),
            "value": series(28, n, lambda rnd, row: None if row % 2 == 0 else normal(rnd) * 100),
        },
        "provenance": {"source": 'numbers "of" \\ every kind ✈️', "createdAt": "2013-02-01T00:00:00Z"},
    }


def categories():
    n = 1400

    def one_of(values):
        return [values[row % len(values)] for row in range(n)]

    def rare(row):
        return "nine" if row < 9 else "ten" if row < 19 else f"r{row}" if row < 400 else "a"

    reals = [1e-7, 1e21, 0.1, -0.0, 100.0, 1e300, MIN_VALUE, 123456789012345680000.0, 0.000001, -1.5e-9]
    escaped = ['"', "\\", "\t", "\n", "\r", "\b", "\f", "\x00", "\x1f", "\x7f", "\u2028", "/", "<"]
    return {
        "name": 'categories "of" 😀 kinds',
        "features": {
            "skewed": cat(series(1, n, lambda rnd, row: "ABCDEFGH"[math.floor(rnd() * rnd() * 8)])),
            "unicode": cat(one_of(["\uff5e", "😀", "é", "e\u0301", "z", "Z", "中"])),
            "numbers": cat(one_of(reals)),
            "bigints": cat(one_of([2**60, -7, 10**30])),
            "mixed": cat(one_of([1.0, "1", True, "true", None, NONE, INF, OBJECT, "", None, False, -INF])),
            "escaped": cat(one_of(escaped)),
            "reserved": cat(one_of(["__proto__", "constructor", "_OTHER", "missing", "other", "toString"])),
            "long": cat(one_of(["x" * 256, "x" * 257, "😀" * 128, "😀" * 129])),
            "half a pair": cat(one_of(["\ud800", "a\udc00", "a"])),
            "limited": cat(series(2, n, lambda rnd, row: f"c{math.floor(rnd() * 9)}"), 3),
            "many": cat(series(3, n, lambda rnd, row: f"c{math.floor(rnd() * rnd() * 100)}")),
            "rare": cat([rare(row) for row in range(n)]),
            "none kept": cat([f"id-{row}" for row in range(n)], 1024),
            "absent": cat([None] * n),
            "invalid": cat([OBJECT] * n),
            'naïve "name"\n': cat(one_of(["a", "b"])),
            "😀" * 128: cat(one_of(["a", None])),
        },
        "outputs": {"label": series(6, n, lambda rnd, row: rnd() < 0.25)},
    }


def dependent(n):
    def letter(rnd):
        return "abc"[math.floor(rnd() * 3)]

    return {
        "independent": num(series(1, n, lambda rnd, row: rnd())),
        "slow": num(sticky(2, n, 0.02, normal)),
        "quick": num(sticky(3, n, 0.5, lambda rnd: rnd())),
        "cycle": num(series(4, n, lambda rnd, row: row % 24 + 8 * rnd())),
        "drifting": num(series(5, n, lambda rnd, row: row / n + rnd())),
        "lost": num(sticky(6, n, 0.05, lambda rnd: None if rnd() < 0.2 else rnd())),
        "lots": num(sticky(7, n, 0.1, lambda rnd: floor(rnd() * 4))),
        "constant": num([7] * n),
        "absent": num([None] * n),
        "coin": cat(series(10, n, lambda rnd, row: rnd() < 0.5)),
        "sticky category": cat(sticky(11, n, 0.05, lambda rnd: f"c{math.floor(rnd() * rnd() * 40)}")),
        "sticky other": cat(sticky(12, n, 0.1, lambda rnd: rnd() if rnd() < 0.3 else letter(rnd))),
        "sticky missing": cat(sticky(13, n, 0.1, lambda rnd: None if rnd() < 0.3 else letter(rnd))),
        "only other": cat([f"id-{row}" for row in range(n)]),
    }


def ordered():
    label = sticky(15, 1603, 0.1, lambda rnd: rnd() < 0.3)
    return {"name": "ordered", "features": dependent(1603), "outputs": {"label": label}, "time_ordered": True}


def times_of(seed, n, step):
    time = 1_356_998_400_000

    def later(rnd, row):
        nonlocal time
        time += math.floor(step(rnd))
        return time

    return series(seed, n, later)


def timed():
    hour = 3_600_000
    times = times_of(16, 2000, lambda rnd: 30 * hour * rnd() if rnd() < 0.02 else 2 * hour * rnd() * rnd())
    return {"name": "timed", "features": dependent(2000), "times": times}


def weeks():
    return {"name": "weeks", "features": dependent(1000), "times": times_of(17, 1000, lambda rnd: 34_560_000 * rnd())}


def minutes():
    times = times_of(18, 1500, lambda rnd: 0 if rnd() < 0.5 else 800 * rnd())
    times = [time + (row >> 9) / 4 for row, time in enumerate(times)]
    return {"name": "minutes", "features": dependent(1500), "times": times}


def standing():
    return {"name": "standing", "features": dependent(1000), "times": times_of(19, 1000, lambda rnd: 0)}


def identifiers():
    ids = ["early" if row < 20 else f"id-{row}" for row in range(100_060)]
    values = [*ids, *["early"] * 20, *["late"] * 500]
    number = [row * 7919 % 50_000 for row in range(len(values))]
    return {"name": "identifiers", "features": {"id": cat(values), "number": num(number)}}


def sensitive():
    """The columns of the other cases, each as a sensitive one."""
    columns = {**numbers()["features"], **categories()["features"], **dependent(1200)}
    columns = {name: column._replace(values=column.values[:1200], sensitive=True) for name, column in columns.items()}
    open_too = {"open number": num(columns["uniform"].values), "open category": cat(columns["skewed"].values)}
    return {"name": "sensitive", "features": {**columns, **open_too}, "time_ordered": True}


CASES = [numbers, categories, ordered, timed, weeks, minutes, standing, identifiers, sensitive]
