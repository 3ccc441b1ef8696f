"""Evidently: its drift preset of two files, a page."""

import os

os.environ["DO_NOT_TRACK"] = "1"

from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

from columns import arguments, read

given = arguments(["reference", "current", "out"])
definition = DataDefinition(numerical_columns=given.numeric, categorical_columns=given.categorical)
reference, current = (
    Dataset.from_pandas(read(file, given.columns), data_definition=definition) for file in (given.reference, given.current)
)
Report([DataDriftPreset()]).run(current, reference).save_html(given.out)
