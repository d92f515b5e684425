"""Homework 3 weight by weight, in Python's own numbers where that is possible."""

import math

import numpy as np
from scipy import stats
from scipy.special import ndtr

from minirelprune.theory.clt_row import CltRow, NormalTest


def importance(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    found = np.zeros(np.shape(mean))
    for k in np.ndindex(found.shape):
        found[k] = layer_factor * alpha * mean[k] + layer_factor * beta / (std[k] + epsilon)
    return found.tolist()


def batch_means(values, n):
    return [sum(values[k : k + n]) / n for k in range(0, len(values) - n + 1, n)]


def clt_check(values, batch_sizes=(1, 4, 16, 64, 256)):
    shape = values.shape[1:]
    columns = values.reshape(len(values), -1).T
    return [row_of(columns, shape, n) for n in batch_sizes]


def row_of(columns, shape, n):
    each = [of_weight(np.asarray(column, float), n) for column in columns]
    kinds = list(zip(*each, strict=True))
    constant = np.array(kinds[0])

    def there(k):
        return np.array(kinds[k]).reshape(shape)

    def test(k):
        p, rejected = np.array(kinds[k + 1]), np.zeros(len(constant), bool)
        ranked = sorted(p[~constant])
        m, most = len(ranked), -1.0
        harmonic = sum(1 / r for r in range(1, m + 1))
        for r, value in enumerate(ranked, start=1):
            if value <= 0.05 * r / (m * harmonic):
                most = value
        rejected[~constant] = p[~constant] <= most
        return NormalTest(there(k), there(k + 1), rejected.reshape(shape))

    batches = len(columns[0]) // n
    return CltRow(n, batches, there(0), there(1), there(2), test(3), test(5), there(7), there(8))


def of_weight(v, n):
    means = np.array(batch_means(v, n))
    if np.ptp(means) <= 64 * np.finfo(float).eps * np.abs(v).max():
        return (True, *[math.nan] * 8)
    u = (means - means.mean()) / means.std()
    skew, kurtosis = (u**3).mean(), (u**4).mean() - 3
    jb = len(means) / 6 * (skew**2 + kurtosis**2 / 4)
    d = stats.normaltest(u)
    z = np.sort((means - v.mean()) * math.sqrt(n) / v.std())
    below, steps = ndtr(z), np.arange(len(z) + 1) / len(z)
    distance = max((steps[1:] - below).max(), (below - steps[:-1]).max())
    cubes = np.abs((v - v.mean()) / v.std()) ** 3
    known = cubes.std() / math.sqrt(len(v)) <= 0.1 * cubes.mean()
    bound = 0.4748 * cubes.mean() / math.sqrt(n) if known else math.inf
    return (False, skew, kurtosis, jb, math.exp(-jb / 2), d.statistic, d.pvalue, distance, bound)


def tail_index(values, k):
    columns = np.abs(values).reshape(len(values), -1).T
    estimates = []
    for column in columns:
        *largest, threshold = sorted(column.tolist(), reverse=True)[: k + 1]
        if threshold == 0:
            estimates.append(math.nan)
        elif largest[0] == threshold:
            estimates.append(math.inf)
        else:
            estimates.append(k / math.fsum(math.log(v / threshold) for v in largest))
    estimate = np.array(estimates).reshape(values.shape[1:])
    return estimate, estimate / math.sqrt(k)
