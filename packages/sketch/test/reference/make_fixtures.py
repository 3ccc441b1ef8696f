"""Writes the JSON files beside it: what the statistics are held against.

    pip install -r requirements.txt && python make_fixtures.py

The truth is mpmath at 50 digits; SciPy and NumPy are held against it where they are good, so that no formula here is trusted
alone. The judge below is a second implementation: by bisection and sorted lists where the first has closed forms and plans.
"""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
from mpmath import mp, mpf
from scipy import stats
from scipy.spatial.distance import jensenshannon

mp.dps = 50
HERE = Path(__file__).parent


def write(name, rows):
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / name).write_text(f"[\n{lines}\n]\n")


def close(a, b, absolute=0.0, relative=0.0):
    assert abs(a - b) <= max(absolute, relative * max(abs(a), abs(b))), (a, b)


# --- ln gamma ---------------------------------------------------------------------------------------------------------


def log_gamma():
    xs = [1e-300, 1e-12, 1e-5, 0.01, 0.1, 0.25, 0.49, 0.5, 0.51, 0.75, 0.9, 0.999, 1 - 1e-8, 1, 1 + 1e-8, 1.001, 1.25]
    xs += [1.4616321449683623, 1.4999, 1.5, 1.75, 1.999999, 2, 2.000001, 2.4, 2.5, 2.51, 3, 3.5, 4.25, 5, 7.5, 9.99, 10]
    xs += [12.3, 15, 15.5, 15.999, 16, 16.001, 20, 31, 100.5, 1e3, 12345.678, 1e6, 1e9, 1e12, 1e100, 1e300]
    return [[x, float(mp.loggamma(mpf(x)))] for x in xs]


# --- chi square -------------------------------------------------------------------------------------------------------


def log_chi_square_tail(x, df):
    a, y = mpf(df) / 2, mpf(x) / 2
    lower = mp.gammainc(a, 0, y, regularized=True)
    if lower < 0.5:
        return mp.log1p(-lower)
    return mp.log(mp.gammainc(a, y, mp.inf, regularized=True))


def chi_square():
    rows = []
    for df in [1, 1.5, 2, 2.7, 3, 4, 5.5, 7, 8.31, 9, 12.3, 15, 20, 25.5, 30.9, 31]:
        xs = [1e-12, 1e-3, 0.5, df * 0.9, df + 2 - 1e-6, df + 2, df + 2 + 1e-6]
        for log_p in [-0.01, -0.1, -0.7, -1, -2, -3, -4.6, -7, -10, -15.3, -20, -30, -60, -100, -200, -350, -500, -700]:
            xs.append(float(f"{stats.chi2.isf(math.exp(log_p), df):.9g}"))
        for x in sorted(xs):
            truth = float(log_chi_square_tail(x, df))
            close(truth, stats.chi2.logsf(x, df), absolute=1e-9)
            rows.append([x, df, truth])
    # Beyond the doubles' range of p, where SciPy has nothing left.
    rows += [[x, df, float(log_chi_square_tail(x, df))] for x, df in [(2000, 1), (3000, 7), (1e5, 15), (1e6, 31)]]
    # Many degrees of freedom, across the seam of the two expansions.
    rows += [[x, df, float(log_chi_square_tail(x, df))] for df in [200, 5000] for x in [df * 0.8, df, df + 3, df * 1.3]]
    return rows


# --- Fisher -----------------------------------------------------------------------------------------------------------


def log_choose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def log_fisher_tail(k, n, k0, m):
    """ln P(X >= k), the shorter side of the distribution summed term by term."""
    hits = k + k0
    low, high = max(0, hits - m), min(n, hits)
    if k <= low:
        return mpf(0)
    upward = k * (n + m) > n * hits
    i = k if upward else k - 1
    term = mp.exp(log_choose(n, i) + log_choose(m, hits - i) - log_choose(n + m, hits))
    total = term
    while i < high if upward else i > low:
        if upward:
            term *= mpf((hits - i) * (n - i)) / ((i + 1) * (m - hits + i + 1))
            i += 1
        else:
            term *= mpf(i * (m - hits + i)) / ((hits - i + 1) * (n - i + 1))
            i -= 1
        total += term
        if term < total * mpf(10) ** -18:
            break
    return mp.log(total) if upward else mp.log1p(-total)


def fisher():
    cases = [
        (1, 1, 0, 1), (1, 1, 1, 1), (1, 10, 0, 10), (10, 10, 0, 10), (0, 10, 5, 10), (5, 10, 5, 10), (1, 5, 9, 10), (10, 10, 10, 10),
        (3, 4, 1, 20), (20, 100, 3, 1000), (15, 600, 50, 10_000), (30, 600, 50, 10_000), (2, 600, 50, 10_000), (60, 600, 0, 10_000),
        (300, 600, 50, 10_000), (600, 600, 50, 10_000), (599, 600, 9_999, 10_000), (600, 600, 9_900, 10_000), (590, 600, 9_500, 10_000),
        (1, 40, 0, 10_000), (5, 40, 0, 10_000), (40, 40, 0, 10_000), (5, 40, 0, 100_000), (17, 1000, 0, 1_000), (450, 1000, 420, 1000),
        (420, 1000, 450, 1000), (1000, 100_000, 9_000, 1_000_000), (9_500, 100_000, 90_000, 1_000_000), (8_800, 100_000, 90_000, 1_000_000),
        (12_000, 100_000, 110_000, 1_000_000), (99_990, 100_000, 999_000, 1_000_000), (50, 1_000_000, 0, 10_000_000),
        # Up to 1e9: where the log-factorials are 2e10 and their differences are wanted to 1e-9.
        (20, 1_000_000_000, 0, 1_000_000_000), (700, 1_000_000_000, 300, 1_000_000_000), (300, 1_000_000_000, 330, 1_000_000_000),
        (1_000, 1_000_000, 900_000, 1_000_000_000), (500_030_000, 1_000_000_000, 500_000_000, 1_000_000_000),
        (500_500_000, 1_000_000_000, 500_000_000, 1_000_000_000), (499_990_000, 1_000_000_000, 500_000_000, 1_000_000_000),
        (999_999_500, 1_000_000_000, 999_999_000, 1_000_000_000), (999_990_000, 1_000_000_000, 999_989_000, 1_000_000_000),
        (999_600, 1_000_000, 999_500_000, 1_000_000_000), (20_500, 1_000_000, 20_000_000, 1_000_000_000),
        (30, 1_000, 10_000_000, 1_000_000_000), (1_000_000_000, 1_000_000_000, 999_999_950, 1_000_000_000),
        (100_003_000, 1_000_000_000, 1_000, 10_000), (10, 1_000_000_000, 0, 1_000),
        # Nearly all hits: k less its expectation must come from the misses.
        (790_029_248, 790_032_283, 763_510_777, 763_515_327), (752_580_993, 752_586_386, 839_725_728, 839_735_369),
    ]  # fmt: skip
    rows = []
    for k, n, k0, m in cases:
        truth = log_fisher_tail(k, n, k0, m)
        if n + m <= 20_000 and truth > -300:
            scipy = stats.hypergeom.sf(k - 1, n + m, k + k0, n)
            close(float(mp.exp(truth)), scipy, relative=1e-9)
        rows.append([k, n, k0, m, float(truth)])
    return rows


# --- G, PSI, KS -------------------------------------------------------------------------------------------------------


def g_williams(observed, baseline):
    pairs = [(int(a), int(b)) for a, b in zip(observed, baseline) if a + b > 0]
    n, m = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    t, df, g, reciprocals = n + m, len(pairs) - 1, mpf(0), mpf(0)
    for a, b in pairs:
        reciprocals += mpf(t) / (a + b)
        for x, side in ((a, n), (b, m)):
            if x > 0:
                g += x * mp.log(mpf(x) * t / (mpf(side) * (a + b)))
    plain = 2 * g
    scipy = stats.chi2_contingency(np.array(pairs).T, correction=False, lambda_="log-likelihood")
    assert scipy.dof == df
    close(float(plain), scipy.statistic, absolute=1e-7, relative=1e-9)
    q = 1 + (mpf(t) / n + mpf(t) / m - 1) * (reciprocals - 1) / (6 * mpf(t) * df)
    return plain / q, df


def psi_numpy(observed, baseline):
    a, b = np.asarray(observed, dtype=float), np.asarray(baseline, dtype=float)
    q, p = (a + 0.5) / (a.sum() + 0.5 * len(a)), (b + 0.5) / (b.sum() + 0.5 * len(b))
    return float(np.sum((q - p) * np.log(q / p)))


def psi_exact(observed, baseline):
    n, m, half = int(sum(observed)), int(sum(baseline)), mpf(len(observed)) / 2
    total = mpf(0)
    for a, b in zip(observed, baseline):
        q, p = (int(a) + mpf(0.5)) / (n + half), (int(b) + mpf(0.5)) / (m + half)
        total += (q - p) * mp.log(q / p)
    return total


def ks_numpy(observed, baseline):
    a, b = np.asarray(observed), np.asarray(baseline)
    return float(np.max(np.abs(np.cumsum(a) / a.sum() - np.cumsum(b) / b.sum())))


def ks_scipy(observed, baseline):
    """Every value of a bin lies on one point, so that the raw distance is the binned one."""
    points = np.arange(len(observed))
    return float(stats.ks_2samp(np.repeat(points, observed), np.repeat(points, baseline), method="asymp").statistic)


def samples():
    random = np.random.default_rng(20_130_101)
    yield [3, 0, 5], [10, 20, 30]
    yield [30, 10], [10, 30]
    yield [0, 0, 7], [1, 1, 1]
    yield [5, 0, 5, 2], [50, 0, 40, 7]
    yield [60, 25, 30, 35, 40, 45, 50, 55], [1250] * 8
    yield [1_000_000, 2_000_000, 3_100_000], [900_000_000, 2_000_000_000, 3_000_000_000]
    for bins in (2, 4, 8, 10, 16, 16, 32, 64):
        for size, base in ((200, 10_000), (1_500, 10_000), (50_000, 20_000)):
            shares = random.dirichlet(np.ones(bins) * 3)
            shifted = random.dirichlet(shares * 60 + 0.05)
            yield random.multinomial(size, shifted).tolist(), (random.multinomial(base, shares) + 1).tolist()


def distances():
    rows = []
    for observed, baseline in samples():
        g, df = g_williams(observed, baseline)
        psi = float(psi_exact(observed, baseline))
        ks = ks_numpy(observed, baseline)
        close(psi, psi_numpy(observed, baseline), relative=1e-12)
        if sum(baseline) < 1_000_000:
            close(ks, ks_scipy(observed, baseline), relative=1e-12)
        rows.append({"observed": observed, "baseline": baseline, "g": float(g), "df": df, "psi": psi, "ks": ks})
    return rows


# --- distances for reports ---------------------------------------------------------------------------------------------


def shares(counts, offset):
    total = sum(int(c) for c in counts) + mpf(offset) * len(counts)
    return [(int(c) + mpf(offset)) / total for c in counts]


def kullback_leibler(q, p):
    if any(a > 0 and b == 0 for a, b in zip(q, p)):
        return None  # Infinity, which JSON lacks
    return mp.fsum(a * mp.log(a / b) for a, b in zip(q, p) if a > 0)


def report_samples():
    """Runs of counts and where their bins lie."""
    random = np.random.default_rng(20_130_701)
    most = 2**53
    # Nothing to tell apart, or everything.
    yield [7], [1], [3.5]
    yield [10**9, 2 * 10**9, 3 * 10**9], [1, 2, 3], [0, 1, 2]
    yield [0, 4, 0, 6], [0, 2, 0, 3], [-2, -1, 0, 1]
    yield [5, 5, 0, 0], [0, 0, 3, 9], [0, 1, 5, 6]
    yield [0, 0, 7], [1, 1, 1], [-1e300, 0, 1e300]
    yield [5, 0, 5, 2], [50, 0, 40, 7], [1e-200, 2e-200, 4e-200, 5e-200]
    yield [1, most], [most, 1], [0, 1]
    yield [most, 0, 0], [most - 2, 1, 1], [0, 1, 3]
    # Nearly equal shares: q - p would keep nothing of them.
    yield [most, most - 1], [most - 1, most], [-1, 1]
    yield [most] * 16, [most] * 15 + [most - 1], list(range(16))
    yield [10**15, 10**15, 10**15 + 1], [10**12, 10**12, 10**12], [1e6, 1e6 + 0.25, 1e6 + 1]
    yield [10**9 + 1, 10**9, 10**9], [10**9, 10**9, 10**9], [0, 0, 5]
    # a d - b c = 1: no two pairs of their size are nearer to each other.
    yield [8_944_394_323_791_464, 5_527_939_700_884_757], [5_527_939_700_884_757, 3_416_454_622_906_707], [0, 1]
    for bins in (2, 4, 8, 10, 16, 16, 33, 64):
        for size, base, close_by in ((200, 10_000, 20), (5_000, 10_000, 500), (2 * 10**6, 10**9, 1e9)):
            p = random.dirichlet(np.ones(bins) * 2)
            q = random.dirichlet(p * close_by + 0.01)
            baseline = random.multinomial(base, p)
            gaps = random.exponential(size=bins) * random.choice([0, 1, 1, 30], size=bins)
            positions = random.normal() * 50 + np.cumsum(gaps)
            yield random.multinomial(size, q).tolist(), baseline.tolist(), positions.tolist()


def report_distances():
    rows = []
    compared = 0
    for observed, baseline, positions in report_samples():
        # Shares that differ by 1e-32 have a divergence of 1e-64: 50 digits would leave none.
        with mp.workdps(250):
            q, p = shares(observed, 0), shares(baseline, 0)
            middle = [(a + b) / 2 for a, b in zip(q, p)]
            smoothed = [[shares(observed, offset), shares(baseline, offset)] for offset in (0.5, 0.1)]
            below = [mp.fsum(q[: i + 1]) - mp.fsum(p[: i + 1]) for i in range(len(q) - 1)]
            gaps = [mpf(b) - mpf(a) for a, b in zip(positions, positions[1:])]
            divergence = kullback_leibler(q, p)
            half = mp.fsum([kullback_leibler(q, middle), kullback_leibler(p, middle)]) / 2
            row = {
                "observed": observed,
                "baseline": baseline,
                "positions": positions,
                "kullbackLeibler": None if divergence is None else float(divergence),
                "withHalf": float(kullback_leibler(*smoothed[0])),
                "withTenth": float(kullback_leibler(*smoothed[1])),
                "jensenShannon": float(mp.sqrt(half)),
                "hellinger": float(mp.sqrt(mp.fsum((mp.sqrt(a) - mp.sqrt(b)) ** 2 for a, b in zip(q, p)) / 2)),
                "wasserstein": float(mp.fsum(abs(d) * gap for d, gap in zip(below, gaps))),
            }
        rows.append({name: 0.0 if value == 0 else value for name, value in row.items()})
        a, b = np.array(observed, dtype=float), np.array(baseline, dtype=float)
        if divergence is None:
            assert stats.entropy(a, b) == np.inf
        # SciPy is good where the shares differ: it subtracts them.
        if row["jensenShannon"] > 1e-3:
            compared += 1
            if divergence is not None:
                close(row["kullbackLeibler"], float(stats.entropy(a, b)), relative=1e-9)
            close(row["withHalf"], float(stats.entropy(a + 0.5, b + 0.5)), relative=1e-9)
            close(row["withTenth"], float(stats.entropy(a + 0.1, b + 0.1)), relative=1e-9)
            close(row["jensenShannon"], float(jensenshannon(a, b)), relative=1e-9)
            roots = np.sqrt(a / a.sum()) - np.sqrt(b / b.sum())
            close(row["hellinger"], float(np.linalg.norm(roots) / math.sqrt(2)), relative=1e-9)
            if len(observed) > 1:
                scipy = float(stats.wasserstein_distance(positions, positions, a, b))
                close(row["wasserstein"], scipy, relative=1e-9)
    assert compared > 20, "the comparison with SciPy is empty"
    return rows


# --- Benjamini and Hochberg -------------------------------------------------------------------------------------------


def benjamini_hochberg():
    random = np.random.default_rng(5)
    cases = [([-4.0], 0.05), ([-2.0], 0.05), ([0.0, 0.0], 0.05), ([-1e5, -1.0, -2.0], 0.05), ([-1e5, -2e5], 1e-6)]
    # The step up: no p is below q / m, and all are at most q.
    cases.append(([math.log(0.049)] * 4, 0.05))
    cases.append(([math.log(p) for p in (0.9, 0.03, 0.021, 0.03, 0.012, 0.5)], 0.05))
    for size, moved, q in ((3, 1, 0.05), (20, 4, 0.05), (100, 0, 0.2), (100, 10, 0.05), (100, 60, 0.01), (250, 40, 0.1)):
        log_p = np.log(random.uniform(size=size))
        log_p[:moved] *= random.choice([3, 8, 1000], size=moved)
        cases.append((random.permutation(log_p.round(6)).tolist(), q))
    rows = []
    for log_p, q in cases:
        adjusted = stats.false_discovery_control(np.exp(log_p), method="bh")
        assert np.all(abs(adjusted - q) > 1e-9 * q), "a p at its bound would be a matter of rounding"
        rows.append({"logP": log_p, "q": q, "listed": (adjusted <= q).tolist()})
    return rows


# --- dependence -------------------------------------------------------------------------------------------------------


def largest_eigenvalue(matrix):
    matrix = np.asarray(matrix, dtype=float)
    with mp.workdps(40):
        truth = max(mp.eigsy(mp.matrix(matrix.tolist()), eigvals_only=True))
    norm = float(np.abs(matrix).max())
    close(float(truth), float(np.linalg.eigvalsh(matrix)[-1]), absolute=1e-12 * norm)
    return 0.0 if abs(truth) < 1e-25 * norm else float(truth)


def eigenvalues():
    random = np.random.default_rng(3)
    orthogonal = lambda size: np.linalg.qr(random.normal(size=(size, size)))[0]
    with_values = lambda values: (q := orthogonal(len(values))) @ np.diag(values) @ q.T
    matrices = [("one by one", [[2.5]]), ("one by one, nothing", [[0.0]]), ("nothing", np.zeros((4, 4)))]
    matrices += [("two equal", np.diag([3.0, 3.0, 1.0])), ("all equal", np.eye(16) * 0.7), ("two by two", [[2.0, 1.0], [1.0, 2.0]])]
    for size in (2, 3, 7, 16):
        factor = random.normal(size=(size, 2 * size))
        matrices.append((f"random, {size}", factor @ factor.T / size))
        vector = random.normal(size=size)
        matrices.append((f"rank one, {size}", np.outer(vector, vector)))
        root = np.sqrt(random.dirichlet(np.ones(size)))
        matrices.append((f"independent counts, {size}", np.eye(size) - np.outer(root, root)))
    matrices.append(("the two largest nearly equal", with_values([5, 5 - 1e-9, 1, 0.1, 0, 0, 0, 0])))
    matrices.append(("the largest twice", with_values([5, 5, 1, 0.1, 0, 0])))
    matrices.append(("the largest orthogonal to ones", with_values([1, 1, 1]) + 4 * np.outer([1, -1, 0], [1, -1, 0])))
    scale = np.diag(10.0 ** np.linspace(-8, 8, 16))
    factor = random.normal(size=(16, 32))
    matrices.append(("badly scaled, 16", scale @ (factor @ factor.T) @ scale))
    matrices.append(("badly scaled and shuffled, 16", (shuffled := scale[random.permutation(16)]) @ (factor.T[:16] @ factor.T[:16].T) @ shuffled.T))
    rows = []
    for name, matrix in matrices:
        matrix = np.asarray(matrix, dtype=float)
        matrix = (matrix + matrix.T) / 2
        rows.append({"name": name, "size": len(matrix), "matrix": matrix.ravel().tolist(), "largest": largest_eigenvalue(matrix)})
    return rows


def fit_blocks(groups, by_rows):
    """In two passes, over blocks in groups: how blocks move about the mean of their group. Each counts alike, or by its rows."""
    groups = [np.array([block for block in group if sum(block) > 0], dtype=float) for group in groups]
    groups = [group for group in groups if len(group)]
    if not groups:
        return None
    everything = np.concatenate(groups)
    size_of = lambda blocks: blocks.sum(axis=1)
    weight_of = lambda blocks: np.ones(len(blocks)) if by_rows else 1 / size_of(blocks)
    n, w = size_of(everything), weight_of(everything)
    out = {"blocks": len(everything), "meanSize": (w * n * n).sum() / (w * n).sum()}
    moved, within = np.zeros((everything.shape[1],) * 2), 0.0
    for group in groups:
        sizes, weights = size_of(group), weight_of(group)
        deviations = (group - np.outer(sizes, group.sum(axis=0) / sizes.sum())) * np.sqrt(weights)[:, None]
        moved += deviations.T @ deviations
        within += (weights * sizes * (1 - sizes / sizes.sum())).sum()
    freedom = within * (w * n).sum() / ((w * n) ** 2).sum()
    if freedom < 1 - 1e-12:
        return {**out, "fit": None}
    shares = everything.sum(axis=0) / n.sum()
    filled = shares > 0
    d = int(filled.sum()) - 1
    if d < 1:
        return {**out, "fit": {"freedom": freedom, "triggered": False, "lambda": 1.0, "k": 1.0}}
    shares = shares[filled]
    covariance = moved[np.ix_(filled, filled)] / within / np.sqrt(np.outer(shares, shares))
    values, vectors = np.linalg.eigh(covariance)
    largest, trace = float(values[-1]), float(np.trace(covariance))
    # Mean of 1 / n under the weights of a variance. The variances are those of a block of n draws, by enumeration of one draw:
    # for Y = Σ y / sqrt(n) over n draws of y, Var(Y²) = 2 E[y²]² + (E[y⁴] - 3 E[y²]²) / n, and for X², a sum of squares, alike.
    roughness = ((w * n) ** 2 / n).sum() / ((w * n) ** 2).sum()
    draws = (np.eye(d + 1) - shares) / np.sqrt(shares)
    of_sum = 2 * d + ((shares * (draws**2).sum(axis=1) ** 2).sum() - d * d - 2 * d) * roughness
    along = draws @ vectors[:, -1]
    second, fourth = (shares * along**2).sum(), (shares * along**4).sum()
    of_largest = 2 * second**2 + (fourth - 3 * second**2) * roughness
    fit = {
        "freedom": freedom,
        "triggered": bool(
            trace > d + 3 * math.sqrt(of_sum / freedom)
            or largest > (1 + math.sqrt(d / freedom)) ** 2 + 3 * math.sqrt(of_largest / freedom)
        ),
        "lambda": max(1.0, largest * (1 + math.sqrt(2 / freedom))),
        "k": max(1.0, trace / largest if largest > 1e-12 else 1.0),
    }
    return {**out, "fit": fit}


def fit_equal_blocks(blocks):
    """For blocks of one size: the sample covariance, its standard error that of chi square, its bound by the number of blocks."""
    blocks = np.array(blocks, dtype=float)
    count, shares = len(blocks), blocks.sum(axis=0) / blocks.sum()
    sizes = blocks.sum(axis=1, keepdims=True)
    covariance = np.cov((blocks - sizes * shares) / np.sqrt(sizes * shares), rowvar=False)
    largest, trace, df = float(np.linalg.eigvalsh(covariance)[-1]), float(np.trace(covariance)), len(shares) - 1
    return {
        "triggered": trace / df > 1 + 3 * math.sqrt(2 / (count * df)),
        "lambda": max(1.0, largest * (1 + math.sqrt(2 / count))),
        "k": max(1.0, trace / largest),
    }


def autoregressive_cells(random, phi, length, cuts):
    noise = random.normal(size=length) * math.sqrt(1 - phi * phi)
    values = np.empty(length)
    values[0] = random.normal()
    for i in range(1, length):
        values[i] = phi * values[i - 1] + noise[i]
    return np.searchsorted(cuts, values)


def block_fits():
    random = np.random.default_rng(11)
    counts = lambda cells, bins: np.bincount(cells, minlength=bins).tolist()
    equal = {}
    for phi in (0, 0.3, 0.5, 0.9):
        for bins, blocks, length in ((8, 20, 400), (16, 100, 100), (2, 40, 50)):
            cells = autoregressive_cells(random, phi, blocks * length, stats.norm.ppf(np.arange(1, bins) / bins))
            equal[f"AR({phi}), {blocks} blocks of {length} in {bins} bins"] = [counts(part, bins) for part in cells.reshape(blocks, length)]
    shares = random.dirichlet(np.ones(6))
    uneven = [random.multinomial(n, shares).tolist() for n in (3, 500, 40, 1, 700, 2, 90, 400, 15, 320)]
    dominated = [*uneven, random.multinomial(50_000, shares).tolist()]
    rare = [0.9, 0.06, 0.03, 0.009, 0.001]
    cases = {name: [blocks] for name, blocks in equal.items()}
    cases |= {
        "blocks of uneven sizes": [uneven],
        "blocks of which one is most of all": [dominated],
        "groups of blocks, each with shares of its own": [
            [random.multinomial(50, random_shares).tolist() for _ in range(6)] for random_shares in random.dirichlet(np.ones(4), size=8)
        ],
        "uneven groups of uneven blocks, empty ones among them": [uneven[:2], [], [[0] * 6, uneven[2], [0] * 6], uneven[3:7], uneven[7:], [[0] * 6]],
        "groups of one block": [[block] for block in uneven],
        "one block": [uneven[:1]],
        "no block": [],
        "only empty blocks": [[[0, 0], [0, 0]], []],
        "two equal blocks": [[[30, 70], [30, 70]]],
        "two blocks": [[[30, 70], [50, 50]]],
        "two blocks of uneven sizes": [[[30, 70], [300, 700]]],
        "a single filled bin": [[[0, 40, 0], [0, 50, 0], [0, 60, 0]]],
        "a bin that no block fills": [[[10, 0, 20], [15, 0, 15], [4, 0, 26], [11, 0, 9]]],
        "whole blocks in one bin": [[[64, 0, 0], [0, 64, 0], [64, 0, 0], [0, 0, 64], [0, 64, 0], [0, 64, 0]]],
        "rare bins in small blocks": [[random.multinomial(10, rare).tolist() for _ in range(300)]],
        "a million values a block": [[random.multinomial(1_000_000, shares).tolist() for _ in range(30)]],
        "one group of bins moves, all others keep still": [
            [[40 + (i % 2) * 20, 60 - (i % 2) * 20] + [25] * 12 for i in range(60)]
        ],
        "a thousand million values a block": [[random.multinomial(1_000_000_000, shares).tolist() for _ in range(30)]],
    }
    rows = []
    for name, groups in cases.items():
        row = {"name": name, "groups": groups, "each": fit_blocks(groups, False), "rows": fit_blocks(groups, True)}
        if name in equal:
            row["simple"] = fit_equal_blocks(equal[name])
        rows.append(row)
    return rows


# --- the judge --------------------------------------------------------------------------------------------------------

RANK = ["insufficient", "ok", "notice", "warning", "critical"]


def merged(observed, baseline, ordered, floor=20, most=16):
    """Pairs of (window, baseline) counts; bins the baseline left empty never enter."""
    n, m = sum(observed), sum(baseline)
    bins = [(b, a) for a, b in zip(observed, baseline) if b > 0]
    while len(bins) > 2 and (len(bins) > most or n * min(bins)[0] / m < floor):
        sizes = [b for b, _ in bins]
        first = sizes.index(min(sizes))
        if ordered:
            beside = [i for i in (first - 1, first + 1) if 0 <= i < len(bins)]
            second = min(beside, key=lambda i: (sizes[i], i))
        else:
            second = min((i for i in range(len(bins)) if i != first), key=lambda i: (sizes[i], i))
        low, high = sorted((first, second))
        bins[low] = (bins[low][0] + bins[high][0], bins[low][1] + bins[high][1])
        del bins[high]
    return [a for _, a in bins], [b for b, _ in bins]


def needed(psi0, u, k):
    c = mpf(k - 1) / 2
    return u * ((mp.sqrt(psi0 / u + c) + mpf("3.09")) ** 2 + c)


def lower_bound(index, u, k):
    if needed(mpf(0), u, k) >= index:
        return mpf(0)
    low, high = mpf(0), index
    for _ in range(150):
        middle = (low + high) / 2
        low, high = (middle, high) if needed(middle, u, k) <= index else (low, middle)
    return low


def largest_g(n, m):
    return 2 * (n * mp.log(mpf(n + m) / n) + m * mp.log(mpf(n + m) / m))


def judge_shape(observed, baseline, ordered, log_alpha, thresholds, dependence):
    psi = float(psi_exact(observed, baseline)) if sum(observed) else None
    a, b = merged(observed, baseline, ordered)
    n, m = sum(a), sum(b)
    out = {"samples": n, "bins": len(b), "psi": psi, "baselineSmall": m < 10 * n}
    unknown = {"logP": None, "effect": None, "lowerBound": None, "detectable": None}
    if len(b) < 2 or n * min(b) / m < 10:
        return {"verdict": "insufficient", **out, **unknown, "quiet": True}
    g, df = g_williams(a, b)
    lam = mpf(dependence["lambda"]) if dependence else mpf(1)
    k = min(mpf(dependence["k"]), df) if lam > 1 else mpf(df)
    log_p = log_chi_square_tail(g / lam, k)
    if log_p > -700:
        close(float(log_p), float(stats.chi2.logsf(float(g / lam), float(k))), absolute=1e-9)
    u = lam * (mpf(1) / n + mpf(1) / m)
    index = psi_exact(a, b)
    effect = max(mpf(0), index - k * u)
    bound = lower_bound(index, u, k)
    significant = log_p <= log_alpha
    verdict = "insufficient" if log_chi_square_tail(largest_g(n, m) / lam, k) > log_alpha else "ok"
    if significant:
        verdict = "critical" if bound >= thresholds[1] else "warning" if bound >= thresholds[0] else "notice"
    quiet = not significant or effect < mpf(8) / 10 * mpf(thresholds[0])
    numbers = {"logP": log_p, "effect": effect, "lowerBound": bound, "detectable": needed(mpf(thresholds[0]), u, k)}
    if dependence:
        numbers |= {"lambda": lam, "k": k}
    return {"verdict": verdict, **out, **{name: float(value) for name, value in numbers.items()}, "quiet": bool(quiet)}


def judge_rise(k, n, k0, m, log_alpha, lam):
    # A lam-th of each count, rounded against a rise; fractions, so that 100 / 0.1 is no 999.
    lam = Fraction(lam)
    fewer, fewer_m = int(n / lam), int(m / lam)
    hits = min(fewer_m, math.ceil(k0 / lam))
    log_p = log_fisher_tail(min(fewer, int(k / lam)), fewer, hits, fewer_m) if fewer and fewer_m else mpf(0)
    rise = mpf(k) / n - mpf(k0) / m if n and m else None
    significant = n > 0 and log_p <= log_alpha
    verdict = "ok"
    if significant:
        verdict = "critical" if rise >= mpf("0.05") else "warning" if rise >= mpf("0.01") else "notice"
    elif fewer == 0 or fewer_m == 0 or log_fisher_tail(fewer, fewer, hits, fewer_m) > log_alpha:
        verdict = "insufficient"
    return {
        "verdict": verdict,
        "count": k,
        "samples": n,
        "rate": k / n if n else None,
        "baselineRate": k0 / m if m else None,
        "rise": None if rise is None else float(rise),
        "logP": float(log_p),
        "quiet": bool(not significant or rise < mpf("0.008")),
    }


def judge(case):
    kind, baseline, observed, log_alpha = case["kind"], case["baseline"], case["observed"], case["logAlpha"]
    thresholds = case.get("psi", [0.1, 0.25])
    dependence = case.get("dependence")
    of_rate = dependence or {"missing": 1, "other": 1}
    values, base = observed[:-2], baseline[:-2]
    absent, base_absent = sum(observed[-2:]), sum(baseline[-2:])
    shape = judge_shape(values, base, kind == "numeric", log_alpha, thresholds, dependence)
    missing = judge_rise(absent, sum(observed), base_absent, sum(baseline), log_alpha, of_rate["missing"])
    hidden = [i for i, b in enumerate(base) if b == 0 or (kind == "categorical" and i == len(base) - 1)]
    tests = [shape, missing]
    unseen = None
    if hidden:
        counts = [sum(values[i] for i in hidden), sum(values), sum(base[i] for i in hidden), sum(base)]
        # Empty bins of a numeric feature were never measured: their values go by the shape's.
        by = "lambda" if dependence and kind == "numeric" else "other"
        unseen = judge_rise(*counts, log_alpha, of_rate[by])
        tests.append(unseen)
    verdict = max((t["verdict"] for t in tests), key=RANK.index)
    if verdict == "ok" and shape["verdict"] == "insufficient" and sum(b > 0 for b in base) > 1:
        verdict = "insufficient"
    out = {
        "verdict": verdict,
        "samples": sum(values),
        "psi": shape["psi"],
        "shape": shape,
        "missing": missing,
        "unseen": unseen,
        "quiet": all(t["quiet"] for t in tests),
    }
    if kind == "numeric":
        out["ks"] = ks_numpy(values, base) if sum(values) else None
    return out


def normal_bins(cuts, shift=0.0, scale=1.0):
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    return np.diff(stats.norm.cdf((edges - shift) / scale))


def judgements():
    random = np.random.default_rng(7)
    budget = math.log(1 / (200 * 43_200 * 3))
    cuts = stats.norm.ppf(np.arange(1, 16) / 16)
    base16 = random.multinomial(10_000, normal_bins(cuts)).tolist()
    case = lambda name, kind, baseline, observed, log_alpha=budget, **more: {
        "name": name, "kind": kind, "logAlpha": log_alpha, "baseline": baseline, "observed": observed, **more,
    }  # fmt: skip
    draw = lambda size, shift, scale=1.0: random.multinomial(size, normal_bins(cuts, shift, scale)).tolist()
    atom = [350, 330, 360, 340, 345, 355, 365, 335, 348, 352, 341, 359, 347, 353, 366, 334, 4320]
    atom_shifted = [2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 13, 16, 22, 40, 166]
    zipf = [round(6000 / (i + 1)) for i in range(20)]
    many = [round(4000 / (i + 1) ** 1.1) + 10 for i in range(64)]
    zipf_window = random.multinomial(1200, np.array(zipf) / sum(zipf)).tolist()
    many_share = np.array(many + [40], dtype=float)
    many_share[3] *= 3
    cases = [
        case("the reference's first example", "numeric", [1250] * 8 + [0, 0], [60, 25, 30, 35, 40, 45, 50, 55, 0, 0]),
        case("the reference's second example", "numeric", [1250] * 8 + [0, 0], [30, 25, 30, 35, 40, 45, 50, 85, 0, 0]),
        case("no drift", "numeric", base16 + [50, 3], draw(1000, 0) + [6, 0]),
        case("a shift of a quarter is a notice", "numeric", base16 + [50, 3], draw(6000, 0.25) + [31, 2]),
        case("a shift of 0.4 at n = 10,000 is a warning", "numeric", base16 + [50, 3], draw(10_000, 0.4) + [55, 2]),
        case("a shift of 0.75 is critical", "numeric", base16 + [50, 3], draw(1500, 0.75) + [6, 1]),
        case("a wider spread", "numeric", base16 + [0, 0], draw(3000, 0, 1.6) + [0, 0]),
        case("thresholds of one's own", "numeric", base16 + [0, 0], draw(6000, 0.25) + [0, 0], psi=[0.02, 0.04]),
        case("sixteen bins and an atom at n = 320", "numeric", atom + [0, 0], atom_shifted + [0, 0]),
        case("a lower bound with a negative root", "numeric", base16 + [0, 0], draw(400, 0) + [0, 0], math.log(0.5)),
        case("too few samples", "numeric", base16 + [50, 3], [2, 1, 0, 1, 1, 0, 2, 1, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0]),
        case("two bins, fourteen expected", "numeric", [9000, 1000, 0, 0], [80, 60, 0, 0]),
        case("two bins, nine expected", "numeric", [9000, 1000, 0, 0], [30, 60, 0, 0]),
        case("nothing at all", "numeric", base16 + [50, 3], [0] * 18),
        case("everything missing", "numeric", base16 + [50, 3], [0] * 16 + [400, 0]),
        case("missing rises by two points", "numeric", base16 + [0, 0], draw(980, 0) + [20, 0]),
        case("missing rises by eight points", "numeric", base16 + [40, 10], draw(1840, 0) + [100, 60]),
        case("missing rises by half a point", "numeric", base16 + [0, 0], draw(9950, 0) + [30, 20]),
        case("an empty bin of the baseline fills", "numeric", [3000, 0, 3000, 0, 4000, 0, 0], [280, 60, 290, 0, 370, 0, 0]),
        case("more than half in an empty bin", "numeric", [3000, 0, 300, 6700, 0, 0], [80, 600, 10, 210, 0, 0]),
        case("one bin only", "numeric", [10_000, 0, 0], [900, 0, 0]),
        case("a small baseline", "numeric", [130, 120, 125, 125, 0, 0], [100, 130, 90, 180, 0, 0]),
        case("categories, no drift", "categorical", zipf + [0, 0, 0], zipf_window + [0, 0, 0]),
        case("categories and a new one", "categorical", zipf + [0, 0, 0], zipf_window + [30, 0, 0]),
        case("a rarely seen category grows", "categorical", zipf + [90, 20, 0], zipf_window + [90, 2, 0]),
        case("one of 64 categories triples", "categorical", many + [40, 0, 0],
             random.multinomial(4000, many_share / many_share.sum()).tolist() + [0, 0]),
        case("two categories swap", "categorical", [7000, 3000, 0, 0, 0], [300, 700, 0, 0, 0]),
        case("equal categories", "categorical", [500] * 20 + [0, 0, 0], [17, 33] * 10 + [0, 0, 0], math.log(1e-3)),
    ]  # fmt: skip
    moving = lambda lam, k, missing=1.0, other=1.0: {
        "dependence": {"lambda": lam, "k": k, "missing": missing, "other": other}
    }  # fmt: skip
    cases += [
        case("no drift, eight values move as one", "numeric", base16 + [50, 3], draw(1000, 0) + [6, 0], **moving(8.2, 3.4)),
        case("a shift of 0.4 is a notice where nine values move as one", "numeric", base16 + [0, 0], draw(3000, 0.4) + [0, 0], **moving(9.1, 2.7)),
        case("a shift of 0.75, four values move as one", "numeric", base16 + [50, 3], draw(1500, 0.75) + [6, 1], **moving(4.3, 5.5)),
        case("a shift of 0.6 at n = 9,000 is no more than a warning", "numeric", base16 + [0, 0], draw(9000, 0.6) + [0, 0], **moving(12.5, 4.0)),
        case("a shift of 1 is critical all the same", "numeric", base16 + [0, 0], draw(9000, 1) + [0, 0], **moving(12.5, 4.0)),
        case("more degrees of freedom measured than bins are left", "numeric", base16 + [0, 0], draw(100, 0.3) + [0, 0], **moving(1.7, 13.0)),
        case("lambda of 1 leaves k to the bins", "numeric", base16 + [0, 0], draw(1000, 0.3) + [0, 0], **moving(1.0, 2.0)),
        case("k of 1", "numeric", base16 + [0, 0], draw(2000, 0.9) + [0, 0], **moving(6.0, 1.0)),
        case("so few independent values that no drift could show", "numeric", base16 + [0, 0], [0] * 15 + [700, 0, 0], **moving(400.0, 1.5)),
        case("blind, and yet a rate may rise", "numeric", base16 + [0, 0], draw(900, 0) + [300, 0], **moving(900.0, 1.5, 1.0)),
        case("missing in bursts of forty", "numeric", base16 + [40, 10], draw(1840, 0) + [100, 60], **moving(1.0, 1.0, 40.5)),
        case("missing in bursts of five", "numeric", base16 + [40, 10], draw(1840, 0) + [100, 60], **moving(1.0, 1.0, 5.0)),
        case("fewer values than move as one", "numeric", base16 + [40, 10], draw(90, 0) + [10, 0], **moving(3.0, 2.0, 250.0)),
        case("a rare category in runs of ten", "categorical", zipf + [90, 20, 0], zipf_window + [90, 2, 0], **moving(2.5, 9.0, 1.0, 10.0)),
        case("a rare category in runs of two", "categorical", zipf + [90, 20, 0], zipf_window + [90, 2, 0], **moving(2.5, 9.0, 3.0, 2.0)),
        case("empty bins of the baseline fill, two values at a time", "numeric", [3000, 0, 3000, 0, 4000, 0, 0],
             [280, 60, 290, 0, 370, 0, 0], **moving(2.0, 1.5)),
    ]  # fmt: skip
    return [{**c, "expected": judge(c)} for c in cases]


write("log-gamma.json", log_gamma())
write("chi-square.json", chi_square())
write("fisher.json", fisher())
write("distances.json", distances())
write("report-distances.json", report_distances())
write("benjamini-hochberg.json", benjamini_hochberg())
write("eigenvalues.json", eigenvalues())
write("block-fits.json", block_fits())
write("judgements.json", judgements())
