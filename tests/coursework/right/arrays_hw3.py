"""Homework 3 with whole arrays and SciPy."""

import numpy as np
from scipy import stats

from minirelprune.theory.clt_row import CltRow, NormalTest


def importance(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    steady = np.reciprocal(np.add(std, epsilon))
    return np.einsum(",k...->k...", layer_factor, alpha * mean + beta * steady)


def batch_means(values, n):
    ends = np.arange(0, len(values) - len(values) % n, n)
    return np.add.reduceat(values[: len(ends) * n], ends, axis=0) / n


def clt_check(values, batch_sizes=(1, 4, 16, 64, 256)):
    return [check_one(np.asarray(values, float), int(n)) for n in batch_sizes]


def check_one(values, n):
    tolerance = 64 * np.finfo(float).eps * np.abs(values).max(axis=0)
    mean, std = values.mean(axis=0), values.std(axis=0)
    means = batch_means(values - mean, n)
    constant = np.ptp(means, axis=0) <= tolerance
    alive = ~constant
    m = means[:, alive]
    m = m / m.std(axis=0)

    def full(part, fill=np.nan, dtype=float):
        out = np.full(alive.shape, fill, dtype)
        out[alive] = part
        return out

    def test(result):
        rejected = stats.false_discovery_control(result.pvalue, method="by") <= 0.05
        return NormalTest(full(result.statistic), full(result.pvalue), full(rejected, False, bool))

    z = np.sort(means[:, alive] / (std[alive] / n**0.5), axis=0)
    cdf, k = stats.norm.cdf(z), np.arange(1, len(z) + 1)[:, None]
    distance = np.maximum(k / len(z) - cdf, cdf - (k - 1) / len(z)).max(axis=0)
    cubes = np.abs((values - mean)[:, alive] / std[alive]) ** 3
    rho = cubes.mean(axis=0)
    known = cubes.std(axis=0) <= 0.1 * rho * len(values) ** 0.5
    return CltRow(
        batch_size=n,
        batches=len(values) // n,
        constant=constant,
        skewness=full(stats.skew(m)),
        excess_kurtosis=full(stats.kurtosis(m)),
        jarque_bera=test(stats.jarque_bera(m, axis=0)),
        dagostino=test(stats.normaltest(m)),
        distance=full(distance),
        bound=full(np.where(known, 0.4748 * rho / n**0.5, np.inf)),
    )


def tail_index(values, k):
    order = -np.sort(-np.abs(values), axis=0)[: k + 1]
    with np.errstate(all="ignore"):
        logs = np.log(order[:k] / order[k])
        estimate = np.where(order[k] == 0, np.nan, 1 / logs.mean(axis=0))
    return [estimate, estimate / np.sqrt(k)]
