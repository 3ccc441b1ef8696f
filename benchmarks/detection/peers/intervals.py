"""Shares and rates over runs, with intervals of 95 %."""

import math

import numpy as np
from scipy import stats

Z = stats.norm.ppf(0.975)


def wilson(successes, trials):
    """Wilson's interval of a share (1927)."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    centre = (share + Z * Z / (2 * trials)) / (1 + Z * Z / trials)
    half = Z * math.sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials)) / (1 + Z * Z / trials)
    # Exactly 0 and 1 at the ends, where rounding leaves a speck.
    return (0.0 if successes == 0 else centre - half), (1.0 if successes == trials else centre + half)


def clustered_share(successes, trials):
    """Wilson's interval of a share whose trials come in clusters, one entry of each list a cluster.

    The looks of a run share its baseline, so they are not independent. The trials are divided by the design effect: the variance of
    the share over clusters by its variance if all trials were independent, at least 1. A share of 0 or 1 shows no spread, and so no
    effect; its interval then takes the looks as independent.
    """
    successes, trials = np.array(successes, float), np.array(trials, float)
    total = trials.sum()
    if total == 0:
        return None
    share = successes.sum() / total
    effect = 1.0
    count = len(trials)
    if count > 1 and 0 < share < 1:
        between = count / (count - 1) * ((successes - share * trials) ** 2).sum() / total**2
        effect = max(1.0, between / (share * (1 - share) / total))
    low, high = wilson(successes.sum() / effect, total / effect)
    return {"value": share, "low": low, "high": high}


def clustered_rate(counts, exposures):
    """Events an exposure of 1: Garwood's interval of a Poisson count (1936), widened by the counts' dispersion over clusters, at least 1."""
    counts, exposures = np.array(counts, float), np.array(exposures, float)
    total, exposure = counts.sum(), exposures.sum()
    if exposure == 0:
        return None
    dispersion = 1.0
    if len(counts) > 1 and total > 0:
        expected = total * exposures / exposure
        dispersion = max(1.0, ((counts - expected) ** 2 / expected).sum() / (len(counts) - 1))
    events = total / dispersion
    low = stats.chi2.ppf(0.025, 2 * events) / 2 if events > 0 else 0.0
    high = stats.chi2.ppf(0.975, 2 * events + 2) / 2
    return {"value": total / exposure, "low": low * dispersion / exposure, "high": high * dispersion / exposure}


def median_delay(delays):
    """Median with its order-statistic interval; None stands for "not within the horizon" and sorts last, and a bound may be it."""
    ordered = sorted(delays, key=lambda delay: math.inf if delay is None else delay)
    count = len(ordered)
    low = int(stats.binom.ppf(0.025, count, 0.5))
    # With fewer than six runs no pair of them encloses the median so surely.
    bounds = {"low": ordered[low - 1], "high": ordered[count - low]} if low >= 1 else {"low": ordered[0], "high": None}
    upper, lower = ordered[count // 2], ordered[(count - 1) // 2]
    median = None if upper is None else (lower + upper) / 2
    return {"median": median, **bounds, "never": sum(delay is None for delay in delays)}
