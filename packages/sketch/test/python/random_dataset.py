"""Datasets out of a seed. `random-dataset.ts` beside this file makes the same of the same seed."""

import math

from columns import cat, generator, normal, num, series, sticky

SCALES = [1, 0.1, 3, 1e-7, 1e9, 1e21, 1e150, 1e300, 1e-200, 5e-324]
OFFSETS = [0, 0, 0, 1, -3.5, 1e6, -1e16]
STEPS_MS = [50, 60_000, 3_600_000, 40_000_000, 900_000_000]
RARELY = [0, 0, 0.03, 0.4]
CHANGES = [1, 1, 0.5, 0.1, 0.02]
OBJECT = object()


def random_dataset(seed):
    rnd = generator(seed * 7919 + 1)

    def pick(count):
        return math.floor(rnd() * count)

    def one_of(items):
        return items[pick(len(items))]

    rows = 1000 + pick(2001)

    def column():
        value = one_of(VALUES)(one_of(SCALES), one_of(OFFSETS), 1 + pick(70))
        missing, invalid, change = one_of(RARELY), one_of(RARELY), one_of(CHANGES)

        def given(random):
            x = random()
            return None if x < missing else OBJECT if x < missing + invalid else value(random)

        values = sticky(pick(2**31), rows, change, given)
        limit = 1 + pick(80)
        sensitive = pick(3) == 0
        return num(values, sensitive) if pick(2) == 0 else cat(values, limit, sensitive)

    features = {f"feature {i}": column() for i in range(1 + pick(4))}
    label = column().values
    order = pick(3)
    step = one_of(STEPS_MS)
    time = 1_356_998_400_000

    def later(random, row):
        nonlocal time
        time += math.floor(step * random() * random())
        return time

    times = series(pick(2**31), rows, later)
    in_order = {"time_ordered": True} if order == 1 else {"times": times} if order == 2 else {}
    return {"name": f"random {seed}", "features": features, "outputs": {"label": label}, **in_order}


def level(rnd, levels):
    return float(math.floor(rnd() * levels))


VALUES = [
    lambda scale, offset, levels: lambda rnd: rnd() * scale + offset,
    lambda scale, offset, levels: lambda rnd: normal(rnd) * scale + offset,
    lambda scale, offset, levels: lambda rnd: float(math.floor(rnd() * rnd() * levels)) * scale,
    lambda scale, offset, levels: lambda rnd: level(rnd, levels) / 8 if rnd() < 0.6 else rnd() * scale + offset,
    lambda scale, offset, levels: lambda rnd: scale / (rnd() + 1e-9),
    lambda scale, offset, levels: lambda rnd: level(rnd, 1e6) / 1000,
    lambda scale, offset, levels: lambda rnd: rnd() < 0.2,
    lambda scale, offset, levels: lambda rnd: f"t{math.floor(rnd() * rnd() * levels)}",
    lambda scale, offset, levels: lambda rnd: level(rnd, levels) / 7 * scale,
    lambda scale, offset, levels: lambda rnd: chr(math.floor(rnd() * levels) * 15_731),
    lambda scale, offset, levels: lambda rnd: "x" * (math.floor(rnd() * levels) * 6),
]
