"""The training loss: softmax cross-entropy, and the output-L1 term of Eq. (3)."""

from collections.abc import Sequence

import numpy as np

from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Labels


def softmax_cross_entropy(logits: Array, labels: Labels) -> tuple[float, Array]:
    """The mean over the batch of -ln softmax(logits)[label], and its gradient.

    Parameters
    ----------
    logits : (N, n_classes), any finite size: the largest logit of a row is taken off first.
    labels : (N,) whole numbers in [0, n_classes).

    Returns
    -------
    loss : in nats. Infinite only if the difference of two logits leaves the range of their dtype.
    delta : (N, n_classes), dL/dlogits = (softmax - onehot) / N; its rows sum to 0.

    Raises
    ------
    ValueError : the shapes do not fit, a logit is not finite, or a label is out of range.

    Agrees with torch.nn.functional.cross_entropy.

    >>> loss, delta = softmax_cross_entropy(np.array([[0.0, np.log(3.0)]]), np.array([1]))
    >>> round(loss, 4), delta.round(4)
    (0.2877, array([[ 0.25, -0.25]]))
    """
    logits = convert.numbers("logits", logits, ("N", "n_classes"))
    labels = convert.labels("labels", labels, *logits.shape)
    with np.errstate(all="ignore"):
        return cross_entropy(logits, labels)


def cross_entropy(logits: Array, labels: Labels) -> tuple[float, Array]:
    """`softmax_cross_entropy` without checks. The loss is not finite if a logit is not."""
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    total = exponentials.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total[:, 0]) - shifted[rows, labels])
    delta = exponentials / total  # softmax
    delta[rows, labels] -= 1
    delta /= len(labels)
    return float(loss), delta


def logit_curvature(logits: Array, labels: Labels) -> Array:
    """d2L/dz2 of each logit by itself, p (1 - p) / N: (N, n_classes), whatever the labels."""
    _, delta = cross_entropy(logits, labels)
    p = delta * len(labels)
    p[np.arange(len(labels)), labels] += 1
    curvature: Array = p * (1 - p) / len(labels)
    return curvature


def output_l1(outputs: Sequence[Array], strength: float) -> float:
    """The term that Eq. (3) adds to the loss: lambda times the L1 norm of the hidden outputs.

    Parameters
    ----------
    outputs : the hidden layers' outputs a, each (N, n_units), N >= 1.
    strength : lambda_rL1, >= 0.

    Returns
    -------
    lambda * sum of abs(a) over all hidden units, mean over the N examples (reading R12).

    Raises
    ------
    ValueError : an output of another shape or not finite, no examples, or a negative strength.

    >>> output_l1([np.array([[1.0, -2.0], [0.0, 1.0]])], strength=0.5)
    1.0
    """
    checks.at_least("strength", strength, 0)
    arrays = [
        convert.numbers(f"outputs[{l}]", a, ("N", "n_units"))
        for l, a in enumerate(checks.sequence("outputs", outputs))
    ]
    for l, a in enumerate(arrays):
        checks.examples(f"outputs[{l}]", a)
    with np.errstate(all="ignore"):
        return l1_term(arrays, float(strength))


def l1_term(outputs: Sequence[Array], strength: float) -> float:
    """`output_l1` without checks."""
    return strength * sum(float(np.abs(a).sum()) / len(a) for a in outputs)  # Eq. (3)
