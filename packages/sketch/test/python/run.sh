#!/usr/bin/env bash
# Holds docs/python/driftspan_baseline.py against learnBaseline: the golden files, random datasets, January's flights, and
# what is taken and refused; and the golden files that `driftspan baseline` is held to. Exits with 1 if one byte differs. About half a minute; needs `npm ci`, but no build.
#
#   python3 -m venv .venv && .venv/bin/pip install -r packages/sketch/test/python/requirements.txt
#   packages/sketch/test/python/run.sh .venv/bin/python
set -euo pipefail
python=$(realpath --no-symlinks "${1:?the path of a Python}")
cd "$(dirname "$0")"
PYTHONDONTWRITEBYTECODE=1 "$python" -m unittest discover --buffer
../../../driftspan/test/data/golden/run.sh "$python"
