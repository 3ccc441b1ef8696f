"""The figures of one detector on one scenario, from what it did in each run. ../README.md says what each means."""

from collections import Counter

from intervals import clustered_rate, clustered_share, median_delay, wilson
from outcome import Outcome
from streams import Scenario

ROWS_A_MONTH = 43_200 * 100
"""Minutes of 30 days, at 100 rows a minute."""


def summary(scenario: Scenario, size: int | None, runs: list[Outcome]):
    return {
        "covered": True,
        "runs": len(runs),
        "before": before(scenario, size or 1, runs) if runs[0].looks > 0 else None,
        "after": after(scenario, runs) if scenario.changes else None,
    }


def before(scenario: Scenario, rows_a_look: int, runs: list[Outcome]):
    looks = [run.looks for run in runs]
    a_month = [count * rows_a_look / ROWS_A_MONTH for count in looks]
    any_alarm = sum(run.alarms > 0 for run in runs)
    low, high = wilson(any_alarm, len(runs))
    return {
        "rows": looks[0] * rows_a_look,
        "looks": sum(looks),
        "alarms": sum(run.alarms for run in runs),
        "episodes": sum(run.episodes for run in runs),
        "falseAlarms": rounded(clustered_share([run.alarms for run in runs], looks)),
        "episodesAMonth": rounded(clustered_rate([run.episodes for run in runs], a_month)),
        "runsWithAlarm": rounded({"value": any_alarm / len(runs), "low": low, "high": high}),
        **by_column(scenario, sum((run.columns for run in runs), Counter())),
    }


def after(scenario: Scenario, runs: list[Outcome]):
    detected = sum(run.delay is not None for run in runs)
    low, high = wilson(detected, len(runs))
    return {
        "rows": scenario.rows - scenario.changeAt,
        "detected": detected,
        "power": rounded({"value": detected / len(runs), "low": low, "high": high}),
        "delay": median_delay([run.delay for run in runs]),
        **by_column(scenario, Counter(name for run in runs for name in run.found)),
    }


def by_column(scenario: Scenario, counts: Counter):
    """Which columns it was, where there are several."""
    return {"columns": dict(sorted(counts.items()))} if len(scenario.columns) > 1 else {}


def rounded(interval):
    return {name: float(f"{value:.6g}") for name, value in interval.items()}
