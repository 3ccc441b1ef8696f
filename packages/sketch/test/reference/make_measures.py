"""Writes measures.json beside it: what the parts of text, image, embedding, tensor and time are held against.

    pip install numpy==2.4.6 tzdata==2026.6 && python make_measures.py

A second implementation in the words of Python: NumPy's sums, unicodedata (14.0, in Python 3.11), zoneinfo. Large inputs are not in the file but
their seeds: both sides draw them from x <- 1664525 x + 1013904223 (mod 2^32), given as x / 2^32.
"""

import json
import math
import string
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

HERE = Path(__file__).parent
SAMPLE = 4096
WHITE_SPACE = set(" \t\n\x0b\x0c\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(c) for c in range(0x2000, 0x200B)}


def uniforms(seed, length):
    state, out = seed, np.empty(length)
    for i in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        out[i] = state / 2**32
    return out


def stride_for(count, multiple):
    stride = math.ceil(count / SAMPLE)
    while stride > 1 and math.gcd(stride, multiple) > 1:
        stride += 1
    return max(1, stride)


# --- text -------------------------------------------------------------------------------------------------------------

TEXTS = [
    "a", " ", "Hello, world!", "hello world", "  two  words  ", "aaa bbb", "1234 56", "a1b22c333", "C'est l'été — déjà !", "¿Qué? ¡No!",
    "日本語のテキスト、です。", "Привет, мир…", "مرحبا، ٣ كتب", "naïve café", "x\ty\nz\u00a0w\u3000v\u200bu", "$5.00 + 7% = ~$5.35 <approx>", "`code` | a^b",
    "€5 £3 ×2 ±1", "😀😀😀", "a😀b", "𝟘𝟙𝟚 𐄀", "e\u0301e\u0301", "\ufeffBOM", "tabs\x85next", "------", "..!!..", "The end.", "THE END", "0", "\u0000\u0000",
    "www.example.com/path?q=1&r=2#top", "(paren) [bracket] {brace}", "“smart” ‘quotes’ «guillemets»", "a\u2028b\u2029c", "१२३ ๑๒๓",
]  # fmt: skip


def text(value):
    kinds = [unicodedata.category(c) for c in value]
    n = len(value)
    words = "".join(" " if c in WHITE_SPACE else "x" for c in value).split()
    return [
        n,
        len(words),
        sum(k[0] == "P" or c in string.punctuation for c, k in zip(value, kinds)) / n,
        sum(k == "Nd" for k in kinds) / n,
        sum(ord(c) > 127 for c in value) / n,
        sum(a == b for a, b in zip(value, value[1:])) / n,
    ]


# --- image ------------------------------------------------------------------------------------------------------------


def drawn(seed, shape, kind):
    values = uniforms(seed, int(np.prod(shape)))
    if kind == "uint8":
        return np.floor(values * 256).astype(np.uint8).reshape(shape)
    return (values * 6 - 2).astype(np.dtype(kind)).reshape(shape)


def image(pixels):
    """Of an array [height, width, channels]."""
    height, width, channels = pixels.shape
    flat = pixels.astype(np.float64).reshape(-1, channels)
    grey = flat[:, 0] if channels < 3 else flat[:, :3] @ np.array([0.299, 0.587, 0.114])
    grey = grey[:: stride_for(height * width, height * width * channels)]
    return [height * width, width / height, float(grey.mean()), float(grey.std())]


def images():
    rows = []
    for height, width, channels in [(28, 28, 1), (30, 40, 1), (40, 30, 2), (30, 40, 3), (17, 5, 4), (224, 224, 3), (97, 640, 4), (300, 301, 1)]:
        pixels = drawn(len(rows) + 1, (height, width, channels), "uint8")
        given = {"width": width, "height": height, "channels": channels}
        rows.append({"seed": len(rows) + 1, "type": "uint8", **given, "expected": [image(pixels)]})
    for dims, order in [
        ([30, 40], "hw"), ([30, 40, 3], "hwc"), ([3, 30, 40], "chw"), ([1, 30, 40], "chw"), ([1, 3, 30, 40], "nchw"), ([1, 28, 28, 1], "nhwc"),
        ([4, 3, 20, 21], "nchw"), ([2, 10, 11, 4], "nhwc"), ([1, 3, 224, 224], "nchw"), ([1, 224, 224, 3], "nhwc"), ([2, 3, 96, 112], "nchw"),
    ]:  # fmt: skip
        for kind in ("uint8", "float32"):
            array = drawn(len(rows) + 1, dims, kind)
            for axis in "nhwc":
                if axis not in order:
                    array = array[None] if axis == "n" else array[..., None]
            axes = "n" * ("n" not in order) + order + "c" * ("c" not in order)
            batch = np.transpose(array, [axes.index(axis) for axis in "nhwc"])
            rows.append({"seed": len(rows) + 1, "type": kind, "dims": dims, "expected": [image(one) for one in batch]})
    return rows


# --- embedding --------------------------------------------------------------------------------------------------------


def mix(x):
    x = x.astype(np.uint32)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    return x ^ (x >> np.uint32(16))


def signs(dimensions, projections):
    """[dimensions, projections] of +1 and -1."""
    i = np.arange(dimensions)
    words = [mix(2 * i + word + 1) for word in (0, 1)]
    bits = [(words[k // 32] >> np.uint32(k % 32)) & np.uint32(1) for k in range(projections)]
    return np.array(bits).reshape(projections, dimensions).T.astype(np.float64) * 2 - 1


def embedding(vector, projections):
    norm = float(np.linalg.norm(vector))
    return [len(vector), norm, *(vector @ signs(len(vector), projections) / norm).tolist()]


def embeddings():
    rows = []
    for dims, kind, projections in [
        ([1], "float64", 8), ([3], "float64", 0), ([3], "float32", 64), ([384], "float32", 8), ([768], "float32", 8), ([768], "float64", 33),
        ([1, 128], "float32", 8), ([5, 64], "float32", 4), ([1536], "float32", 64), ([16384], "float32", 2),
    ]:  # fmt: skip
        array = drawn(100 + len(rows), dims, kind).astype(np.float64)
        expected = [embedding(vector, projections) for vector in np.atleast_2d(array)]
        rows.append({"seed": 100 + len(rows), "type": kind, "dims": dims, "projections": projections, "expected": expected})
    return rows


# --- tensor -----------------------------------------------------------------------------------------------------------


def tensor(array, every):
    flat = array.reshape(-1)
    flat = flat[:: 1 if every else stride_for(flat.size, flat.size)].astype(np.float64)
    return [float(flat.mean()), float(flat.std()), float(flat.min()), float(flat.max()), float((flat == 0).mean())]


def tensors():
    rows = []
    for dims, kind in [
        ([7], "float64"), ([3, 4, 5], "float32"), ([10, 10], "uint8"), ([4096], "float32"), ([4097], "float32"), ([1, 3, 224, 224], "float32"),
        ([150, 224, 3], "uint8"), ([9973], "float64"), ([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], "float32"), ([100, 100], "float16"),
    ]:  # fmt: skip
        array = drawn(200 + len(rows), dims, kind)
        expected = {"expected": tensor(array, False), "every": tensor(array, True)}
        rows.append({"seed": 200 + len(rows), "type": kind, "dims": dims, **expected})
    integers = [0, 1, -1, 2**31, -(2**31), 2**32 - 1, -(2**32), 2**53 - 1, 2**53 + 1, -(2**53) - 1, 2**62 + 12345, 2**63 - 1, -(2**63)]
    rows.append({"type": "int64", "values": [str(x) for x in integers], "expected": tensor(np.array(integers, dtype=np.int64), True)})
    naturals = [0, 1, 2**31, 2**32 + 5, 2**53 + 1, 2**63 + 1025, 2**64 - 1]
    rows.append({"type": "uint64", "values": [str(x) for x in naturals], "expected": tensor(np.array(naturals, dtype=np.uint64), True)})
    return rows


def halves():
    """Every 16-bit float that is finite, by its bits."""
    bits = np.arange(65536, dtype=np.uint16)
    numbers = bits.view(np.float16).astype(np.float64)
    steps = [b for b in range(0, 65536, 97) if math.isfinite(numbers[b])]
    return [[b, float(numbers[b])] for b in steps + [1, 0x3FF, 0x400, 0x7BFF, 0x8001, 0x8000, 0xFBFF]]


# --- time -------------------------------------------------------------------------------------------------------------

ZONES = [
    "UTC", "Europe/Lisbon", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia",
    "Pacific/Chatham", "America/Sao_Paulo", "Africa/Casablanca", "Europe/Dublin",
]  # fmt: skip


def times():
    rows = []
    for zone in ZONES:
        clock = ZoneInfo(zone)
        seconds = [int(1.3e9 + 4.0e8 * u) for u in uniforms(300 + len(rows), 12)]
        # An hour to either side of each change of offset in 2013 and 2011, and the change itself.
        for year in (2011, 2013):
            start = datetime(year, 1, 1, tzinfo=timezone.utc)
            hours = [start + timedelta(minutes=30 * i) for i in range(365 * 48)]
            for before, after in zip(hours, hours[1:]):
                if before.astimezone(clock).utcoffset() != after.astimezone(clock).utcoffset():
                    second = int(after.timestamp())
                    seconds += [second - 3600, second - 1, second, second + 1, second + 3600]
        for second in seconds:
            local = datetime.fromtimestamp(second, clock)
            hour = local.hour + local.minute / 60 + local.second / 3600
            rows.append([zone, second * 1000, hour, local.isoweekday() % 7])
    return rows


def instants():
    """ISO 8601 texts and their ms since the epoch; Python's isoformat, with what it leaves open taken as UTC."""
    rows = []
    for local in (datetime(2013, 1, 31, 17, 5, 30, 250000), datetime(1969, 12, 31, 23, 59, 59), datetime(2024, 2, 29), datetime(1, 1, 1, 1)):
        rows += [[local.isoformat(), local.replace(tzinfo=timezone.utc)], [local.isoformat(" "), local.replace(tzinfo=timezone.utc)]]
        for minutes in (0, 330, -150, 840):
            aware = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
            rows += [[aware.isoformat(), aware], [aware.strftime("%Y-%m-%dT%H:%M%z").rjust(21, "0"), aware.replace(second=0, microsecond=0)]]
    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    return [[text, (time - epoch) / timedelta(milliseconds=1)] for text, time in rows]


sections = {
    "texts": [[value, text(value)] for value in TEXTS],
    "images": images(),
    "embeddings": embeddings(),
    "tensors": tensors(),
    "halves": halves(),
    "times": times(),
    "instants": instants(),
}
lines = ",\n".join(
    f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]" for name, rows in sections.items()
)
(HERE / "measures.json").write_text("{\n" + lines + "\n}\n")
