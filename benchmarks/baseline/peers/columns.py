"""The columns a peer reads, as the command line names them, and the file as pandas reads it."""

import argparse

import pandas as pd


def arguments(files):
    parser = argparse.ArgumentParser()
    for file in files:
        parser.add_argument(file)
    parser.add_argument("--numeric", required=True)
    parser.add_argument("--categorical", required=True)
    parser.add_argument("--batch-rows", type=int)
    given = parser.parse_args()
    given.numeric, given.categorical = given.numeric.split(","), given.categorical.split(",")
    given.columns = [*given.numeric, *given.categorical]
    return given


def read(file, columns):
    return pd.read_parquet(file, columns=columns, engine="pyarrow")
