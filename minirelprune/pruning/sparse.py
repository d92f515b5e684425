"""A pruned network in which only the weights that are left take memory: SciPy's sparse matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from minirelprune.network.activations import Activation
from minirelprune.network.mlp import MLP
from minirelprune.pruning.masks import masked
from minirelprune.support import convert
from minirelprune.support.arrays import Array, Mask


@dataclass(frozen=True)
class SparseMLP:
    """What `export_sparse` makes: a network to compute outputs with, and not to train.

    Parameters
    ----------
    weights : W^T of each layer, (n_out, n_in), in compressed sparse rows: a row is a unit.
    biases : (n_out,) of each layer.
    activations : f of each layer, the identity last.

    >>> net = MLP((4, 3, 2), rng=np.random.default_rng(0))
    >>> export_sparse(net, [W > 0 for W in net.weights])
    SparseMLP(4-3-2, 10 weights)
    """

    weights: list[csr_array]
    biases: list[Array]
    activations: list[Activation]

    def logits(self, x: Array) -> Array:
        """The outputs, without softmax.

        Parameters
        ----------
        x : (N, n_in), finite numbers.

        Returns
        -------
        (N, n_classes), in the dtype of the weights.

        Raises
        ------
        ValueError : x does not fit the network.
        """
        n_in, dtype = self.weights[0].shape[1], self.biases[0].dtype
        a = convert.numbers("x", x, ("N", n_in), dtype=dtype).T  # (n_in, N)
        with np.errstate(all="ignore"):
            for W, b, f in zip(self.weights, self.biases, self.activations, strict=True):
                a = f(W @ a + b[:, None])  # (n_out, N)
        return np.ascontiguousarray(a.T)

    def predict(self, x: Array) -> NDArray[np.intp]:
        """The class of the largest logit, (N,), for each row of x, which is as for `logits`."""
        classes: NDArray[np.intp] = self.logits(x).argmax(axis=1)
        return classes

    @property
    def nbytes(self) -> int:
        """Bytes of memory: of each weight that is left its value and its column, and the rest."""
        parts = (part for W in self.weights for part in (W.data, W.indices, W.indptr))
        return sum(part.nbytes for part in (*parts, *self.biases))

    def __repr__(self) -> str:
        sizes = [self.weights[0].shape[1], *(W.shape[0] for W in self.weights)]
        return (
            f"SparseMLP({'-'.join(map(str, sizes))}, {sum(W.nnz for W in self.weights):,} weights)"
        )


def export_sparse(net: MLP, masks: Sequence[Mask]) -> SparseMLP:
    """Keep the surviving weights only, in compressed sparse rows.

    Parameters
    ----------
    net : the pruned network; it is not changed.
    masks : one boolean (n_in, n_out) array per layer; False weights are left out, and so are
        weights that are exactly 0.

    Returns
    -------
    A SparseMLP whose logits are those of the masked network, up to rounding. A weight takes its
    value and 4 bytes for its place, so that a float32 network needs less memory than a dense one if
    more than half of its weights are pruned. It is faster only if few weights are left, because
    matrix libraries are better at dense matrices: `reproduce sparse_speed` measures where.

    Raises
    ------
    ValueError : masks that do not fit the network, or weights that are not finite.

    >>> net = MLP.from_arrays([[[2.0], [3.0]]], [[1.0]])
    >>> sparse = export_sparse(net, [np.array([[True], [False]])])
    >>> sparse.logits([[10.0, 100.0]]).item(), sparse.weights[0].nnz
    (21.0, 1)
    """
    net, _ = masked(net, masks)
    return SparseMLP([csr_array(W.T) for W in net.weights], net.biases, net.activations)
