"""The training loss: softmax cross-entropy, and the output-L1 term of Eq. (3)."""

from collections.abc import Sequence

import numpy as np

from minirelprune.support import checks
from minirelprune.support.arrays import Array, Labels


def softmax_cross_entropy(logits: Array, labels: Labels) -> tuple[float, Array]:
    """The mean over the batch of -ln softmax(logits)[label], and its gradient.

    Parameters
    ----------
    logits : (N, n_classes), any finite size: the largest logit of a row is taken off first.
    labels : (N,) whole numbers in [0, n_classes).

    Returns
    -------
    loss : in nats. Not finite if a logit is not: the training loop stops at that.
    delta : (N, n_classes), dL/dlogits = (softmax - onehot) / N; its rows sum to 0.

    Raises
    ------
    ValueError : the shapes do not fit, or a label is out of range.

    Agrees with torch.nn.functional.cross_entropy.

    >>> loss, delta = softmax_cross_entropy(np.array([[0.0, np.log(3.0)]]), np.array([1]))
    >>> round(loss, 4), delta.round(4)
    (0.2877, array([[ 0.25, -0.25]]))
    """
    checks.shape("logits", logits.shape, ("N", "n_classes"))
    checks.labels("labels", labels, *logits.shape)
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    total = exponentials.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total[:, 0]) - shifted[rows, labels])
    delta = exponentials / total  # softmax
    delta[rows, labels] -= 1
    delta /= len(labels)
    return float(loss), delta


def output_l1(outputs: Sequence[Array], strength: float) -> float:
    """The term that Eq. (3) adds to the loss: lambda times the L1 norm of the hidden outputs.

    Parameters
    ----------
    outputs : the hidden layers' outputs a, each (N, n_units).
    strength : lambda_rL1, >= 0.

    Returns
    -------
    lambda * sum of abs(a) over all hidden units, mean over the N examples (reading R12).

    >>> output_l1([np.array([[1.0, -2.0], [0.0, 1.0]])], strength=0.5)
    1.0
    """
    return strength * sum(float(np.abs(a).sum()) / len(a) for a in outputs)  # Eq. (3)
