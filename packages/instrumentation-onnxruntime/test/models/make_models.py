"""Makes the tiny models of the tests. Weights are arithmetic, not random, so that every run gives the same bytes.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python make_models.py
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper

FOLDER = Path(__file__).parent
FEATURES, CLASSES = 4, 3
# Each of the first three columns speaks for a class of its own; the fourth for none.
WEIGHTS = np.eye(FEATURES, CLASSES, dtype=np.float32)
BIAS = np.zeros(CLASSES, dtype=np.float32)
BERT_INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def save(name, nodes, inputs, outputs, constants=(), *, graph="main_graph", metadata=None, version=0, domains=()):
    model = helper.make_model(
        helper.make_graph(nodes, graph, inputs, outputs, list(constants)),
        producer_name="driftspan-tests",
        opset_imports=[helper.make_opsetid("", 17), *(helper.make_opsetid(d, v) for d, v in domains)],
        ir_version=8,
    )
    model.model_version = version
    if metadata:
        helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())


def linear(output, kind=np.float32):
    """x · WEIGHTS + BIAS, and what it needs."""
    node = helper.make_node("Gemm", ["input", "weights", "bias"], [output])
    return node, [constant("weights", WEIGHTS.astype(kind)), constant("bias", BIAS.astype(kind))]


def softmax_classifier(name, kind=T.FLOAT, numbers=np.float32, **more):
    node, constants = linear("scores", numbers)
    save(
        name,
        [node, helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1)],
        [value("input", kind, ["batch", FEATURES])],
        [value("probabilities", kind, ["batch", CLASSES])],
        constants,
        **more,
    )


def with_label(name, make_label, label_kind):
    """As skl2onnx writes a classifier with zipmap=False: a label beside its probabilities."""
    node, constants = linear("scores")
    label_nodes, label_constants = make_label()
    save(
        name,
        [node, helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1), *label_nodes],
        [value("input", T.FLOAT, ["batch", FEATURES])],
        [value("label", label_kind, ["batch"]), value("probabilities", T.FLOAT, ["batch", CLASSES])],
        [*constants, *label_constants],
    )


def int_label():
    return [helper.make_node("ArgMax", ["scores"], ["label"], axis=1, keepdims=0)], []


def string_label():
    nodes = [
        helper.make_node("ArgMax", ["scores"], ["index"], axis=1, keepdims=0),
        helper.make_node("Gather", ["names", "index"], ["label"]),
    ]
    names = helper.make_tensor("names", T.STRING, [CLASSES], [b"setosa", b"versicolor", b"virginica"])
    return nodes, [names]


def main():
    softmax_classifier("softmax")
    softmax_classifier("float16", T.FLOAT16, np.float16)
    softmax_classifier(
        "named", metadata={"name": "iris-classifier", "version": "2024.7", "author": "tests"}, version=3
    )
    softmax_classifier("versioned", version=12)

    node, constants = linear("logits")
    save(
        "logits",
        [node],
        [value("input", T.FLOAT, ["batch", FEATURES])],
        [value("logits", T.FLOAT, ["batch", CLASSES])],
        constants,
    )

    save(
        "regression",
        [helper.make_node("ReduceSum", ["input", "axes"], ["variable"], keepdims=1)],
        [value("input", T.FLOAT, ["batch", FEATURES])],
        [value("variable", T.FLOAT, ["batch", 1])],
        [constant("axes", np.array([1], dtype=np.int64))],
    )

    with_label("int-label", int_label, T.INT64)
    with_label("string-label", string_label, T.STRING)

    # A picture: averaged over its pixels, three channels are three classes.
    save(
        "image",
        [
            helper.make_node("GlobalAveragePool", ["pixels"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["output"]),
        ],
        [value("pixels", T.FLOAT, [1, 3, 8, 8])],
        [value("output", T.FLOAT, [1, 3])],
    )

    # The same on any size of picture, for the cost of a large input.
    save(
        "image-224",
        [
            helper.make_node("GlobalAveragePool", ["pixels"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["output"]),
        ],
        [value("pixels", T.FLOAT, ["batch", 3, 224, 224])],
        [value("output", T.FLOAT, ["batch", 3])],
    )

    # Ids of tokens, and the sum of their embeddings: not a class.
    save(
        "tokens",
        [
            helper.make_node("Gather", ["table", "input_ids"], ["embedded"]),
            helper.make_node("ReduceMean", ["embedded"], ["sentence_embedding"], axes=[1], keepdims=0),
        ],
        [value("input_ids", T.INT64, ["batch", "sequence"])],
        [value("sentence_embedding", T.FLOAT, ["batch", 8])],
        [constant("table", (np.arange(80, dtype=np.float32) / 80).reshape(10, 8))],
    )

    # What Transformers.js runs for text classification: each token speaks for a class, and padding for none.
    save(
        "tiny-bert/onnx/model",
        [
            helper.make_node("Gather", ["table", "input_ids"], ["scores"]),
            helper.make_node("Add", ["attention_mask", "token_type_ids"], ["mask"]),
            helper.make_node("Cast", ["mask"], ["weights"], to=T.FLOAT),
            helper.make_node("Unsqueeze", ["weights", "last"], ["column"]),
            helper.make_node("Mul", ["scores", "column"], ["masked"]),
            helper.make_node("ReduceSum", ["masked", "middle"], ["logits"], keepdims=0),
        ],
        [value(name, T.INT64, ["batch_size", "sequence_length"]) for name in BERT_INPUTS],
        [value("logits", T.FLOAT, ["batch_size", 2])],
        [
            # [PAD] [UNK] [CLS] [SEP] bad good
            constant("table", np.array([[0, 0], [0, 0], [0, 0], [0, 0], [3, 0], [0, 3]], dtype=np.float32)),
            constant("last", np.array([2], dtype=np.int64)),
            constant("middle", np.array([1], dtype=np.int64)),
        ],
    )

    # Strings and booleans in: neither is counted as numbers of a table.
    save(
        "text",
        [
            helper.make_node("Identity", ["text"], ["echo"]),
            helper.make_node("Not", ["flag"], ["opposite"]),
        ],
        [value("text", T.STRING, ["batch"]), value("flag", T.BOOL, ["batch"])],
        [value("echo", T.STRING, ["batch"]), value("opposite", T.BOOL, ["batch"])],
    )

    # One column an input, as skl2onnx writes a table of mixed types.
    save(
        "two-columns",
        [
            helper.make_node("Cast", ["age"], ["age_float"], to=T.FLOAT),
            helper.make_node("Add", ["age_float", "fare"], ["variable"]),
        ],
        [value("age", T.INT64, ["batch", 1]), value("fare", T.FLOAT, ["batch", 1])],
        [value("variable", T.FLOAT, ["batch", 1])],
    )

    # Nothing is known of the shape before a run.
    save(
        "dynamic",
        [helper.make_node("Identity", ["x"], ["y"])],
        [value("x", T.FLOAT, ["a", "b", "c"])],
        [value("y", T.FLOAT, ["a", "b", "c"])],
    )

    # Loads, and fails when it runs on an index of 4 or more.
    save(
        "fails",
        [helper.make_node("Gather", ["table", "index"], ["value"])],
        [value("index", T.INT64, ["batch"])],
        [value("value", T.FLOAT, ["batch"])],
        [constant("table", np.arange(4, dtype=np.float32))],
    )

    # A sequence of maps, as skl2onnx writes probabilities by default: not readable in Node.
    node, constants = linear("scores")
    save(
        "zipmap",
        [
            node,
            helper.make_node("Softmax", ["scores"], ["soft"], axis=1),
            helper.make_node("ArgMax", ["scores"], ["output_label"], axis=1, keepdims=0),
            helper.make_node(
                "ZipMap", ["soft"], ["output_probability"], domain="ai.onnx.ml", classlabels_int64s=[0, 1, 2]
            ),
        ],
        [value("input", T.FLOAT, ["batch", FEATURES])],
        [
            value("output_label", T.INT64, ["batch"]),
            helper.make_value_info(
                "output_probability",
                helper.make_sequence_type_proto(
                    helper.make_map_type_proto(T.INT64, helper.make_tensor_type_proto(T.FLOAT, []))
                ),
            ),
        ],
        constants,
        domains=[("ai.onnx.ml", 3)],
    )


if __name__ == "__main__":
    main()
