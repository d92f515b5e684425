"""The mutual information of a weight and the output of its unit: section 3, I(a; w) of Eq. (5).

Over the data a weight is a constant, and a constant tells nothing of a: to the letter the measure
is 0 for every weight. Something about the weight must vary before it can be ranked, R13:

"literal"           nothing varies: 0.
"mask"              a fair coin m keeps or drops the weight, and one looks at the output only:
                    I(a; m), the Jensen-Shannon divergence of the outputs with and without it.
"mask_given_input"  the same coin, and one knows the input too: I(a; m given x) is
                    ln 2 P(a != a_without), as the coin shows unless the output stays. What a unit
                    does not show in its blind range is missing here.
"contribution"      the input varies: I(a; x_i w_ij).

The coin is independent of x, so that I(a; m) <= I(a, x; m) = I(a; m given x): "mask_given_input" is
never below "mask", which holds for the numbers computed here too, whatever the bins. Neither is
above ln 2. "contribution" has no such bound, and no regard for w but its sign: x_i and x_i w_ij
tell the same, and an input that goes with the unit's others tells of a, whether used or not.

`figures/ranking.md` and notebook 07 show how these readings rank the weights of networks trained on
MNIST, beside Eq. (2) and Wanda.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import rel_entr

from minirelprune.contribution.definition import activation_named, layer_arrays, pre_activation
from minirelprune.network.activations import Activation
from minirelprune.support import checks
from minirelprune.support.arrays import Array
from minirelprune.support.threads import share
from minirelprune.theory.binning import layer_edges, mass_edges, placed, tally

OfInput = Callable[[int], Array]  # i -> the nats of its weights, (n_out,)

BLOCK = 1 << 18  # numbers worked on at once: 1 MB of float32 stays in a core's cache


def weight_information(
    x: Array,
    W: Array,
    b: Array,
    activation: Activation | str,
    *,
    bins: int,
    reading: str = "mask",
) -> Array:
    """The mutual information of every weight of a layer with the output of its unit, Eq. (5).

    Parameters
    ----------
    x : (N, n_in), the layer's input; N >= 1.
    W, b : (n_in, n_out) and (n_out,), the layer; z = x @ W + b, Eq. (4) with a bias (R1). x and b
        become the dtype of W, float32 or float64.
    activation : f, or its name; the identity on a last layer (R3).
    bins : how many equal-mass bins a is put into, K >= 1; see `binning`. The bins are those of a
        unit's a, with the weight; "mask" puts a_without into the same ones, and has one more on
        either side for what a never reaches. "contribution" also puts x_i w_ij into K bins of its
        own. The other two readings need none.
    reading : "mask", "mask_given_input", "contribution" or "literal" (R13).

    Returns
    -------
    (n_in, n_out), nats, float64. "mask" and "contribution" are estimates, with the errors that
    `entropy` speaks of; "mask_given_input" is exact for these examples.

    Raises
    ------
    ValueError : arrays that are not finite or whose shapes do not fit, no examples, fewer than one
        bin, an unknown name, or a z beyond float64, with a weight or without it.

    A weight that is all of z, and an input that is 0 or 1: a is 0 or 1 too, a_without always 0.
    A 1 gives the coin away, a 0 does not quite. Who knows the input, knows the coin in half the
    cases, which is worth ln 2 / 2:

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W, f = np.array([[0.0], [1.0]]), np.array([[1.0]]), ACTIVATIONS["relu"]
    >>> weight_information(x, W, np.zeros(1), f, bins=2).round(4)
    array([[0.2158]])
    >>> weight_information(x, W, np.zeros(1), f, bins=2, reading="mask_given_input").round(4)
    array([[0.3466]])
    """
    x, W, b = layer_arrays(x, W, b)
    f = activation_named(activation)
    checks.whole("bins", bins, minimum=1)
    checks.one_of("reading", reading, READINGS)
    checks.examples("x", x)
    information = np.zeros(W.shape)
    with np.errstate(all="ignore"):
        x, W, z = _within_range(x, W, pre_activation(x, W, b))  # Eq. (4)
        of_input = READINGS[reading](x, W, f, z, int(bins))

    def work(inputs: range) -> None:
        with np.errstate(all="ignore"):  # which is each thread's own
            for i in inputs:
                information[i] = of_input(i)

    share(work, len(W))  # inputs are independent
    return information


def _within_range(x: Array, W: Array, z: Array) -> tuple[Array, Array, Array]:
    """x, W and z in a dtype that holds every z - x_i w_ij."""
    largest_x, largest_w = (
        np.maximum(v.max(axis=axis), -v.min(axis=axis)).astype(np.float64)
        for v, axis in ((x, 0), (W, 1))
    )  # (n_in,)
    reach = float((largest_x * largest_w).max()) + max(float(z.max()), -float(z.min()))
    if reach > np.finfo(np.float64).max:
        raise ValueError(f"x_i w_ij must keep z - x_i w_ij within float64, got up to {reach}")
    if reach <= np.finfo(x.dtype).max:
        return x, W, z
    return x.astype(np.float64), W.astype(np.float64), z.astype(np.float64)


def _literal(x: Array, W: Array, activation: Activation, z: Array, bins: int) -> OfInput:
    # P(a | w) = P(a) for the one value w has, so H(a | w) = H(a) in Eq. (5) and (6).
    return lambda i: np.zeros(W.shape[1])


def _mask(x: Array, W: Array, activation: Activation, z: Array, bins: int) -> OfInput:
    edges = layer_edges(activation(z), bins)
    place = placed(activation(z), edges)
    p = tally(place, len(edges) + 1)

    def of_input(i: int) -> Array:
        q = p.copy()
        for n, a_without in _without(x, W, activation, z, i):
            q += tally(placed(a_without, edges), len(edges) + 1)
            q -= tally(place[n], len(edges) + 1)
        mixture = (p + q) / 2
        divergence = rel_entr(p, mixture) + rel_entr(q, mixture)  # H(a) - H(a | m), Eq. (5)
        information: Array = divergence.sum(axis=1) / (2 * len(x))
        return information

    return of_input


def _mask_given_input(x: Array, W: Array, activation: Activation, z: Array, bins: int) -> OfInput:
    a = activation(z)

    def of_input(i: int) -> Array:
        changed = np.zeros(W.shape[1])
        for n, a_without in _without(x, W, activation, z, i):
            changed += np.count_nonzero(a_without != a[n], axis=0)
        information: Array = np.log(2) * changed / len(x)
        return information

    return of_input


def _contribution(x: Array, W: Array, activation: Activation, z: Array, bins: int) -> OfInput:
    edges = layer_edges(activation(z), bins)
    place = placed(activation(z), edges)
    k = len(edges) + 1
    n_a = tally(place, k)

    def of_input(i: int) -> Array:
        information = np.zeros(W.shape[1])
        for sign in (1, -1):  # a bin is a range of ranks, and w < 0 turns those of x_i round
            units = np.flatnonzero(sign * W[i] > 0)
            value = sign * x[:, i]
            part = np.searchsorted(mass_edges(value, bins), value, side="right")
            n_x = np.bincount(part)
            n_xa = np.zeros((len(units), len(n_x) * k), np.intp)
            for n in _blocks(np.arange(len(x)), len(units)):
                n_xa += tally(part[n, None] * k + place[n][:, units], n_xa.shape[1])
            expected = n_x[:, None] * n_a[units, None, :]  # N^2 times the product of frequencies
            seen = len(x) * n_xa.reshape(expected.shape)
            information[units] = rel_entr(seen, expected).sum(axis=(1, 2)) / len(x) ** 2
        return information

    return of_input


READINGS = {
    "literal": _literal,
    "mask": _mask,
    "mask_given_input": _mask_given_input,
    "contribution": _contribution,
}


def _without(
    x: Array, W: Array, activation: Activation, z: Array, i: int
) -> Iterator[tuple[NDArray[np.intp], Array]]:
    """Examples n, some at a time, and their outputs without input i, (n, n_out).

    Where x_i is 0 the outputs stay what they are: those examples are passed over.
    """
    for n in _blocks(np.flatnonzero(x[:, i]), W.shape[1]):
        yield n, activation(z[n] - x[n, i : i + 1] * W[i])


def _blocks(examples: NDArray[np.intp], n_out: int) -> list[NDArray[np.intp]]:
    """The examples in parts whose arrays (n, n_out) stay in a core's cache."""
    rows = max(1, BLOCK // max(1, n_out))
    return [examples[start : start + rows] for start in range(0, len(examples), rows)]
