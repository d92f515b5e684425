"""The smaller network computes the same, and is as small as it can be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import ACTIVATIONS, MLP, compact

ROUNDING = 1e-12  # sums of at most 6 float64 terms of about 1, added up in another order


def masked(net: MLP, masks: list[np.ndarray]) -> MLP:
    weights = [W * mask for W, mask in zip(net.weights, masks, strict=True)]
    return MLP.from_arrays(weights, net.biases, net.activation)


@st.composite
def pruned_networks(draw: st.DrawFn) -> tuple[MLP, list[np.ndarray]]:
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    activation = draw(st.sampled_from(sorted(ACTIVATIONS)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    net = MLP(sizes, activation, rng=rng, dtype=np.float64)
    share = draw(st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0]))
    return net, [rng.random(W.shape) < share for W in net.weights]


@given(drawn=pruned_networks())
def test_it_computes_what_the_masked_network_does(drawn: tuple) -> None:
    net, masks = drawn
    x = np.random.default_rng(0).normal(size=(20, net.layer_sizes[0]))
    small, whole = compact(net, masks), masked(net, masks)
    assert (small.layer_sizes[0], small.layer_sizes[-1]) == (
        net.layer_sizes[0],
        net.layer_sizes[-1],
    )
    assert small.dtype == net.dtype
    np.testing.assert_allclose(
        small.forward(x)[-1].z, whole.forward(x)[-1].z, rtol=0, atol=ROUNDING
    )


@given(drawn=pruned_networks())
def test_no_unit_that_is_left_is_without_inputs_or_outputs(drawn: tuple) -> None:
    small = compact(*drawn)
    for l, n in enumerate(small.layer_sizes[1:-1]):
        if n > 1:
            assert small.weights[l].any(axis=0).all()
            assert small.weights[l + 1].any(axis=1).all()


@given(drawn=pruned_networks())
def test_compacting_twice_changes_nothing_more(drawn: tuple) -> None:
    small = compact(*drawn)
    again = compact(small, [np.ones(W.shape, bool) for W in small.weights])
    assert again.layer_sizes == small.layer_sizes


def test_a_constant_is_carried_through_several_layers() -> None:
    # 1.5 -> relu -> 1.5 * 2 + 0.5 = 3.5 -> relu -> 3.5 * 3 - 1 = 9.5, whatever x is.
    net = MLP.from_arrays([[[1.0]], [[2.0]], [[3.0]]], [[1.5], [0.5], [-1.0]])
    masks = [np.zeros((1, 1), bool), np.ones((1, 1), bool), np.ones((1, 1), bool)]
    small = compact(net, masks)
    assert small.forward([[7.0]])[-1].z.item() == 9.5
    assert not small.weights[2].any()


def test_the_network_handed_in_is_not_changed_and_bad_masks_are_named() -> None:
    net = MLP((3, 2, 2), rng=np.random.default_rng(0))
    before = [p.copy() for p in net.parameters]
    compact(net, [np.zeros((3, 2), bool), np.ones((2, 2), bool)])
    assert all((p == q).all() for p, q in zip(net.parameters, before, strict=True))
    with pytest.raises(ValueError, match=r"masks\[0\] must have shape \(3, 2\)"):
        compact(net, [np.ones((2, 3), bool), np.ones((2, 2), bool)])
    with pytest.raises(ValueError, match="net must be"):
        compact("net", [])
    net.weights[0][0, 0] = np.nan
    with pytest.raises(ValueError, match=r"net.parameters\[0\] must be finite"):
        compact(net, [np.ones((3, 2), bool), np.ones((2, 2), bool)])
