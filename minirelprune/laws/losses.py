"""Laws of softmax cross-entropy."""

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, grid, seeds
from minirelprune.laws.law import law
from minirelprune.support.arrays import Array, Labels


def labels_for(logits: Array, seed: int) -> Labels:
    return np.random.default_rng(seed).integers(0, logits.shape[1], len(logits))


batches = st.tuples(st.integers(1, 5), st.integers(2, 4)).flatmap(grid)


@law("softmax_cross_entropy", logits=batches, seed=seeds, size=st.sampled_from([1.0, 1e4]))
def the_loss_is_the_mean_negative_log_likelihood(
    impl: Any, logits: Array, seed: int, size: float
) -> None:
    """The loss is the mean of ln(sum of exp(logit - logit of the label)), for logits up to 2e4."""
    logits, y = size * logits, labels_for(logits, seed)
    each = []
    for row, label in zip(logits, y, strict=True):
        top = max(row)
        each.append(top - row[label] + math.log(sum(math.exp(v - top) for v in row)))
    close(impl.softmax_cross_entropy(logits, y)[0], sum(each) / len(each))


@law("softmax_cross_entropy", logits=batches, seed=seeds, size=st.sampled_from([1.0, 1e4]))
def the_gradient_of_softmax_sums_to_0_over_classes(
    impl: Any, logits: Array, seed: int, size: float
) -> None:
    """Each row of delta sums to 0: softmax and the one-hot label both sum to 1."""
    _, delta = impl.softmax_cross_entropy(size * logits, labels_for(logits, seed))
    assert delta.shape == logits.shape
    close(delta.sum(axis=1), np.zeros(len(logits)), atol=1e-15)


@law("softmax_cross_entropy", logits=batches, seed=seeds, shift=st.integers(-1000, 1000))
def adding_a_constant_to_all_logits_changes_nothing(
    impl: Any, logits: Array, seed: int, shift: int
) -> None:
    """Softmax is shift-invariant."""
    y = labels_for(logits, seed)
    loss, delta = impl.softmax_cross_entropy(logits, y)
    shifted_loss, shifted_delta = impl.softmax_cross_entropy(logits + shift, y)
    close(shifted_loss, loss)
    close(shifted_delta, delta)


@law("softmax_cross_entropy", logits=batches, seed=seeds)
def delta_is_the_slope_of_the_loss(impl: Any, logits: Array, seed: int) -> None:
    """delta is dL/dlogits of the batch mean, by central differences."""
    y, h = labels_for(logits, seed), 1e-5
    _, delta = impl.softmax_cross_entropy(logits, y)
    for k in np.ndindex(logits.shape):
        step = np.zeros(logits.shape)
        step[k] = h
        above, _ = impl.softmax_cross_entropy(logits + step, y)
        below, _ = impl.softmax_cross_entropy(logits - step, y)
        close(delta[k], (above - below) / (2 * h), rtol=1e-6, atol=1e-9)
