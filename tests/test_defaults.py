"""What is published is what a reader gets who sets nothing: every default, in one table."""

import inspect
from collections.abc import Callable

import pytest

import minirelprune as mr
from minirelprune.network import activations, adam, training
from minirelprune.network.losses import output_l1
from minirelprune.pruning import algorithm
from minirelprune.pruning.catalogue import CRITERIA

ADAM = {"learning_rate": 1e-3, "betas": (0.9, 0.999), "epsilon": 1e-8}  # Kingma and Ba, 2015
EQ_2 = {"alpha": 1.0, "beta": 1e-7, "epsilon": 1e-5}  # the best of Table 1

DEFAULTS: list[tuple[Callable[..., object], dict[str, object]]] = [
    (mr.Adam, ADAM),
    (mr.adam_update, ADAM),
    (mr.Training, {"batch_size": 64, "output_l1": 0.0}),
    (mr.train, {"masks": None, "on_epoch": None, "progress": None}),
    (mr.backward, {"output_l1": 0.0}),
    (output_l1, {}),
    (mr.importance, {**EQ_2, "layer_factor": 1.0}),
    (mr.RelativeContribution, {**EQ_2, "layer_factor": "deep", "silent": "zero"}),
    (mr.MutualInformation, {"reading": "mask", "bins": 20}),
    (mr.Lamp, {"of": "magnitude"}),
    (mr.OutputChange, {"statistic": "change"}),
    (mr.prune_masks, {"scope": "global", "granularity": "weight"}),
    (mr.schedule, {"arithmetic": "whole"}),
    (
        mr.prune,
        {
            "scoring_fraction": 1.0,
            "scope": "global",
            "granularity": "weight",
            "arithmetic": "whole",
            "tuning": mr.Training(epochs=1, learning_rate=1e-4, batch_size=64, output_l1=0.0),
            "evaluation": None,
            "masks": None,
            "on_round": None,
            "progress": None,
        },
    ),
    (algorithm.run_round, {"seconds_scoring": 0.0, "progress": None}),
]


@pytest.mark.parametrize(
    ("use", "expected"), DEFAULTS, ids=lambda one: getattr(one, "__name__", "")
)
def test_the_defaults_are_the_published_ones(
    use: Callable[..., object], expected: dict[str, object]
) -> None:
    parameters = inspect.signature(use).parameters.values()
    assert {p.name: p.default for p in parameters if p.default is not p.empty} == expected


def test_the_constants_are_the_published_ones() -> None:
    assert activations.LEAK == 0.01
    assert (adam.CLEAN_EVERY, adam.VANISHED, training.NEGLIGIBLE) == (256, 1e-30, 1e-12)
    assert [*CRITERIA] == [
        "random",
        "magnitude",
        "wanda",
        "relative_contribution",
        "mutual_information",
        "lamp",
        "ria",
        "nnrelief",
        "synflow",
        "snip",
        "grasp",
        "obd",
        "output_change",
    ]


@pytest.mark.parametrize("f", mr.ACTIVATIONS.values(), ids=lambda f: f.name)
def test_the_engine_of_each_activation_is_the_one_that_fits_its_form(f: mr.Activation) -> None:
    linear, smooth = {"relu", "leaky_relu", "identity"}, {"sigmoid", "tanh"}
    expected = "piecewise_linear" if f.name in linear else "smooth" if f.name in smooth else None
    assert f.engine == expected
