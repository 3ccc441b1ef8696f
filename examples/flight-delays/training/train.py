"""Trains model/flight-delay.onnx on January 2013 alone: will a flight arrive over 15 minutes late, from what is known before it leaves?

Run: python training/train.py    (under a minute; prints the tables of the model card)
"""

import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pandas as pd
from onnx import TensorProto, helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "model" / "flight-delay.onnx"

CATEGORICAL = ["carrier", "origin", "dest"]
NUMERIC = ["hour", "distance", "temp", "dewp", "humid", "wind_speed", "precip", "pressure", "visib"]
"""Columns of the `numbers` tensor, in order."""

RARE = 200
"""Categories with fewer January flights share one coefficient: too few for one of their own."""


def encoder(numbers) -> ColumnTransformer:
    """One-hot categories beside `numbers`, by position: the ONNX graph knows positions, not column names."""
    n = len(CATEGORICAL)
    return ColumnTransformer([
        ("categories", OneHotEncoder(handle_unknown="ignore", min_frequency=RARE, sparse_output=False), list(range(n))),
        ("numbers", numbers, slice(n, n + len(NUMERIC))),
    ])


def logistic() -> Pipeline:
    return make_pipeline(
        encoder(make_pipeline(SimpleImputer(strategy="median"), StandardScaler())),
        # Newton's method goes on to rounding error, so that the float32 coefficients do not depend on the number of threads.
        LogisticRegression(C=0.1, solver="newton-cholesky", tol=1e-10),
    )


def boosted_trees() -> Pipeline:
    """The rival that January's cross-validation turned down; shown because July would have preferred it."""
    return make_pipeline(
        encoder("passthrough"),
        HistGradientBoostingClassifier(max_iter=100, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=200, l2_regularization=10,
                                       early_stopping=False, random_state=0),
    )


def inputs(flights: pd.DataFrame) -> pd.DataFrame:
    """The model's columns in tensor order, numbers rounded to float32 as the ONNX model reads them."""
    return flights[CATEGORICAL + NUMERIC].astype(dict.fromkeys(NUMERIC, np.float32))


def feeds(flights: pd.DataFrame) -> dict[str, np.ndarray]:
    x = inputs(flights)
    return {name: x[[name]].to_numpy(dtype=object) for name in CATEGORICAL} | {"numbers": x[NUMERIC].to_numpy(dtype=np.float32)}


def out_of_fold(make, x: pd.DataFrame, late: np.ndarray, day: np.ndarray, seeds=range(3)) -> np.ndarray:
    """P(late) of every row from a model that saw none of that row's day: shape (seeds, rows). Rows of one day share their weather."""
    p = np.zeros((len(seeds), len(x)))
    for i, seed in enumerate(seeds):
        for fit, held_out in GroupKFold(5, shuffle=True, random_state=seed).split(x, late, day):
            p[i, held_out] = make().fit(x.iloc[fit], late[fit]).predict_proba(x.iloc[held_out])[:, 1]
    return p


def scores(p: np.ndarray, late: np.ndarray, threshold: float) -> dict[str, float]:
    said_late = p >= threshold
    return {
        "late": late.mean(),
        "predicted late": said_late.mean(),
        "accuracy": (said_late == late).mean(),
        "always on-time": 1 - late.mean(),
        "mean confidence": np.where(said_late, p, 1 - p).mean(),
        "mean P(late)": p.mean(),
        "log loss": log_loss(late, p),
        "AUC": roc_auc_score(late, p),
    }


def export(model: Pipeline, threshold: float) -> bytes:
    """The pipeline as ONNX, its label decided by `threshold` on P(late) inside the graph instead of by argmax."""
    types = [(name, StringTensorType([None, 1])) for name in CATEGORICAL] + [("numbers", FloatTensorType([None, len(NUMERIC)]))]
    proto = to_onnx(model, initial_types=types, options={"zipmap": False}, target_opset={"": 17, "ai.onnx.ml": 3})
    graph = proto.graph
    for node in graph.node:
        node.output[:] = ["argmax" if name == "label" else name for name in node.output]
    graph.node.extend([
        helper.make_node("Gather", ["probabilities", "late_column"], ["late_probability"], axis=1),
        helper.make_node("GreaterOrEqual", ["late_probability", "threshold"], ["is_late"]),
        helper.make_node("Where", ["is_late", "late", "on_time"], ["label"]),
    ])
    graph.initializer.extend([
        helper.make_tensor("late_column", TensorProto.INT64, [], [1]),
        helper.make_tensor("threshold", TensorProto.FLOAT, [], [threshold]),
        helper.make_tensor("late", TensorProto.STRING, [], [b"late"]),
        helper.make_tensor("on_time", TensorProto.STRING, [], [b"on-time"]),
    ])
    del graph.output[:]
    graph.output.extend([
        helper.make_tensor_value_info("label", TensorProto.STRING, [None]),
        helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, 2]),
    ])
    graph.name = "flight-delay"
    proto.ir_version = 8
    opsets = sorted(proto.opset_import, key=lambda opset: opset.domain)  # their order is that of a set: other bytes each run
    del proto.opset_import[:]
    proto.opset_import.extend(opsets)
    helper.set_model_props(proto, {"numbers": ",".join(NUMERIC), "probabilities": "on-time,late", "threshold": str(threshold)})
    onnx.checker.check_model(proto, full_check=True)
    return proto.SerializeToString(deterministic=True)


def table(rows: dict[str, dict[str, float]]) -> str:
    columns = list(next(iter(rows.values())))
    lines = ["| | " + " | ".join(columns) + " |", "|" + " --- |" * (len(columns) + 1)]
    for name, row in rows.items():
        lines.append(f"| {name} | " + " | ".join(f"{v:,}" if isinstance(v, int) else f"{v:.3f}" for v in row.values()) + " |")
    return "\n".join(lines)


def of_month(flights: pd.DataFrame, label: np.ndarray, p: np.ndarray, month: int) -> dict[str, float]:
    """Rates of the shipped model: late, accuracy and AUC over flights with a known outcome, the others over all flights."""
    flown = (flights["month"] == month).to_numpy()
    known = flown & flights["late"].notna().to_numpy()
    late, said_late = flights["late"][known].astype(bool).to_numpy(), label == "late"
    return {
        "flights": int(flown.sum()),
        "outcome known": int(known.sum()),
        "late": late.mean(),
        "predicted late": said_late[flown].mean(),
        "accuracy": (said_late[known] == late).mean(),
        "always on-time": 1 - late.mean(),
        "mean confidence": np.where(said_late, p, 1 - p)[flown].mean(),
        "AUC": roc_auc_score(late, p[known]),
    }


def latency_us(session: onnxruntime.InferenceSession, feed: dict[str, np.ndarray], runs=20_000) -> float:
    """Mean microseconds of one single-row run."""
    start = time.perf_counter()
    for _ in range(runs):
        session.run(None, feed)
    return (time.perf_counter() - start) / runs * 1e6


def main() -> None:
    flights = pd.read_parquet(ROOT / "data" / "flights-2013.parquet")
    known = flights[flights["late"].notna()]
    known_late = known["late"].astype(bool).to_numpy()
    january = (known["month"] == 1).to_numpy()
    x, late = inputs(known[january]), known_late[january]
    day = known["scheduled"][january].to_numpy() // 1440

    chosen, rival = out_of_fold(logistic, x, late, day), out_of_fold(boosted_trees, x, late, day)
    # As many flights called late as are late, on rows not trained on: argmax would call 5 % late where 23 % are.
    threshold = round(float(np.quantile(chosen, 1 - late.mean())), 3)
    model, rival_model = logistic().fit(x, late), boosted_trees().fit(x, late)
    rows = {f"logistic, held-out days, seed {seed}": scores(p, late, threshold) for seed, p in enumerate(chosen)}
    rows |= {f"boosted trees, held-out days, seed {seed}": scores(p, late, threshold) for seed, p in enumerate(rival)}
    rows["logistic, held-out days, argmax"] = scores(chosen.ravel(), np.tile(late, len(chosen)), 0.5)
    rows["logistic, rows trained on"] = scores(model.predict_proba(x)[:, 1], late, threshold)
    rows["boosted trees, rows trained on"] = scores(rival_model.predict_proba(x)[:, 1], late, threshold)
    july = (known["month"] == 7).to_numpy()
    for name, pipeline in {"logistic": model, "boosted trees": rival_model}.items():
        rows[f"{name}, July"] = scores(pipeline.predict_proba(inputs(known[july]))[:, 1], known_late[july], threshold)
    print(f"threshold on P(late): {threshold}\n\n{table(rows)}\n")

    MODEL.write_bytes(export(model, threshold))
    session = onnxruntime.InferenceSession(MODEL)
    label, probabilities = session.run(None, feeds(flights))
    p = probabilities[:, 1].astype(float)
    difference = np.abs(p - model.predict_proba(inputs(flights))[:, 1]).max()
    print(f"largest difference between ONNX and scikit-learn over the year: {difference:.1e}")

    months = {str(month): of_month(flights, label, p, month) for month in range(1, 13)}
    print(f"\n{table(months)}\n")
    print(f"{MODEL.name}: {MODEL.stat().st_size} bytes; one row takes {latency_us(session, feeds(known.iloc[:1])):.0f} µs")


if __name__ == "__main__":
    main()
