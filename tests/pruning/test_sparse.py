"""The sparse network computes what the masked one does, in less memory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import ACTIVATIONS, MLP, export_sparse


@given(
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5),
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    dtype=st.sampled_from([np.float32, np.float64]),
    share=st.sampled_from([0.0, 0.2, 0.5, 1.0]),
    seed=st.integers(0, 2**32 - 1),
)
def test_it_computes_what_the_masked_network_does(
    sizes: list[int], activation: str, dtype: type, share: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    net = MLP(sizes, activation, rng=rng, dtype=dtype)
    masks = [rng.random(W.shape) < share for W in net.weights]
    x = rng.normal(size=(7, sizes[0]))
    sparse = export_sparse(net, masks)
    for W, mask in zip(net.weights, masks, strict=True):
        W[~mask] = 0
    dense = net.forward(x)[-1].z
    logits = sparse.logits(x)
    assert (logits.dtype, logits.shape) == (dense.dtype, dense.shape)
    # Sums of at most 6 terms of at most about 3, added up in another order, in at most 4 layers.
    np.testing.assert_allclose(logits, dense, rtol=0, atol=200 * np.finfo(dtype).eps)
    assert (sparse.predict(x) == logits.argmax(axis=1)).all()
    assert [W.nnz for W in sparse.weights] == [int(mask.sum()) for mask in masks]


def test_a_weight_takes_its_value_and_its_column() -> None:
    net = MLP((784, 392, 196, 10), rng=np.random.default_rng(0))
    masks = [np.random.default_rng(1).random(W.shape) < 0.1 for W in net.weights]
    left, rows = sum(int(mask.sum()) for mask in masks), 392 + 196 + 10
    # float32 and int32 for a weight; the start of each row, and one end in each layer; the biases.
    assert export_sparse(net, masks).nbytes == 8 * left + 4 * (rows + 3) + 4 * rows


def test_bad_input_is_named_and_nothing_is_shared() -> None:
    net = MLP((3, 2), rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="net must be"):
        export_sparse("net", [])
    with pytest.raises(ValueError, match=r"masks\[0\] must have shape \(3, 2\)"):
        export_sparse(net, [np.ones((2, 3), bool)])
    sparse = export_sparse(net, [np.ones((3, 2), bool)])
    with pytest.raises(ValueError, match=r"x must have shape \(N, 3\)"):
        sparse.logits(np.zeros((1, 2)))
    before = sparse.logits(np.ones((1, 3)))
    net.weights[0][:] = net.biases[0][:] = 0
    assert (sparse.logits(np.ones((1, 3))) == before).all()
    net.weights[0][0, 0] = np.inf
    with pytest.raises(ValueError, match=r"net.parameters\[0\] must be finite"):
        export_sparse(net, [np.ones((3, 2), bool)])


def test_it_says_its_sizes_and_how_many_weights_are_left() -> None:
    net = MLP((5, 40, 3), rng=np.random.default_rng(0))
    masks = [np.ones((5, 40), bool), np.ones((40, 3), bool)]
    assert repr(export_sparse(net, masks)) == "SparseMLP(5-40-3, 320 weights)"
    masks = [np.ones((5, 40), bool), np.zeros((40, 3), bool)]
    assert repr(export_sparse(net, masks)) == "SparseMLP(5-40-3, 200 weights)"
    wide = MLP((400, 40, 3), rng=np.random.default_rng(0))
    whole = [np.ones(W.shape, bool) for W in wide.weights]
    assert repr(export_sparse(wide, whole)) == "SparseMLP(400-40-3, 16,120 weights)"
