"""Writes the files in golden/ with docs/python/driftspan_baseline.py, and the SHA-256 of that script beside them.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python make_goldens.py
"""

import hashlib
from pathlib import Path

from cases import CASES
from columns import script, text_of

GOLDEN = Path(__file__).parent / "golden"


def goldens():
    """Name and bytes of every file."""
    for case in CASES:
        yield f"{case.__name__}.baseline.json", text_of(case()).encode()
    # As a checkout with other line ends has it too.
    text = Path(script.__file__).read_text(encoding="utf-8")
    yield "script.sha256", f"{hashlib.sha256(text.encode()).hexdigest()}\n".encode()


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, content in goldens():
        (GOLDEN / name).write_bytes(content)
