"""Ten distributions of pairs whose mutual information is known, in closed form or by integration.

After Czyż et al. (2023), whom section 3 cites.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import betaln, digamma

from minirelprune.support.arrays import Array

Draw = Callable[[np.random.Generator, int], tuple[Array, Array]]


class Case(NamedTuple):
    """A distribution of pairs, and the nats they share."""

    name: str
    truth: float
    draw: Draw


def cases() -> list[Case]:
    """The distributions."""
    normal = gaussian_information(0.75)
    return [
        Case("independent normal", 0.0, gaussian(0.0)),
        Case("normal, correlation 0.5", gaussian_information(0.5), gaussian(0.5)),
        Case("normal, correlation 0.75", normal, gaussian(0.75)),
        Case("the same, as exp(2x), exp(2y)", normal, mapped(lambda v: np.exp(2 * v))),
        Case("the same, as x^5, y^5", normal, mapped(lambda v: v**5)),
        Case("bimodal: normals around ±(2, 2)", bimodal_information(2.0), bimodal(2.0)),
        Case("x uniform, y = x ± 0.1", noise_information(0.1), noise(0.1)),
        Case("x uniform, y = x ± 0.75", noise_information(0.75), noise(0.75)),
        Case("Student-t, 3 degrees of freedom", student_information(3, 0.75), student(3, 0.75)),
        Case("Student-t, 1 degree (Cauchy)", student_information(1, 0.75), student(1, 0.75)),
    ]


def gaussian_information(rho: float) -> float:
    """Of a bivariate normal: -ln(1 - rho^2) / 2."""
    return float(-np.log1p(-(rho**2)) / 2)


def noise_information(e: float) -> float:
    """Of x ~ U(0, 1) and x + U(-e, e): e - ln 2e for e <= 1/2, 1 / 4e beyond."""
    return float(e - np.log(2 * e)) if e <= 0.5 else 1 / (4 * e)


def student_information(nu: float, rho: float) -> float:
    """Of a bivariate Student-t: that of the normal, and more for what the common scale tells."""
    half = nu / 2
    peaks = 2 * (betaln(0.5, half) + np.log(nu / (2 * np.pi)) / 2) - (2 + nu) / nu
    tails = (1 + nu) * (digamma(half + 0.5) - digamma(half))
    return gaussian_information(rho) + float(peaks + tails)


def bimodal_information(centre: float) -> float:
    """Of (c s + e1, c s + e2), s a fair sign, e normal: 2 H(x) - H(x, y), by integration."""
    v, step = np.linspace(-centre - 9, centre + 9, 1201, retstep=True)
    left, right = (np.exp(-((v - c) ** 2) / 2) / np.sqrt(2 * np.pi) for c in (-centre, centre))
    p, pq = (left + right) / 2, (np.outer(left, left) + np.outer(right, right)) / 2
    return float((pq * np.log(pq)).sum() * step**2 - 2 * (p * np.log(p)).sum() * step)


def gaussian(rho: float) -> Draw:
    """Two standard normals of correlation rho."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        x, e = rng.normal(size=(2, n))
        return x, rho * x + np.sqrt(1 - rho**2) * e

    return draw


def mapped(f: Callable[[Array], Array]) -> Draw:
    """Normals of correlation 0.75, each through an increasing f: they share as much as before."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        x, y = gaussian(0.75)(rng, n)
        return f(x), f(y)

    return draw


def bimodal(centre: float) -> Draw:
    """Independent normals around (c, c) or (-c, -c), as a coin falls."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        x, y = centre * rng.choice([-1.0, 1.0], n) + rng.normal(size=(2, n))
        return x, y

    return draw


def noise(e: float) -> Draw:
    """A uniform x, and y = x + U(-e, e)."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        x = rng.random(n)
        return x, x + rng.uniform(-e, e, n)

    return draw


def student(nu: float, rho: float) -> Draw:
    """Normals of correlation rho, divided by one common sqrt(chi-square / nu)."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        x, y = gaussian(rho)(rng, n) / np.sqrt(rng.chisquare(nu, n) / nu)
        return x, y

    return draw
