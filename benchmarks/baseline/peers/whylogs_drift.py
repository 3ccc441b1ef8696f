"""whylogs: profiles of two files and its drift report of them, a page."""

import logging
import os
import warnings

os.environ["WHYLOGS_NO_ANALYTICS"] = "True"
warnings.filterwarnings("ignore")

import whylogs
from whylogs.viz import NotebookProfileVisualizer

from columns import arguments, read

logging.getLogger("whylogs").setLevel(logging.ERROR)

given = arguments(["reference", "current", "out"])
reference, current = (whylogs.log(pandas=read(file, given.columns)).view() for file in (given.reference, given.current))
visualization = NotebookProfileVisualizer()
visualization.set_profiles(target_profile_view=current, reference_profile_view=reference)
with open(given.out, "w", encoding="utf-8") as page:
    page.write(visualization.summary_drift_report().data)
