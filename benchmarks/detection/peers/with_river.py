"""river: detectors that are fed one value after the other and have no baseline; they see it first, as a stream."""

from river import drift

from detector import Effort, Peer, RowDetector, kinds


def fed(detector):
    def alarm(value):
        detector.update(value)
        return detector.drift_detected

    return alarm


def not_covered(scenario):
    return None if "numeric" in kinds(scenario) else "takes numbers only"


PEER = Peer(
    name="river",
    title="river",
    packages=("river", "numpy", "scipy"),
    note="A detector a numeric column, missing values left out; an alarm resets it, as river does. A look is a row.",
    detectors=(
        RowDetector(
            name="adwin",
            title="river ADWIN",
            rule="drift_detected of any column's ADWIN",
            source="river/drift/adwin.py, ADWIN(delta=0.002, clock=32, max_buckets=5, min_window_length=5, grace_period=10)",
            parameters={"delta": 0.002, "clock": 32, "max_buckets": 5, "min_window_length": 5, "grace_period": 10},
            start=lambda run: fed(drift.ADWIN()),
            effort=Effort(100),
            not_covered=not_covered,
        ),
        RowDetector(
            name="kswin",
            title="river KSWIN",
            rule="drift_detected of any column's KSWIN",
            source="river/drift/kswin.py, KSWIN(alpha=0.005, window_size=100, stat_size=30); the seed is the run's number",
            parameters={"alpha": 0.005, "window_size": 100, "stat_size": 30},
            start=lambda run: fed(drift.KSWIN(seed=run)),
            effort=Effort(10, before=3000),
            # Its window is 100 values long.
            warm_up=300,
            not_covered=not_covered,
        ),
        RowDetector(
            name="page-hinkley",
            title="river Page–Hinkley",
            rule="drift_detected of any column's PageHinkley",
            source="river/drift/page_hinkley.py, PageHinkley(min_instances=30, delta=0.005, threshold=50, alpha=0.9999, mode='both')",
            parameters={"min_instances": 30, "delta": 0.005, "threshold": 50, "alpha": 0.9999, "mode": "both"},
            start=lambda run: fed(drift.PageHinkley()),
            effort=Effort(100),
            not_covered=not_covered,
        ),
    ),
)
