"""Writes case.parquet: two names that differ in case alone, which DuckDB, the writer of all other tests, would rename. pyarrow 26.0.1."""

import sys

import pyarrow as pa
import pyarrow.parquet as pq

nested = pa.array([{"x": 1}] * 3)
columns = [pa.array([1, 2, 3]), nested, pa.array([10, 20, 30]), pa.array(["x", None, "z"])]
pq.write_table(pa.table(columns, names=["a", "nested", "A", "a_1"]), sys.argv[1], compression="none")
