"""whylogs: the profile of a file's columns, written. --batch-rows reads and logs so many rows at a time, into one profile."""

import logging
import os
import warnings

os.environ["WHYLOGS_NO_ANALYTICS"] = "True"
warnings.filterwarnings("ignore")

import pyarrow.parquet as parquet
import whylogs

from columns import arguments, read

logging.getLogger("whylogs").setLevel(logging.ERROR)

given = arguments(["file", "out"])
if given.batch_rows is None:
    results = whylogs.log(pandas=read(given.file, given.columns))
else:
    batches = parquet.ParquetFile(given.file).iter_batches(batch_size=given.batch_rows, columns=given.columns)
    results = whylogs.log(pandas=next(batches).to_pandas())
    for batch in batches:
        results.profile().track(pandas=batch.to_pandas())
results.view().write(given.out)
