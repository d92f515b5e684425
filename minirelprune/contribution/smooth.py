"""The sums of Eq. (1) over a data set by a closed form, for the sigmoid and tanh.

Without weight (i, j), z becomes z - d with d = x_i w_ij. The new output need not be evaluated, nor
subtracted from the old one, which for a small d would leave few digits. For the sigmoid s,

    (s(z) - s(z - d)) / s(z) = q / (q + 1 / (exp(d) - 1))  with  q = 1 / (1 + exp(z)),

where q depends on z alone. As tanh(z) = 2 s(2z) - 1, the same with 2d and 2z serves tanh, times
2 s(2z) / tanh(z), which depends on z alone too. And for a small d

    1 / (exp(d) - 1) = 1 / d - 1/2 + d / 12 - d^3 / 720 + d^5 / 30240 - d^7 / 1209600 + ...

Each term is a power of x_i times a power of w_ij. So one matrix product of six columns by six rows
gives this number for all examples and all units: no function is evaluated for an (example, weight)
pair, and three operations lead to its contribution. Where x_i is 0, so is the contribution: it is
passed over.

The sum in the denominator keeps its digits as long as exp(d), or exp(z), is not small beside 1. An
input for which that, or the range of the dtype, is in doubt goes one contribution after another
(`exact`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import Engine, Sums, divisor_in_sums
from minirelprune.contribution.exact import STEEPNESS, exact_contributions, largest
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support import checks
from minirelprune.support.arrays import Array, Mask
from minirelprune.support.threads import share

BLOCK = 1 << 19  # numbers in an array: 2 MB of float32. Smaller ones: more calls than work
NEAR = 4.0  # for abs(d) up to this the denominator keeps all but two of its digits

# 1 / (exp(d) - 1) as powers of d and their factors (Bernoulli's numbers over factorials). For
# abs(d) up to CLOSE what is left out changes a contribution by less than 4e-6 of itself.
SERIES = {-1: 1.0, 0: -1 / 2, 1: 1 / 12, 3: -1 / 720, 5: 1 / 30240, 7: -1 / 1209600}
CLOSE = 1.5

# Of each dtype: exp of the first and the square of the second are within its range.
FAR = {"float32": 80.0, "float64": 300.0}
LARGE = {"float32": 1e15, "float64": 1e140}


class Layer(NamedTuple):
    """What is known of a layer before its data: d = x_i w is x_i steep_i, twice that for tanh."""

    steep: Array  # (n_in, n_out)
    largest: Array  # (n_in,), of abs(steep)
    powers: Array  # (n_in, 6, n_out), of steep / largest, times the factors of the series


def smooth_engine(W: Array, activation: Activation, silent: str) -> Engine:
    """Prepare the sums over examples of Eq. (1) and of its square, for every weight of a layer.

    Parameters
    ----------
    W : (n_in, n_out).
    activation : the sigmoid or tanh.
    silent : "zero", "skip" (the same sums: the examples count elsewhere) or "epsilon".

    Returns
    -------
    A function of x (N, n_in) and z (N, n_out), which is x @ W + b, that gives the two sums, each
    (n_in, n_out), float64. The relative error of the mean, and that of sigma relative to the root
    mean square, is at most 2e-5 and 1e-4 in float32 and 1e-12 in float64, for any finite x, W and z
    with abs(z) <= 700. Contributions below 1e-30 (float32) or 1e-140 may become 0.

    Raises
    ------
    ValueError : an f whose closed form is not known here.
    """
    checks.one_of('the name of an activation with engine="smooth"', activation.name, STEEPNESS)
    steepness = STEEPNESS[activation.name]
    layer = _prepared(W * W.dtype.type(steepness))

    def sums(x: Array, z: Array) -> Sums:
        total, fine = np.zeros((2, *W.shape)), np.zeros(len(W), np.bool_)
        if steepness * largest(z) <= FAR[W.dtype.name]:
            by_input, factor = np.ascontiguousarray(x.T), _factor(z, activation, silent)
            fine = fits(by_input, layer, factor)
            q = 1 / (1 + np.exp(steepness * z))
            numerator = q if factor is None else q * factor
            total = _closed_form(by_input, q, numerator, layer, np.flatnonzero(fine))
        if not fine.all():
            far = column_engine(W[~fine], activation, silent, exact_contributions)
            total[:, ~fine] = far(x[:, ~fine], z)
        return total[0], total[1]

    return sums


def _prepared(steep: Array) -> Layer:
    size = np.abs(steep).max(axis=1)
    scaled = steep / np.where(size == 0, 1, size)[:, None]  # no power may leave the dtype
    powers = np.empty((len(SERIES), *steep.shape), steep.dtype)
    for out, (power, factor) in zip(powers, SERIES.items(), strict=True):
        out[:] = factor * scaled**power  # of a weight of 0, 1 / d is infinite
    return Layer(steep, size, np.ascontiguousarray(powers.swapaxes(0, 1)))


def _factor(z: Array, activation: Activation, silent: str) -> Array | None:
    """What the closed form of s is multiplied with, (N, n_out), from z alone; None if it is 1."""
    steepness = STEEPNESS[activation.name]
    if steepness == 1 and silent != "epsilon":
        return None
    size = divisor_in_sums(activation(z), silent)
    factor: Array = steepness * ACTIVATIONS["sigmoid"](steepness * z) / size
    return factor


def fits(by_input: Array, layer: Layer, factor: Array | None) -> Mask:
    """For which inputs, (n_in, N), the closed form keeps its digits in this dtype: (n_in,)."""
    if factor is not None and factor.max() > LARGE[layer.steep.dtype.name]:
        return np.zeros(len(by_input), np.bool_)
    size_x = np.maximum(by_input.max(axis=1), -by_input.min(axis=1)).astype(np.float64)
    fine: Mask = size_x * layer.largest <= NEAR
    return fine


def _closed_form(
    by_input: Array, q: Array, numerator: Array, layer: Layer, fine: NDArray[np.intp]
) -> Array:
    """Both sums, (2, n_in, n_out), for the inputs that fit; 0 for the others."""
    total = np.zeros((2, *layer.steep.shape))
    rows = min(len(q), max(1, BLOCK // q.shape[1]))

    def work(inputs: range) -> None:
        spare = np.empty((3, rows, q.shape[1]), q.dtype)  # new arrays would cost more
        for i in fine[inputs]:
            alight = np.flatnonzero(by_input[i])
            close = q.dtype == np.float32 and largest(by_input[i]) * layer.largest[i] <= CLOSE
            for start in range(0, len(alight), rows):
                n = alight[start : start + rows]
                c, for_q, for_numerator = spare[:, : len(n)]
                x, q_n = by_input[i, n], _rows(q, n, for_q)
                numerator_n = q_n if numerator is q else _rows(numerator, n, for_numerator)
                _inverse(x, layer, i, close, out=c)
                c += q_n
                np.divide(numerator_n, c, out=c)  # Eq. (1), with the sign of d
                total[0, i] += np.abs(np.sign(x) @ c)
                total[1, i] += np.einsum("nj,nj->j", c, c)

    share(work, len(fine))  # inputs are independent
    return total


def _inverse(x: Array, layer: Layer, i: int, close: bool, out: Array) -> None:
    """1 / (exp(d) - 1) of input i on some examples, x (n,), for all units: (n, n_out)."""
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # BLAS: 0 * inf, unused
        if close:
            np.matmul(_powers(x * layer.largest[i]), layer.powers[i], out=out)
        else:
            np.multiply.outer(x, layer.steep[i], out=out)
            np.divide(1, np.expm1(out, out=out), out=out)


def _powers(d: Array) -> Array:
    """The powers of the series, (n, 6), by products: the operator ** takes ten times as long."""
    square = d * d
    powers = [1 / d, np.ones_like(d), d]
    while len(powers) < len(SERIES):
        powers.append(powers[-1] * square)
    return np.stack(powers, axis=1)


def _rows(array: Array, n: NDArray[np.intp], spare: Array) -> Array:
    """The rows n of an array, in rising order, copied into `spare` unless none is left out."""
    if n[-1] - n[0] == len(n) - 1:
        return array[n[0] : n[-1] + 1]
    return np.take(array, n, axis=0, out=spare, mode="clip")
