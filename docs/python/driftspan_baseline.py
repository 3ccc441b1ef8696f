"""Writes a driftspan.baseline/v1 file from arrays, lists, pandas columns or a CSV file.

Python 3.9, NumPy 1.24 or later. The file is, byte for byte, what learnBaseline and stringifyBaseline of @driftspan/sketch
give for the same rows, up to the 2^20 that they keep exactly. The reasons for formulas and bounds stand there.
"""

import argparse
import csv
import hashlib
import hmac
import json
import math
import numbers
import os
import re
import struct
import sys
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import numpy as np

OUTPUTS = {"label": "categorical", "confidence": "numeric", "value": "numeric"}
TASKS = ("classification", "regression", "ranking", "embedding")
DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
ISO_8601 = re.compile(rf"{DATE}(T{CLOCK}(:[0-5][0-9](\.[0-9]{{1,9}})?)?(Z|[+-]{CLOCK}))?")
MAX_BINS = 16
DAY_MS = 86_400_000
DAYS = [1, 2, 4, 7, 14, 28, 56, 112, 224, 448, 896]
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
Column = namedtuple("Column", "kind values limit sensitive", defaults=[None, False])
Order = namedtuple("Order", "timed span lengths positions")


class BaselineError(ValueError):
    """What is refused, with the `code` under which @driftspan/sketch refuses it."""

    def __init__(self, code, where, met, expected):
        super().__init__(f"{where}: met {met}, expected {expected} ({code})")
        self.code = code


def numeric(values, sensitive=False):
    """A feature on a scale. None, NaN, NaT and NA are missing; infinities and whatever is no number are invalid.

    sensitive: the file has no min, max, mean and sd of it, and no bin in which few values lie.
    """
    return Column("numeric", values, None, sensitive)


def categorical(values, limit=64, sensitive=False):
    """A feature of named values; the `limit` most frequent are kept. Numbers are named as JavaScript writes them.

    sensitive: the file has the names as hashes under the `sensitive_key` of `baseline`.
    """
    if not isinstance(limit, int) or not 1 <= limit <= 1024:
        raise BaselineError("ERR_MODEL", "categorical limit", repr(limit), "an integer from 1 to 1024")
    return Column("categorical", values, limit, sensitive)


def baseline(model, features, outputs=None, times=None, time_ordered=False, provenance=None, sensitive_key=None):
    """The baseline as a dict, of which `dumps` makes the file.

    model: name, version and, if there are any, transforms and task. features: columns by name, in the order of the
    model; one of numbers alone is numeric, one of texts alone categorical, and others are given as numeric(…) or
    categorical(…). outputs: label, confidence, value. times: when each row happened, never falling, as datetimes or ms
    since 1970; time_ordered: rows without times are in order all the same. provenance: source, createdAt.
    sensitive_key: the model's `sensitiveKey`, a text or bytes; needed where categories are sensitive.
    """
    model, provenance = checked_model(model), checked_provenance(provenance)
    columns = {name: checked_column(name, given) for name, given in features.items()}
    if len(columns) > 1000:
        raise BaselineError("ERR_MODEL", "features", f"{len(columns)} features", "at most 1000")
    answers = {
        f"prediction.{key}": Column(OUTPUTS[key], items(f"outputs.{key}", values), 64)
        for key, values in known_fields("ERR_ROWS", "outputs", outputs or {}, OUTPUTS).items()
    }
    sizes = [len(column.values) for column in [*columns.values(), *answers.values()]]
    rows = max(sizes, default=0)
    if len(set(sizes)) > 1:
        raise BaselineError("ERR_ROWS", "columns", f"{min(sizes)} to {rows} values", "one a row in each")
    order = order_of_rows(rows) if time_ordered else None
    if times is not None:
        order = order_of_times(milliseconds(times, rows))
    if rows < 1000:
        raise BaselineError("ERR_BASELINE_TOO_SMALL", "rows", f"{rows} rows", "at least 1000")
    hash_of = checked_hash(sensitive_key, columns)
    blocks = [blocks_of(order, length) for length in order.lengths] if order else []
    learned = [learn(name, column, blocks, hash_of) for name, column in columns.items()]
    present = [learn(name, column, blocks, hash_of) for name, column in answers.items()]
    present = [output for output in present if output["missing"] < rows]
    if not learned and not present:
        raise BaselineError("ERR_MODEL", "features", "no feature, and rows without output", "at least one of either")
    return {
        "schema": "driftspan.baseline/v1",
        "model": model,
        "rows": rows,
        **({"dependence": ladder_of(order, blocks)} if blocks else {}),
        **({} if provenance is None else {"provenance": provenance}),
        **({"sensitiveKeyId": hash_of("driftspan sensitive key")[:16]} if has_sensitive_categories(columns) else {}),
        "features": learned,
        "outputs": present,
    }


def dumps(document):
    """The text of the file, one line a feature; to be written in UTF-8 with its newlines as they are."""
    head = "".join(f"  {js(key)}: {js(document[key])},\n" for key in document if key not in ("features", "outputs"))
    lists = [",\n".join(f"    {js(item)}" for item in document[key]) for key in ("features", "outputs")]
    features, outputs = (f"[\n{text}\n  ]" if text else "[]" for text in lists)
    text = f'{{\n{head}  "features": {features},\n  "outputs": {outputs}\n}}\n'
    size = len(text.encode())
    if size > 16_000_000:
        raise BaselineError("ERR_BASELINE_TOO_LARGE", "baseline", f"{size} bytes", "at most 16000000")
    return text


# --- What is given ----------------------------------------------------------------------------------------------------


def checked_model(model):
    model = known_fields("ERR_MODEL", "model", model, ("name", "version", "transforms", "task"))
    for key in ("name", "version", *model):
        check_name(f"model.{key}", model.get(key))
    if model.get("task", TASKS[0]) not in TASKS:
        raise BaselineError("ERR_MODEL", "model.task", repr(model["task"]), ", ".join(TASKS))
    return model


def has_sensitive_categories(columns):
    return any(column.sensitive and column.kind == "categorical" for column in columns.values())


def checked_hash(key, columns):
    """What the name of a sensitive category is hashed with: HMAC-SHA256 under the key, 32 hex digits of it."""
    if key is None and not has_sensitive_categories(columns):
        return None
    key = key.encode() if is_text(key, sys.maxsize) else key
    if not isinstance(key, (bytes, bytearray)) or len(key) < 16:
        raise BaselineError("ERR_MODEL", "sensitive_key", "another", "a text or bytes, 16 bytes or more")
    return lambda text: hmac.new(key, text.encode(), "sha256").hexdigest()[:32]


def checked_provenance(provenance):
    if provenance is None:
        return None
    fields = known_fields("ERR_BASELINE_CORRUPT", "provenance", provenance, ("source", "createdAt"))
    code, source, created = "ERR_BASELINE_PROVENANCE", fields.get("source", ""), fields.get("createdAt", "2013-01-01")
    if not is_text(source, 1024):
        raise BaselineError(code, "provenance.source", repr(source)[:60], "a text of at most 1024 characters")
    if not isinstance(created, str) or not ISO_8601.fullmatch(created):
        raise BaselineError(code, "provenance.createdAt", repr(created)[:60], "an ISO 8601 date")
    return fields


def known_fields(code, where, given, known):
    """The fields that are there, in the order of `known`."""
    for key in given:
        if key not in known:
            raise BaselineError(code, where, f"the field {key!r}", f"only {', '.join(known)}")
    return {key: given[key] for key in known if given.get(key) is not None}


def check_name(where, name):
    if not is_text(name, 256) or name in ("", "__proto__"):
        raise BaselineError("ERR_MODEL", where, repr(name)[:60], 'a text of 1 to 256 characters, not "__proto__"')


def is_text(value, most):
    """Unicode without half a surrogate pair, of at most so many UTF-16 units."""
    if not isinstance(value, str) or re.search("[\ud800-\udfff]", value):
        return False
    return len(value.encode("utf-16-le")) <= 2 * most


def checked_column(name, given):
    where = f"feature {name!r}"
    check_name(where, name)
    if name in [f"prediction.{key}" for key in OUTPUTS]:
        raise BaselineError("ERR_MODEL", where, "the name of an output", "another name")
    if isinstance(given, Column):
        if not isinstance(given.sensitive, bool):
            raise BaselineError("ERR_MODEL", where, f"sensitive {given.sensitive!r}"[:60], "True or False")
        return given._replace(values=items(where, given.values))
    values = items(where, given)
    kinds = {"numeric"} if isinstance(values, np.ndarray) else {kind_of(x) for x in values if not is_missing(x)}
    if kinds not in ({"numeric"}, {"categorical"}):
        raise BaselineError("ERR_MODEL", where, "neither numbers alone nor texts alone", "numeric(…) or categorical(…)")
    return numeric(values) if kinds == {"numeric"} else categorical(values)


def kind_of(value):
    if isinstance(value, str):
        return "categorical"
    return "numeric" if is_number(value) and not isinstance(value, bool) else "either"


def items(where, values):
    """The value of every row: an array of numbers, or a list in which each value keeps its own type."""
    if isinstance(values, (list, tuple)):
        return values
    array = values if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
    if array.ndim != 1:
        raise BaselineError("ERR_ROWS", where, f"{array.ndim} dimensions", "one, with a value for each row")
    if isinstance(array, np.ma.MaskedArray):
        return array.tolist()  # None where masked
    if array.dtype.kind in "iuf":
        return array
    return array.tolist() if array.dtype.kind in "bUO" else list(array)


def milliseconds(times, rows):
    """When each row happened, in ms since 1970."""
    values = items("times", times)
    ms = np.array(values if isinstance(values, np.ndarray) else [ms_of(time) for time in values], np.float64)
    if len(ms) != rows:
        raise BaselineError("ERR_ROWS", "times", f"{len(ms)} times", f"{rows}, one for each row")
    for wrong in np.flatnonzero(~np.isfinite(ms))[:1]:
        raise BaselineError("ERR_ROWS", f"times[{wrong}]", "no time", "a datetime or milliseconds since 1970")
    for wrong in np.flatnonzero(ms[1:] < ms[:-1])[:1] + 1:
        raise BaselineError("ERR_ROWS", f"times[{wrong}]", "a time before that of the row above", "rows sorted by time")
    return ms


def ms_of(time):
    """NaN for what is no time. Without a time zone it is taken as UTC, like a datetime64."""
    time = time.astype("datetime64[ms]").item() if isinstance(time, np.datetime64) else time
    if not isinstance(time, datetime):
        return number_of(time) if is_number(time) and not isinstance(time, bool) else math.nan
    return ((time.replace(tzinfo=timezone.utc) if time.tzinfo is None else time) - EPOCH) // timedelta(milliseconds=1)


# --- Values -----------------------------------------------------------------------------------------------------------


def is_number(value):
    return isinstance(value, (numbers.Real, Decimal))


def is_missing(value):
    if value is None or type(value).__name__ in ("NAType", "NaTType"):  # those of pandas
        return True
    return isinstance(value, (numbers.Real, Decimal, np.datetime64, np.timedelta64)) and bool(value != value)


def number_of(value):
    """NaN for what is missing, ±Infinity for what is invalid."""
    if is_missing(value):
        return math.nan
    try:
        return float(value) if is_number(value) or isinstance(value, np.bool_) else math.inf
    except OverflowError:
        return math.inf


def category_of(value):
    """None for what is missing, False for what is invalid."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    number = number_of(value)
    return None if math.isnan(number) else False if math.isinf(number) else js_number(number)


def js(value):
    """JSON as JavaScript writes it."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{js(key)}:{js(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(js, value)) + "]"
    return js_number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def js_number(x):
    """A finite double as JavaScript writes it: 100, 1e-7, 1e+21."""
    mantissa, _, exponent = repr(abs(float(x))).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(digits) - len(fraction) + int(exponent or 0)  # so many of the digits stand before the point
    digits = digits.rstrip("0")
    if not digits:
        return "0"
    if -6 < point <= 0:
        text = "0." + "0" * -point + digits
    elif point <= 0 or point > 21:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    else:
        text = digits[:point].ljust(point, "0") + ("." + digits[point:] if digits[point:] else "")
    return "-" + text if x < 0 else text


def to_precision(x, digits):
    """Rounded to so many significant digits, half away from zero."""
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal_from_float(x))


# --- Features ---------------------------------------------------------------------------------------------------------


def learn(name, column, blocks, hash_of):
    if column.kind == "numeric":
        return learn_numeric(name, column.values, blocks, column.sensitive)
    return learn_categorical(name, column.values, column.limit, blocks, hash_of if column.sensitive else None)


def learn_numeric(name, values, blocks, sensitive):
    rows = np.array(values if isinstance(values, np.ndarray) else [number_of(value) for value in values], np.float64)
    valid = np.isfinite(rows)
    ordered = np.sort(rows[valid] + 0.0)  # + 0.0 makes -0 and 0 one value
    cuts, below, above = numeric_cuts(ordered, sensitive)
    counts = np.diff(np.searchsorted(ordered, cuts, "right"), prepend=0, append=len(ordered)).tolist()
    missing = int(np.isnan(rows).sum())
    invalid = len(rows) - len(ordered) - missing
    groups, group_of = groups_of(counts)
    cells = np.where(valid, group_of[np.searchsorted(cuts, rows)], groups)
    return {
        "kind": "numeric",
        "name": name,
        "id": id_of("numeric", ",".join(struct.pack(">d", cut).hex() for cut in cuts), counts, [missing, invalid]),
        **({"sensitive": True} if sensitive else {}),
        "cuts": cuts,
        "labels": labels_of(cuts, below, above),
        "counts": counts,
        "missing": missing,
        "invalid": invalid,
        **({} if sensitive else moments_of(ordered)),
        **dependence_of(cells, groups, None, blocks),
    }


def learn_categorical(name, values, limit, blocks, hash_of):
    code_of = {None: 0, False: 1, "\ud800": 2}  # missing, invalid, and other at once: what is too long or no Unicode
    codes = []
    for value in values.tolist() if isinstance(values, np.ndarray) else values:
        text = category_of(value)
        if text not in code_of and (len(code_of) == 100_000 + 3 or not is_text(text, 256)):
            text = "\ud800"
        codes.append(code_of.setdefault(text, len(code_of)))
    codes, texts = np.array(codes), list(code_of)
    seen = np.bincount(codes, minlength=len(texts)).tolist()
    frequent = [code for code in range(3, len(texts)) if seen[code] >= 10]
    names = {code: hash_of(texts[code]) if hash_of else texts[code] for code in frequent}
    kept = sorted(frequent, key=lambda code: (-seen[code], names[code].encode("utf-16-be")))[:limit]
    categories, counts = [names[code] for code in kept], [seen[code] for code in kept]
    missing, invalid = seen[:2]
    other = len(codes) - sum(counts) - missing - invalid
    groups, group_of = groups_of([*counts, other])
    cell_of = np.full(len(texts), len(kept))
    cell_of[kept] = np.arange(len(kept))
    cells = np.where(codes < 2, groups, group_of[cell_of[codes]])
    return {
        "kind": "categorical",
        "name": name,
        "id": id_of("categorical", js(categories), counts, [other, missing, invalid]),
        **({} if hash_of is None else {"sensitive": True}),
        "categories": categories,
        "counts": counts,
        "other": other,
        "missing": missing,
        "invalid": invalid,
        **dependence_of(cells, groups, (codes >= 2) & (cell_of[codes] == len(kept)), blocks),
    }


def id_of(kind, bounds, counts, rest):
    text = "\n".join([kind, bounds, ",".join(map(str, counts)), ",".join(map(str, rest))])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# --- Bins -------------------------------------------------------------------------------------------------------------


def numeric_cuts(ordered, sensitive):
    """The cuts, and the values below and above each."""
    if len(ordered) == 0:
        return [], [], []
    ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]) + 1, len(ordered))
    values = ordered[ends - 1].tolist()
    if len(values) == 1 and not sensitive:
        value, margin = values[0], max(abs(values[0]), 1) * 2.0**-20
        around = [(value - margin, -math.inf, value - margin / 2), (value + margin, value + margin / 2, math.inf)]
        return [list(column) for column in zip(*(edge for edge in around if math.isfinite(edge[0])))]
    positions = sensitive_positions(cut_positions(ends), ends) if sensitive else cut_positions(ends)
    below, above = [values[i] for i in positions], [values[i + 1] for i in positions]
    between = round_between if sensitive else midway
    return [between(a, b) for a, b in zip(below, above)], below, above


def sensitive_positions(positions, ends):
    """Those that leave 10 values in each bin, and more than 1/64 of them in either outer one."""
    kept, before, outer = [], 0, max(10, int(ends[-1]) // 64 + 1)
    for position in positions:
        enough = ends[position] - before >= (10 if kept else outer)
        if enough and ends[-1] - ends[position] >= outer:
            kept, before = [*kept, position], ends[position]
    return kept


def midway(a, b):
    middle = a / 2 + b / 2 if b - a == math.inf else a + (b - a) / 2
    return middle if a <= middle < b else a


def round_between(a, b):
    """Of the middle half of the way, a number with the fewest significant digits."""
    middle = midway(a, b)
    low, high = midway(a, middle), midway(middle, b)
    rounded = (to_precision(middle, digits) for digits in range(1, 17))
    return next((cut for cut in rounded if low <= cut <= high), middle)


def cut_positions(ends):
    """The distinct values after which a cut falls; `ends[i]` rows are at or below the i-th."""
    positions = []
    for first, last, count, bins, _ in pieces_of(ends):
        before = ends[first - 1] if first else 0
        position = first
        for j in range(1, bins):
            # The running count nearest to j / bins of the piece, with a value left for each later bin.
            off = np.abs((ends[position : last - bins + j + 1] - before) * bins - j * count)
            positions.append(position + int(np.argmin(off)))
            position = positions[-1] + 1
        positions.append(last)
    return positions[:-1]


def pieces_of(ends):
    """Runs of distinct values, [first, last, rows, bins, is a gap]: values with 1/16 of the rows, and the gaps between."""
    pieces = []
    start = 0
    for atom in [*np.flatnonzero(np.diff(ends, prepend=0) * MAX_BINS >= ends[-1]).tolist(), len(ends)]:
        for first, last, gap in ((start, atom - 1, True), (atom, atom, False)):
            if first <= last < len(ends):
                pieces.append([first, last, int(ends[last] - (ends[first - 1] if first else 0)), 1, gap])
        start = atom + 1
    while len(pieces) > MAX_BINS:  # the smallest goes into its smaller neighbour
        counts = [math.inf, *(piece[2] for piece in pieces), math.inf]
        at = counts.index(min(counts))
        at -= 2 if counts[at - 1] <= counts[at + 1] else 1
        a, b = pieces[at : at + 2]
        pieces[at : at + 2] = [[a[0], b[1], a[2] + b[2], 1, False]]
    for _ in range(MAX_BINS - len(pieces)):  # one more bin to the gap with the most rows a bin
        gaps = [piece for piece in pieces if piece[4] and piece[1] - piece[0] + 1 > piece[3]]
        if gaps:
            max(gaps, key=lambda piece: Fraction(piece[2], piece[3]))[3] += 1
    return pieces


def labels_of(cuts, below, above):
    """Edges with the fewest digits, 3 or more, that keep each between the values around its cut."""
    for digits in range(3, 17):
        edges = [to_precision(cut, digits) for cut in cuts]
        rising = all(a < b for a, b in zip(edges, edges[1:]))
        if rising and all(a <= edge < b for a, edge, b in zip(below, edges, above)):
            break
    else:
        edges = cuts
    bounds = ["-inf", *map(js_number, edges), "inf"]
    return [f"{i:02d} ({bounds[i]},{bounds[i + 1]}{']' if i < len(cuts) else ')'}" for i in range(len(cuts) + 1)]


def moments_of(ordered):
    if len(ordered) == 0:
        return {"min": 0.0, "max": 0.0, "mean": 0.0, "sd": 0.0}
    low, high = float(ordered[0]), float(ordered[-1])
    largest = max(-low, high)
    scale = 2.0**-600 if largest > 2.0**450 else 2.0**700 if largest < 2.0**-450 else 1.0
    scaled_mean = min(max(compensated_sum(ordered * scale) / len(ordered), low * scale), high * scale)
    deviations = ordered * scale - scaled_mean
    variance = compensated_sum(deviations * deviations) / (len(ordered) - 1) if len(ordered) > 1 else 0.0
    mean = min(max(scaled_mean / scale, low), high) + 0.0
    return {"min": low, "max": high, "mean": mean, "sd": min(math.sqrt(variance) / scale, sys.float_info.max)}


def compensated_sum(values):
    """Neumaier's sum. np.cumsum adds one value after another, so that these are the bits of a loop."""
    sums = np.cumsum(np.append(0.0, values))
    before, after = sums[:-1], sums[1:]
    lost = np.where(np.abs(before) >= np.abs(values), before - after + values, values - after + before)
    return float(after[-1] + np.cumsum(np.append(0.0, lost))[-1])


# --- Dependence -------------------------------------------------------------------------------------------------------


def order_of_rows(rows):
    lengths = [8.0 * 2**i for i in range(32) if 8 * 2**i * 5 <= rows]
    return Order(False, float(rows), lengths, np.arange(rows, dtype=float))


def order_of_times(times):
    """Blocks of a day, its halves down to about 8 rows, and of 2 days to 128 weeks, up to a fifth of the time."""
    span = float(times[-1] - times[0]) if len(times) else 0.0
    lengths = [DAY_MS / 2**i for i in range(32 - len(DAYS), 0, -1)] + [float(days * DAY_MS) for days in DAYS]
    lengths = [length for length in lengths if span > 0 and 8 * span / len(times) <= length and length * 5 <= span]
    return Order(True, span, lengths, times - times[0]) if lengths else order_of_rows(len(times))


def blocks_of(order, length):
    """The block of every row, and how many blocks have ended; the last one has if it is full."""
    index = np.floor(order.positions / length)
    block = np.cumsum(np.append(0, index[1:] != index[:-1]))
    return block, int(block[-1]) + int(math.floor(order.span / length) != index[-1])


def ladder_of(order, blocks):
    if not order.timed:
        return {"blockRows": order.lengths}
    rows = [to_precision(float(np.mean(np.bincount(block)[:ended])), 4) for block, ended in blocks]
    return {"blockRows": rows, "blockMs": order.lengths, "spanMs": order.span}


def groups_of(counts):
    """How many groups the filled bins make, and the group of each: over 16, the two smallest go together."""
    sums = [count for count in counts if count > 0]
    cells = [[cell] for cell, count in enumerate(counts) if count > 0]
    while len(sums) > MAX_BINS:
        into, out = sorted(sorted(range(len(sums)), key=sums.__getitem__)[:2])
        sums[into] += sums.pop(out)
        cells[into] += cells.pop(out)
    group_of = np.zeros(len(counts), np.int64)
    for group, members in enumerate(cells):
        group_of[members] = group
    return len(cells), group_of


def dependence_of(cells, groups, is_other, blocks):
    """λ and k at each length. `cells` has the group of every row, or `groups` where it has no value."""
    shape, missing, other = [], [], []
    for block, ended in blocks:
        size = int(block[-1]) + 1
        counts = np.bincount(block * (groups + 1) + cells, minlength=size * (groups + 1)).reshape(size, -1)[:ended]
        valued = counts[:, :groups].sum(axis=1)
        shape.append(fit(counts[:, :groups]))
        missing.append(fit(np.stack([counts[:, groups], valued], axis=1)))
        if is_other is not None:
            others = np.bincount(block[is_other], minlength=size)[:ended]
            other.append(fit(np.stack([others, valued - others], axis=1)))
    result = dict(zip(("lambda", "k"), factors(shape)), missing=factors(missing)[0], other=factors(other)[0])
    if all(factor == 1 for factor in result["other"]):
        del result["other"]
    return {"dependence": result} if any(factor != 1 for at_lengths in result.values() for factor in at_lengths) else {}


def factors(fits):
    """λ and k at each length: those of the last fit there is, from the first that was triggered on, and 1 before."""
    lambdas, ks, last, dependent = [], [], None, False
    for found in fits:
        if found is not None:
            last, dependent = found, dependent or found[0]
        lambdas.append(to_precision(last[1], 4) if dependent else 1.0)
        ks.append(to_precision(last[2], 4) if dependent else 1.0)
    return lambdas, ks


def fit(counts):
    """Whether blocks move more than by chance, λ and k; None of fewer than two blocks."""
    n = counts.sum(axis=1)
    blocks = int((n > 0).sum())
    if blocks < 2:
        return None
    counts, n = counts[n > 0][:, counts.sum(axis=0) > 0].astype(float), n[n > 0].astype(float)
    freedom, values, size = blocks - 1, n.sum(), counts.shape[1]
    d = size - 1
    if d == 0:
        return False, 1.0, 1.0
    sums = counts.sum(axis=0)
    p = sums / values
    products = np.stack([in_turn((1 / n * counts[:, i])[:, None] * counts) for i in range(size)])
    moved = products - np.outer(p, sums) - np.outer(sums, p) + np.outer(values * p, p)
    lower = np.tril(moved / (freedom * np.sqrt(np.outer(p, p))))
    trace = in_turn(np.diag(lower))
    largest, vector = largest_eigenpair(lower + np.tril(lower, -1).T)
    roughness = in_turn(1 / n) / blocks
    of_sum = 2 * d + (in_turn(1 / p) - size * size - 2 * d) * roughness
    squares = (vector / np.sqrt(p) - in_turn(vector * np.sqrt(p))) ** 2
    second, fourth = in_turn(p * squares), in_turn(p * squares * squares)
    of_largest = 2 * second * second + (fourth - 3 * second * second) * roughness
    with np.errstate(invalid="ignore"):  # of blocks of one value each, less than nothing by a rounding: no movement
        triggered = trace > d + 3 * np.sqrt(of_sum / freedom)
        chance = 1 + math.sqrt(d / freedom)
        triggered = triggered or largest > chance * chance + 3 * np.sqrt(of_largest / freedom)
    factor = max(1.0, largest * (1 + math.sqrt(2 / freedom)))
    return bool(triggered), factor, max(1.0, trace / largest) if largest > 0 else 1.0


def largest_eigenpair(matrix):
    """By the package's own Jacobi rotations, for the same last bit: λ may lie midway between two numbers of 4 digits."""
    size = len(matrix)
    both = np.vstack([matrix, np.eye(size)])  # the matrix, and the vectors in columns
    matrix = both[:size]
    for _ in range(30):
        squares = (matrix * matrix).ravel()
        if in_turn(squares * (1 - np.eye(size)).ravel()) <= in_turn(squares) * 1e-28:
            break
        for p, q in ((p, q) for p in range(size) for q in range(p + 1, size)):
            between, difference = matrix[p, q].item(), (matrix[q, q] - matrix[p, p]).item()
            if between == 0:
                continue
            theta = difference / (2 * between)
            t = (-1 if theta < 0 else 1) / (abs(theta) + math.sqrt(theta * theta + 1))
            c = 1 / math.sqrt(t * t + 1)
            for columns in (both, matrix.T):
                a, b = columns[:, p].copy(), columns[:, q].copy()
                columns[:, p] = c * a - t * c * b
                columns[:, q] = t * c * a + c * b
    largest = int(np.argmax(matrix.diagonal()))
    return max(0.0, matrix[largest, largest].item()), both[size:, largest]


def in_turn(values):
    """Their sum from the first to the last: np.sum adds in another order."""
    return np.cumsum(values, axis=0)[-1]


# --- Command line -----------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description="Learns a driftspan.baseline/v1 file from a CSV file.")
    parser.add_argument("csv", help="UTF-8, with a header; an empty cell is a missing value")
    parser.add_argument("--model", required=True, help="name@version")
    parser.add_argument("--numeric", default="", help="columns, commas between; features keep the header's order")
    parser.add_argument("--categorical", default="", help="the same")
    parser.add_argument("--sensitive", default="", help="those of them that are; the key is in DRIFTSPAN_SENSITIVE_KEY")
    for option in (*OUTPUTS, "time"):
        parser.add_argument(f"--{option}", help="a column")
    parser.add_argument("--time-ordered", action="store_true", help="the rows are in order, without a column of times")
    for option in ("transforms", "task", "source", "created-at"):
        parser.add_argument(f"--{option}")
    parser.add_argument("-o", "--output", required=True)
    args = parser.parse_args()
    try:
        text = dumps(baseline_of_csv(args))
        with open(args.output, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except (BaselineError, OSError, UnicodeDecodeError, csv.Error) as error:
        sys.exit(f"driftspan_baseline: {error}")


def baseline_of_csv(args):
    with open(args.csv, encoding="utf-8-sig", newline="") as file:
        header, *rows = [row for row in csv.reader(file) if row] or [[]]
    for i, row in enumerate(rows):
        if len(row) != len(header):
            raise BaselineError("ERR_ROWS", f"rows[{i}]", f"{len(row)} cells", f"{len(header)}, as in the header")

    def cells(name, read):
        if header.count(name) != 1:
            raise BaselineError("ERR_ROWS", args.csv, f"{header.count(name)} columns named {name!r}", "one")
        at = header.index(name)
        return [read(row[at]) for row in rows]

    asked = {name: number_in for name in args.numeric.split(",") if name}
    asked.update({name: text_in for name in args.categorical.split(",") if name})
    kinds = {number_in: numeric, text_in: categorical}
    in_order = sorted(asked, key=[*header, *asked].index)
    sensitive = [name for name in args.sensitive.split(",") if name]
    for name in sensitive:
        if name not in asked:
            raise BaselineError("ERR_MODEL", "--sensitive", repr(name), "a column of --numeric or --categorical")
    features = {name: kinds[asked[name]](cells(name, asked[name]), sensitive=name in sensitive) for name in in_order}
    read = {"categorical": text_in, "numeric": number_in}
    outputs = {key: cells(vars(args)[key], read[kind]) for key, kind in OUTPUTS.items() if vars(args)[key]}
    times = cells(args.time, time_in) if args.time else None
    name, _, version = args.model.rpartition("@")
    model = {"name": name, "version": version, "transforms": args.transforms, "task": args.task}
    provenance = {"source": args.source, "createdAt": args.created_at} if args.source or args.created_at else None
    key = os.environ.get("DRIFTSPAN_SENSITIVE_KEY")
    return baseline(model, features, outputs, times, args.time_ordered, provenance, key)


def text_in(cell):
    return cell or None


def number_in(cell):
    """The cell itself, which is invalid, if it holds anything but a number."""
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def time_in(cell):
    """Milliseconds since 1970, or an ISO 8601 date and time."""
    number = number_in(cell)
    try:
        return datetime.fromisoformat(re.sub("Z$", "+00:00", cell)) if isinstance(number, str) else number
    except ValueError:
        return None


if __name__ == "__main__":
    main()
