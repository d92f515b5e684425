"""Laws of the criteria: magnitude, Wanda, and Eq. (2)."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.contribution.definition import contributions
from minirelprune.laws.inputs import close, names, seeds
from minirelprune.laws.law import law
from minirelprune.laws.network import problem
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.support.arrays import Array

criteria = st.sampled_from(["Magnitude", "Wanda", "RelativeContribution"])
ALL = ("MLP", "Magnitude", "Wanda", "RelativeContribution")


def scores(criterion: Any, net: Any, x: Array) -> list[Array]:
    masks = [np.ones(W.shape, np.bool_) for W in net.weights]
    result: list[Array] = criterion.scores(net, x, rng=np.random.default_rng(0), masks=masks)
    return result


@law("MLP", "Magnitude", seed=seeds, name=names)
def magnitude_is_the_absolute_weight(impl: Any, seed: int, name: str) -> None:
    """Magnitude scores abs(w)."""
    net, x, _ = problem(impl, seed, (4, 3, 3), name)
    for score, W in zip(scores(impl.Magnitude(), net, x), net.weights, strict=True):
        assert (score == np.where(W < 0, -W, W)).all()


@law("MLP", "Wanda", seed=seeds, name=names)
def wanda_is_the_rms_change_of_a_linear_unit(impl: Any, seed: int, name: str) -> None:
    """Wanda's score is sqrt(N) times the root mean square of a - a_without for linear f."""
    net, x, _ = problem(impl, seed, (4, 3, 3), name)
    for score, W, layer in zip(
        scores(impl.Wanda(), net, x), net.weights, net.forward(x), strict=True
    ):
        change = layer[0][:, :, None] * W  # a - a_without
        close(score, np.sqrt(len(x)) * np.sqrt(np.mean(np.square(change), axis=0)))


@law("MLP", "RelativeContribution", seed=seeds, name=names, beta=st.floats(0, 1))
def the_score_of_relative_contribution_is_eq_2_with_a_factor_2_to_the_layer(
    impl: Any, seed: int, name: str, beta: float
) -> None:
    """Layer l, counted from 0, scores 2^l [alpha E + beta / (epsilon + sigma)] of Eq. (1)."""
    net, x, _ = problem(impl, seed, (4, 3, 2, 3), name)
    criterion = impl.RelativeContribution(alpha=0.5, beta=beta, epsilon=0.1)
    fs = [ACTIVATIONS[name], ACTIVATIONS[name], ACTIVATIONS["identity"]]
    for l, score in enumerate(scores(criterion, net, x)):
        c = contributions(net.forward(x)[l][0], net.weights[l], net.biases[l], fs[l])
        expected = 2**l * (0.5 * c.mean(axis=0) + beta / (0.1 + c.std(axis=0)))  # Eq. (2)
        close(score, expected, rtol=1e-6)  # sigma is cut out of E(c^2), and c may be large


@law(*ALL, seed=seeds, name=names, criterion=criteria)
def scores_do_not_depend_on_the_order_of_examples(
    impl: Any, seed: int, name: str, criterion: str
) -> None:
    """Shuffling the examples changes no score."""
    net, x, _ = problem(impl, seed, (4, 3, 3), name)
    shuffled = np.random.default_rng(seed).permutation(x)
    scorer = getattr(impl, criterion)()
    for one, other in zip(scores(scorer, net, x), scores(scorer, net, shuffled), strict=True):
        close(one, other, rtol=1e-6)


@law(*ALL, seed=seeds, name=names, criterion=criteria)
def renaming_the_inputs_renames_the_scores(impl: Any, seed: int, name: str, criterion: str) -> None:
    """Permuting the inputs, with their weights, permutes the first layer's scores."""
    net, x, _ = problem(impl, seed, (4, 3, 3), name)
    scorer = getattr(impl, criterion)()
    before = scores(scorer, net, x)
    order = np.random.default_rng(seed).permutation(4)
    net.weights[0][:] = net.weights[0][order]
    after = scores(scorer, net, x[:, order])
    close(after[0], before[0][order], rtol=1e-6)
    close(after[1], before[1], rtol=1e-6)
