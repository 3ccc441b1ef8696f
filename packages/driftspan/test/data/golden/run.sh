#!/usr/bin/env bash
# Makes awkward.csv and, with docs/python/driftspan_baseline.py, its baseline again, and fails if a byte differs from the files here.
# With --write it puts them in their place.
#
#   python3 -m venv .venv && .venv/bin/pip install -r packages/sketch/test/python/requirements.txt
#   packages/driftspan/test/data/golden/run.sh .venv/bin/python
set -euo pipefail
python=$(realpath --no-symlinks "${1:?the path of a Python}")
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
"$python" make_awkward.py "$folder/awkward.csv"
DRIFTSPAN_SENSITIVE_KEY='a key of the golden files' "$python" ../../../../../docs/python/driftspan_baseline.py "$folder/awkward.csv" \
  --model awkward@1 --transforms 3 --task classification --numeric 'distance,odd numbers,constant,secret' \
  --categorical 'carrier,words "odd"' --sensitive 'secret,words "odd"' --label late --confidence p --time scheduled --source awkward.csv \
  -o "$folder/awkward.baseline.json"
if [ "${2:-}" = --write ]; then cp "$folder"/awkward.* .; fi
cmp "$folder/awkward.csv" awkward.csv
cmp "$folder/awkward.baseline.json" awkward.baseline.json
