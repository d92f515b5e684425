"""Every public function takes arrays of any layout, gives the same numbers, and writes to none."""

import inspect
from collections.abc import Callable
from dataclasses import astuple
from functools import partial
from typing import Any

import numpy as np
import pytest
from handed_in import KINDS
from public_names import CLASSES, PUBLIC, arrays

import minirelprune as mr

LAYOUTS = ("read-only", "fortran", "strided", "big-endian", "memory-mapped")
# In another order of memory, sums of 60 float64 numbers of about 1 are added up in another order.
TOLERANCE = {"fortran": 1e-12, "strided": 1e-12}

RNG = np.random.default_rng(0)
NET = mr.MLP((3, 2, 2), "tanh", rng=RNG, dtype=np.float64)
NET.weights[0][2, 1] = 0
CONV = mr.ConvNet((4, 4, 1), (2,), (3, 2), "tanh", kernel=1, rng=RNG, dtype=np.float64)
FORMER = mr.Transformer(
    (4, 4, 1), patch=2, width=2, heads=1, blocks=1, hidden=3, classes=2, rng=RNG, dtype=np.float64
)
W0, B0 = NET.weights[0], NET.biases[0]
GIVEN: dict[str, np.ndarray] = {
    **{name: array.copy() for name, array in NET.state()[0].items()},
    "mask0": W0 != 0,
    "mask1": np.ones((2, 2), np.bool_),
    **{f"conv_{name}": array.copy() for name, array in CONV.state()[0].items()},
    "x": RNG.random((60, 3)),
    "images": RNG.random((60, 16)),
    "y": RNG.integers(0, 2, 60),
    **{name: RNG.normal(size=(60, 2)) for name in ("z", "a", "z_out", "delta", "values")},
    **{name: RNG.random((3, 2)) for name in ("p", "g", "m", "v", "mean", "std")},
    "sizes": np.array([1, 3]),
    "shares": np.array([0.25, 0.75]),
}
SAVED = {**NET.state()[1], "rounds": [], "complete": True, "configuration": {}}
CRITERIA = (
    *(mr.Magnitude, mr.MutualInformation, mr.Random, mr.RelativeContribution, mr.Wanda),
    *(mr.Lamp, mr.NNRelief, mr.OutputChange, mr.Ria, mr.SynFlow),
)
BY_LOSS = (mr.Grasp, mr.Obd, mr.Snip)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def train(x: Any, y: Any, mask0: Any, mask1: Any) -> object:
    net, how = NET.copy(), mr.Training(2, 0.01, batch_size=16)
    losses = mr.train(net, x, y, how, rng=rng(), masks=[mask0, mask1], progress=False)
    return losses, net.parameters


def prune(x: Any, y: Any, mask0: Any, mask1: Any) -> object:
    how = {"criterion": mr.Wanda(), "target": 0.3, "per_round": 0.2, "progress": False}
    data = {"evaluation": (x, y), "masks": [mask0, mask1]}
    result = mr.prune(NET, x, y, rng=rng(), **how, **data)  # type: ignore[arg-type]
    return result.net.parameters, result.masks, [one.accuracy_tuned for one in result.rounds]


def sparse(mask0: Any, mask1: Any) -> mr.SparseMLP:
    return mr.export_sparse(NET, [mask0, mask1])


def backward(x: Any, z: Any, a: Any, z_out: Any, delta: Any) -> object:
    layers: Any = [(x, z), (a, z_out)]
    return mr.backward(NET, layers, delta, output_l1=0.1)


def adam(method: str, g: Any) -> object:
    p = GIVEN["p"].copy()
    getattr(mr.Adam([p]), method)([g])
    return p


def scores(criterion: mr.Criterion, x: Any, mask0: Any, mask1: Any) -> object:
    return criterion.scores(NET, x, rng=rng(), masks=[mask0, mask1])


def loss_scores(criterion: Any, x: Any, y: Any, mask0: Any, mask1: Any) -> object:
    return criterion.scores(NET, x, y=y, rng=rng(), masks=[mask0, mask1])


def from_state(kind: Any, W0: Any, b0: Any, W1: Any, b1: Any, mask0: Any, mask1: Any) -> object:
    state = {"W0": W0, "b0": b0, "W1": W1, "b1": b1, "mask0": mask0, "mask1": mask1}
    made = kind.from_state("here", state, SAVED)
    return getattr(made, "net", made).parameters, getattr(made, "masks", [])


def moments(x: Any, W0: Any, b0: Any, z: Any) -> object:
    return [mr.contribution_moments(x, W0, b0, f, z=z) for f in ("relu", "tanh", "gelu")]


def conv_from_state(
    conv_W0: Any, conv_b0: Any, conv_W1: Any, conv_b1: Any, conv_W2: Any, conv_b2: Any
) -> object:
    W, b = (conv_W0, conv_W1, conv_W2), (conv_b0, conv_b1, conv_b2)
    state = {f"W{l}": one for l, one in enumerate(W)} | {f"b{l}": one for l, one in enumerate(b)}
    return mr.ConvNet.from_state("here", state, CONV.architecture).parameters


def former_from_state(conv_W0: Any) -> object:
    state = FORMER.state()[0] | {"W0": np.vstack([conv_W0] * 4)}
    return mr.Transformer.from_state("here", state, FORMER.architecture).parameters


# A call of everything that takes arrays, on those of `GIVEN` that its parameters are named after.
CALLS: dict[str, Callable[..., object]] = {
    "Activation.__call__": lambda z: [f(z) for f in mr.ACTIVATIONS.values()],
    "Activation.derivative": lambda z: [f.derivative(z) for f in mr.ACTIVATIONS.values()],
    "Activation.is_blind": lambda z: [f.is_blind(z, 0.1) for f in mr.ACTIVATIONS.values()],
    "Adam.move": partial(adam, "move"),
    "Adam.step": partial(adam, "step"),
    "ConvNet.from_state": conv_from_state,
    "ConvNet.forward": lambda images: CONV.forward(images),
    "ConvNet.inputs": lambda images: [*CONV.inputs(images)],
    "ConvNet.layers": lambda images: [*CONV.layers(images)],
    "ConvNet.predict": lambda images: CONV.predict(images),
    "Transformer.from_state": former_from_state,
    "Transformer.forward": lambda images: FORMER.forward(images),
    "Transformer.inputs": lambda images: [*FORMER.inputs(images)],
    "Transformer.layers": lambda images: [*FORMER.layers(images)],
    "Transformer.predict": lambda images: FORMER.predict(images),
    "MLP.forward": lambda x: NET.forward(x),
    "MLP.from_arrays": lambda W0, b0: mr.MLP.from_arrays([W0], [b0]).parameters,
    "MLP.from_state": partial(from_state, mr.MLP),
    "MLP.inputs": lambda x: [*NET.inputs(x)],
    "MLP.layers": lambda x: [*NET.layers(x)],
    "MLP.predict": lambda x: NET.predict(x),
    "compact": lambda mask0, mask1: mr.compact(NET, [mask0, mask1]).parameters,
    "export_sparse": lambda mask0, mask1, x: sparse(mask0, mask1).logits(x),
    "SparseMLP.logits": lambda x: sparse(NET.weights[0] != 0, NET.weights[1] != 0).logits(x),
    "SparseMLP.predict": lambda x: sparse(NET.weights[0] != 0, NET.weights[1] != 0).predict(x),
    "Pruned.from_state": partial(from_state, mr.Pruned),
    **{f"{one.__name__}.scores": partial(scores, one()) for one in CRITERIA},
    **{f"{one.__name__}.scores": partial(loss_scores, one()) for one in BY_LOSS},
    "accuracy": lambda x, y: mr.accuracy(NET, x, y),
    "adam_update": lambda p, g, m, v: mr.adam_update(p, g, m, v, t=2),
    "backward": backward,
    "batch_means": lambda values: mr.batch_means(values, 5),
    "blind_share": lambda x: mr.blind_share(NET, x, 0.9),
    "clt_check": lambda values, sizes: [astuple(row) for row in mr.clt_check(values, sizes)],
    "contribution": lambda x, W0, b0: mr.contribution(x, W0, b0, "tanh", 1, 0),
    "contribution_moments": moments,
    "contributions": lambda x, W0, b0: mr.contributions(x, W0, b0, "tanh"),
    "entropy": lambda shares: mr.entropy(shares),
    "importance": lambda mean, std: mr.importance(mean, std),
    "mutual_information": lambda y, values: mr.mutual_information(y, values[:, 0], bins=3),
    "prune": prune,
    "prune_masks": lambda p, mask0: mr.prune_masks([p], [mask0], count=2),
    "softmax_cross_entropy": lambda z, y: mr.softmax_cross_entropy(z, y),
    "tail_index": lambda values: mr.tail_index(values, 5),
    "train": train,
    "weight_information": lambda x, W0, b0: mr.weight_information(x, W0, b0, "tanh", bins=5),
}


def test_everything_that_takes_arrays_is_called() -> None:
    """Except classes that are made of arrays: a result keeps them, and Adam is to change them."""
    abstract = {name for name, one in PUBLIC.items() if getattr(one, "__isabstractmethod__", False)}
    assert {name for name in PUBLIC if arrays(name)} - {*CLASSES} - abstract == {*CALLS}


def numbers(result: object) -> list[np.ndarray]:
    if isinstance(result, list | tuple):
        return [array for part in result for array in numbers(part)]
    return [np.asarray(result)]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", CALLS)
def test_the_layout_of_an_array_changes_no_number_and_nothing_is_written(
    name: str, layout: str
) -> None:
    plain = {one: GIVEN[one].copy() for one in inspect.signature(CALLS[name]).parameters}
    odd: dict[str, Any] = {one: KINDS[layout](array) for one, array in plain.items()}
    network = [p.tobytes() for p in NET.parameters]
    expected, got = numbers(CALLS[name](**plain)), numbers(CALLS[name](**odd))
    for right, other in zip(expected, got, strict=True):
        assert (other.shape, other.dtype) == (right.shape, right.dtype)
        np.testing.assert_allclose(other, right, rtol=TOLERANCE.get(layout, 0))
    for one, array in plain.items():
        assert odd[one].tobytes() == array.astype(odd[one].dtype).tobytes()
        assert array.tobytes() == GIVEN[one].tobytes()
    assert [p.tobytes() for p in NET.parameters] == network
