"""Laws of Alg. 1 as a whole."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import names, seeds
from minirelprune.laws.law import law
from minirelprune.laws.network import problem
from minirelprune.network.training import Training

criteria = st.sampled_from(["Random", "Magnitude", "Wanda", "RelativeContribution"])
NEEDS = ("MLP", "prune", "Random", "Magnitude", "Wanda", "RelativeContribution")
SIZES = (4, 6, 5, 3)


def pruned(impl: Any, seed: int, name: str, criterion: str, **settings: Any) -> tuple[Any, Any]:
    """A network, and what Alg. 1 makes of it; layers may be emptied, and that is fine here."""
    net, x, y = problem(impl, seed, SIZES, name)
    rng = np.random.default_rng(seed)
    options = {"target": 0.6, "per_round": 0.25, "progress": False, **settings}
    return net, impl.prune(net, x, y, criterion=getattr(impl, criterion)(), rng=rng, **options)


@law(*NEEDS, seed=seeds, name=names, criterion=criteria, target=st.floats(0.05, 0.95), examples=25)
def pruning_ends_exactly_at_the_target(
    impl: Any, seed: int, name: str, criterion: str, target: float
) -> None:
    """round(target * n) weights are 0 in the end, and the masks say which."""
    _, result = pruned(impl, seed, name, criterion, target=target)
    n = sum(W.size for W in result.net.weights)
    assert sum(int((~mask).sum()) for mask in result.masks) == round(target * n)
    for W, mask in zip(result.net.weights, result.masks, strict=True):
        assert not W[~mask].any()


@law(*NEEDS, seed=seeds, name=names, criterion=criteria, examples=25)
def survivors_keep_their_bits_until_fine_tuning(
    impl: Any, seed: int, name: str, criterion: str
) -> None:
    """Without fine-tuning, a weight is either what it was, to the bit, or 0."""
    net, result = pruned(impl, seed, name, criterion, tuning=Training(0, 1e-4))
    for W, W_pruned, mask in zip(net.weights, result.net.weights, result.masks, strict=True):
        assert (W_pruned == np.where(mask, W, 0)).all()


@law(*NEEDS, seed=seeds, name=names, criterion=criteria, examples=25)
def the_network_handed_in_is_never_changed(impl: Any, seed: int, name: str, criterion: str) -> None:
    """`prune` works on a copy: every weight and bias of the input keeps its bits."""
    net, result = pruned(impl, seed, name, criterion)
    same, _, _ = problem(impl, seed, SIZES, name)
    for kept, fresh in zip(net.weights + net.biases, same.weights + same.biases, strict=True):
        assert kept.tobytes() == fresh.tobytes()
    assert result.net is not net


@law(*NEEDS, seed=seeds, name=names, criterion=criteria, examples=25)
def a_longer_run_prunes_a_superset_of_a_shorter_one(
    impl: Any, seed: int, name: str, criterion: str
) -> None:
    """Masks are nested: what round k took out is still out after round k + 1."""
    _, shorter = pruned(impl, seed, name, criterion, target=0.25)
    _, longer = pruned(impl, seed, name, criterion, target=0.5)
    for early, late in zip(shorter.masks, longer.masks, strict=True):
        assert not (late & ~early).any()
