"""Evidently: the data summary of a file's columns, as JSON."""

import os

os.environ["DO_NOT_TRACK"] = "1"

from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataSummaryPreset

from columns import arguments, read

given = arguments(["file", "out"])
definition = DataDefinition(numerical_columns=given.numeric, categorical_columns=given.categorical)
dataset = Dataset.from_pandas(read(given.file, given.columns), data_definition=definition)
Report([DataSummaryPreset()]).run(dataset).save_json(given.out)
