"""What a criterion of one's own is worth: the area under accuracy against sparsity (homework 6).

The networks, the images and the generators are the same for everybody. Algorithm 1 runs in the
grader; the criterion is only asked for scores. The criteria to compare with are the library's.
"""

import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.coursework import digits
from minirelprune.coursework.channel.calls import Raised
from minirelprune.coursework.isolated import Stopped
from minirelprune.coursework.law_book import extra
from minirelprune.coursework.pieces import OWN_CRITERION
from minirelprune.coursework.student import Student, StudentError, Watch, watched
from minirelprune.laws.inputs import names, seeds
from minirelprune.laws.network import problem
from minirelprune.network.mlp import MLP
from minirelprune.pruning.algorithm import prune
from minirelprune.pruning.criteria import Magnitude, Random, RelativeContribution, Wanda
from minirelprune.support.arrays import Array

SEEDS = (0, 1)
TARGET, PER_ROUND = 0.96, 0.12
REFERENCES: Mapping[str, Any] = {
    "Eq. (2)": RelativeContribution(),
    "magnitude": Magnitude(),
    "Wanda": Wanda(),
    "random": Random(),
}
LEADERBOARD = "Area under accuracy against sparsity (%)"


def area(criterion: Any) -> float:
    """The average accuracy in percent from no to 96% sparsity, over networks of fixed seeds."""
    data, areas = digits.data(), []
    for seed in SEEDS:
        result = prune(
            digits.trained(seed), data.x_train, data.y_train, criterion=criterion, target=TARGET,
            per_round=PER_ROUND, rng=np.random.default_rng(seed),
            evaluation=(data.x_test, data.y_test), progress=False,
        )  # fmt: skip
        sparsity = np.array([one.sparsity for one in result.rounds])
        accuracy = np.array([one.accuracy_tuned for one in result.rounds])
        steps = np.diff(sparsity)
        areas.append(((accuracy[1:] + accuracy[:-1]) / 2 * steps).sum() / steps.sum())
    return float(np.mean(areas))


@cache
def reference_area(name: str) -> float:
    """The same for a criterion of the library."""
    return area(REFERENCES[name])


def leaderboard(student: Student) -> dict[str, float]:
    """The area of a student's criterion, and for comparison the others; {} if it has none."""
    watch = Watch()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # layers may lose their last weight
        try:
            student.open()
            own = area(watched([OWN_CRITERION], student, watch)[OWN_CRITERION]())
        except (StudentError, Stopped, Raised, ValueError, TypeError, ArithmeticError):
            return {}
        finally:
            student.close()
        others = {f"{name}, for comparison": reference_area(name) for name in REFERENCES}
    return {LEADERBOARD: own, **others}


def scored(impl: Any, seed: int, name: str) -> tuple[MLP, Array, Any]:
    """A small network, its input, and what the criterion makes of them."""
    net, x, _ = problem(impl, seed, (4, 3, 2, 3), name)
    masks = [np.ones(W.shape, np.bool_) for W in net.weights]
    criterion = getattr(impl, OWN_CRITERION)()
    return net, x, criterion.scores(net, x, rng=np.random.default_rng(seed), masks=masks)


@extra(OWN_CRITERION, examples=50, seed=seeds, name=names)
def every_weight_has_a_finite_score(impl: Any, seed: int, name: str) -> None:
    """There is one array of finite scores per layer, of the shape of its weights."""
    net, _, scores = scored(impl, seed, name)
    assert [np.shape(one) for one in scores] == [W.shape for W in net.weights]
    assert all(np.isfinite(one).all() for one in scores)


@extra(OWN_CRITERION, examples=25, seed=seeds, name=names)
def the_same_generator_gives_the_same_scores(impl: Any, seed: int, name: str) -> None:
    """The scores depend on the network, the data, the masks and the generator, and nothing else."""
    _, _, one = scored(impl, seed, name)
    _, _, other = scored(impl, seed, name)
    assert all((np.asarray(a) == np.asarray(b)).all() for a, b in zip(one, other, strict=True))


@extra(OWN_CRITERION, examples=25, seed=seeds, name=names)
def scoring_changes_nothing(impl: Any, seed: int, name: str) -> None:
    """The network and the data that are handed in keep their bits."""
    net, x, _ = scored(impl, seed, name)
    same, same_x, _ = problem(impl, seed, (4, 3, 2, 3), name)
    pairs = zip([*net.parameters, x], [*same.parameters, same_x], strict=True)
    assert all(one.tobytes() == other.tobytes() for one, other in pairs)


@extra(OWN_CRITERION, examples=1, start=st.just(0))
def it_keeps_more_accuracy_than_random_scores(impl: Any, start: int) -> None:
    """The area under its curve is larger than that of random scores."""
    assert area(getattr(impl, OWN_CRITERION)()) > reference_area("random")


@extra(OWN_CRITERION, examples=1, start=st.just(0))
def it_is_as_good_as_one_of_the_three(impl: Any, start: int) -> None:
    """The area is at least the smallest of those of Eq. (2), magnitude and Wanda, less 0.5."""
    smallest = min(reference_area(name) for name in ("Eq. (2)", "magnitude", "Wanda"))
    assert area(getattr(impl, OWN_CRITERION)()) >= smallest - 0.5
