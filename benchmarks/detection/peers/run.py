"""Runs the peers on the streams and writes ../figures/<peer>.json.

    python benchmarks/detection/peers/run.py --streams <dir> [--peer NAME]... [--only SCENARIO]... [--out DIR]

A peer that this environment lacks is left out, and named. ../README.md tells which environments there are, and what the figures mean.
"""

import argparse
import importlib
import json
import platform
import sys
import time
from pathlib import Path

from detector import RowDetector
from outcome import first_row, row_outcome, window_outcome
from streams import read_manifest, read_runs
from summary import ROWS_A_MONTH, summary

PEERS = ("psi", "scipy", "evidently", "nannyml", "alibi_detect", "whylogs", "river")
SCHEMA = "driftspan.detection/v1"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=Path, required=True, help="where write-streams.js wrote")
    parser.add_argument("--peer", action="append", choices=PEERS, help="only this peer; may be given more than once")
    parser.add_argument("--only", action="append", help="only this scenario; may be given more than once")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "figures")
    options = parser.parse_args()
    version, scenarios = read_manifest(options.streams)
    if options.only:
        scenarios = [scenario for scenario in scenarios if scenario.name in options.only]
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.peer or PEERS:
        try:
            peer = importlib.import_module(f"with_{name}").PEER
        except ModuleNotFoundError as error:
            print(f"{name}: left out, {error}", file=sys.stderr)
            continue
        figures = measure(peer, version, scenarios, options.streams)
        (options.out / f"{peer.name}.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def measure(peer, version, scenarios, directory):
    # A window detector of several sizes is one entry a size.
    entries = [
        (detector, size)
        for detector in peer.detectors
        for size in ([None] if isinstance(detector, RowDetector) else sorted(detector.effort, reverse=True))
    ]
    results = [{} for _ in entries]
    for scenario in scenarios:
        started = time.monotonic()
        for (_, size), result, by_run in zip(entries, results, outcomes(entries, scenario, directory)):
            if by_run is not None:
                result[scenario.name] = by_run if isinstance(by_run, dict) else summary(scenario, size, by_run)
        print(f"{peer.name} {scenario.name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return {
        "schema": SCHEMA,
        "peer": peer.name,
        "title": peer.title,
        "note": peer.note,
        "packages": peer.versions,
        "python": platform.python_version(),
        "streams": version,
        "rowsAMonth": ROWS_A_MONTH,
        "detectors": [
            {
                "name": detector.name,
                "title": detector.title,
                "rule": detector.rule,
                "source": detector.source,
                "parameters": detector.parameters,
                "window": size,
                "scenarios": result,
            }
            for (detector, size), result in zip(entries, results)
            if any(figures["covered"] for figures in result.values())
        ],
    }


def outcomes(entries, scenario, directory):
    """Per entry: its runs' outcomes, or why it has none, or None where the scenario has no windows of its size."""
    results = []
    for detector, size in entries:
        why = detector.not_covered(scenario)
        if size is not None and size not in scenario.windows:
            results.append(None)
        else:
            results.append([] if why is None else {"covered": False, "why": why})
    efforts = [detector.effort if size is None else detector.effort[size] for detector, size in entries]
    runs = [0 if not isinstance(result, list) else min(effort.runs, scenario.runs) for effort, result in zip(efforts, results)]
    for number, run in enumerate(read_runs(directory, scenario, max(runs))):
        cut = {}
        for (detector, size), effort, result, count in zip(entries, efforts, results, runs):
            if number >= count:
                continue
            if size is None:
                result.append(row_outcome(detector, scenario, run, number))
                continue
            begin = first_row(effort.before, scenario.changeAt, size)
            # The same windows for detectors of one size, which may share what they compute.
            if (begin, size) not in cut:
                cut[begin, size] = [run.stream.cut(i, i + size) for i in range(begin, scenario.rows - size + 1, size)]
            result.append(window_outcome(detector, scenario, run, size, cut[begin, size]))
    return results


if __name__ == "__main__":
    main()
