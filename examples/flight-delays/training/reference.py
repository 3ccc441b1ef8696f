"""Writes training/reference.json: what NumPy finds, month by month, in the rows the demo replays.

Run: python training/reference.py [--baseline model/flight-delay.baseline.json] [--out training/reference.json]

It takes from the baseline only the cuts, the categories and the counts; it bins every row and scores every month by itself.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd

ROOT = Path(__file__).parents[1]
CATEGORICAL = ["carrier", "origin", "dest"]
LABELS = np.array(["on-time", "late"])
"""Order of the columns of `probabilities`."""


def predict(flights: pd.DataFrame) -> pd.DataFrame:
    """Adds the two output columns: the label, and the confidence, which is the probability of that label (float32, widened)."""
    session = onnxruntime.InferenceSession(ROOT / "model" / "flight-delay.onnx")
    numbers = session.get_modelmeta().custom_metadata_map["numbers"].split(",")
    feeds = {name: flights[[name]].to_numpy(dtype=object) for name in CATEGORICAL}
    label, probabilities = session.run(["label", "probabilities"], feeds | {"numbers": flights[numbers].to_numpy(dtype=np.float32)})
    confidence = probabilities[np.arange(len(label)), (label == LABELS[1]).astype(int)]
    return flights.assign(**{"prediction.label": label, "prediction.confidence": confidence.astype(np.float64)})


def numeric_counts(values: pd.Series, cuts: list[float]) -> dict:
    """Counts per bin; bin i is (cuts[i-1], cuts[i]], the outer two open-ended. NaN is missing, ±Infinity invalid."""
    x = values.to_numpy(dtype=np.float64)
    bins = np.searchsorted(cuts, x[np.isfinite(x)], side="left")
    return {
        "counts": np.bincount(bins, minlength=len(cuts) + 1).tolist(),
        "missing": int(np.isnan(x).sum()),
        "invalid": int(np.isinf(x).sum()),
    }


def categorical_counts(values: pd.Series, categories: list[str]) -> dict:
    """Counts per category in the baseline's order, the rest in `other`. Null is missing."""
    present = values.dropna()
    index = pd.Index(categories).get_indexer(present)
    return {
        "counts": np.bincount(index[index >= 0], minlength=len(categories)).tolist(),
        "other": int((index < 0).sum()),
        "missing": len(values) - len(present),
        "invalid": 0,
    }


def psi(current: np.ndarray, baseline: np.ndarray) -> float:
    """Population stability index, no unit: half a count added to each of K bins, so that an empty bin has a logarithm."""
    q = (current + 0.5) / (current.sum() + 0.5 * len(current))
    p = (baseline + 0.5) / (baseline.sum() + 0.5 * len(baseline))
    return float(np.sum((q - p) * np.log(q / p)))


def ks(current: np.ndarray, baseline: np.ndarray) -> float:
    """Kolmogorov-Smirnov distance at the bin edges, 0 to 1: a lower bound of the distance between the samples."""
    return float(np.max(np.abs(np.cumsum(current) / current.sum() - np.cumsum(baseline) / baseline.sum())))


def judged_bins(counts: dict) -> np.ndarray:
    """The bins that PSI compares: ranges or categories, and `other` where the feature has one; missing and invalid stay out."""
    return np.array(counts["counts"] + ([counts["other"]] if "other" in counts else []), dtype=np.float64)


def feature_of_month(flights: pd.DataFrame, feature: dict) -> dict:
    values = flights[feature["name"]]
    if feature["kind"] == "numeric":
        counted = numeric_counts(values, feature["cuts"])
        distances = {"ks": ks(judged_bins(counted), judged_bins(feature))}
    else:
        counted, distances = categorical_counts(values, feature["categories"]), {}
    return counted | {"psi": psi(judged_bins(counted), judged_bins(feature))} | distances


def month_of_year(flights: pd.DataFrame, month: int, features: list[dict]) -> dict:
    """Accuracy is over flights with a known outcome, by the month of the flight; everything else over all its flights."""
    known = flights[flights["late"].notna()]
    predicted_late = flights["prediction.label"] == "late"
    return {
        "month": month,
        "flights": len(flights),
        "outcomeKnown": len(known),
        "late": float(known["late"].astype(bool).mean()),
        "accuracy": float((predicted_late[known.index] == known["late"].astype(bool)).mean()),
        "confidence": float(flights["prediction.confidence"].mean()),
        "predictedLate": float(predicted_late.mean()),
        "features": {feature["name"]: feature_of_month(flights, feature) for feature in features},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baseline", type=Path, default=ROOT / "model" / "flight-delay.baseline.json")
    parser.add_argument("--out", type=Path, default=ROOT / "training" / "reference.json")
    args = parser.parse_args()

    baseline = json.loads(args.baseline.read_text())
    if baseline["schema"] != "driftspan.baseline/v1":
        raise SystemExit(f"baseline schema is {baseline['schema']!r}, expected 'driftspan.baseline/v1'")
    flights = predict(pd.read_parquet(ROOT / "data" / "flights-2013.parquet"))
    features = baseline["features"] + baseline.get("outputs", [])
    if unknown := [f["name"] for f in features if f["name"] not in flights]:
        raise SystemExit(f"the baseline has features that are no column of the data: {', '.join(unknown)}")
    months = [month_of_year(of_month, int(month), features) for month, of_month in flights.groupby("month")]
    reference = {"model": baseline["model"], "baselineRows": baseline["rows"], "months": months}
    args.out.write_text(json.dumps(reference, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{args.out.name}: {len(months)} months, {len(features)} features, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
