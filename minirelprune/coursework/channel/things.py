"""Networks, activations, records and functions as values.

On both sides the classes are those of the library, as far as the side has them: a child process has
the modules that its assignment gives. Where a class is missing, a stand-in has its attributes.
"""

from collections import namedtuple
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from minirelprune.coursework.channel.data import Tree, Unpacking
from minirelprune.coursework.channel.wire import WireError

RECORDS = {
    "LayerValues": "network.passes",
    "Training": "network.training",
    "Moments": "contribution.moments",
    "NormalTest": "theory.clt_row",
    "CltRow": "theory.clt_row",
    "TailIndex": "theory.tails",
    "Round": "pruning.rounds",
    "Pruned": "pruning.pruned",
}
ASKED = ("__call__", "f", "slope", "derivative", "scores")  # what may be asked of a handle

Pack = Callable[[Any], Tree]
Ask = Callable[..., Any]  # method, *args, **kwargs


def known(module: str, name: str) -> Any:
    """A class or a table of the library, or None where this side does not have it."""
    try:
        return getattr(import_module(f"minirelprune.{module}"), name)
    except ImportError:
        return None


class Handle:
    """What the other side has: a function, or an object whose methods can be asked for values."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("__call__", *args, **kwargs)

    def scores(self, *args: Any, **kwargs: Any) -> Any:
        """The scores of a criterion."""
        return self._ask("scores", *args, **kwargs)


class Curve:
    """An activation, in a process that does not have the class: f and its slope are asked for."""

    def __init__(self, name: str, ask: Ask) -> None:
        self.name, self._ask = name, ask

    def __call__(self, z: Any) -> Any:
        return self._ask("__call__", z)

    def derivative(self, z: Any) -> Any:
        """The slope of f at each z."""
        return self._ask("derivative", z)

    f, slope = __call__, derivative


def pack_thing(value: Any, pack: Pack, offer: Callable[[Any], int]) -> Tree | None:
    """The tree of a network, an activation, a record or a function; None for everything else.

    Parameters
    ----------
    value, pack : what is to be sent, and how to pack its parts.
    offer : keeps an object here, and gives the number under which the other side may ask it.
    """
    name = type(value).__name__
    if name in RECORDS and isinstance(value, tuple):
        return {"record": [name, {key: pack(getattr(value, key)) for key in value._fields}]}  # type: ignore[attr-defined]
    if name in RECORDS and is_dataclass(value):
        return {
            "record": [name, {one.name: pack(getattr(value, one.name)) for one in fields(value)}]
        }
    if isinstance(value, tuple):
        return {"tuple": [pack(one) for one in value]}
    if name == "MLP":
        parts = {"weights": list(value.weights), "biases": list(value.biases)}
        return {"net": [list(value.layer_sizes), value.activation, pack(parts["weights"]),
                        pack(parts["biases"]), [pack(f) for f in value.activations]]}  # fmt: skip
    if name == "Activation":
        table = known("network.activations", "ACTIVATIONS") or {}
        registered = table.get(value.name) is value
        return {"activation": [value.name, value.engine, registered, offer(value)]}
    return None


def unpack_thing(key: str, tree: Tree, come: Unpacking, asking: Callable[[int], Ask]) -> Any:
    """The value of a tree of `pack_thing`; `asking` gives the way to ask an object over there."""
    if key == "record":
        return _record(tree, come)
    if key == "net":
        return _network(tree, come)
    if key == "activation":
        return _activation(tree, asking)
    if key == "handle":
        return Handle(asking(tree))
    raise WireError(f"no value is of the kind {key!r}")


def _record(tree: Tree, come: Unpacking) -> Any:
    name, parts = tree
    if name not in RECORDS:
        raise WireError(f"no record is called {name!r}")
    values = {key: come.unpack(one) for key, one in parts.items()}
    record = known(RECORDS[name], name)
    return (record or namedtuple(name, list(values)))(**values)


def _network(tree: Tree, come: Unpacking) -> Any:
    sizes, activation, weights_tree, biases_tree, fs = tree
    weights, biases = come.unpack(weights_tree), come.unpack(biases_tree)
    kind = known("network.mlp", "MLP")
    if kind is None:
        activations = [come.unpack(f) for f in fs]
        net: Any = SimpleNamespace(
            layer_sizes=tuple(sizes), activation=activation, weights=weights, biases=biases,
            activations=activations, dtype=weights[0].dtype,
            parameters=[p for pair in zip(weights, biases, strict=True) for p in pair],
        )  # fmt: skip
    else:
        arrays = {f"W{l}": W for l, W in enumerate(weights)}
        arrays |= {f"b{l}": b for l, b in enumerate(biases)}
        description = {"layer_sizes": list(sizes), "activation": activation}
        net = kind.from_state("the network that was sent", arrays, description)
    for values, part in ((weights_tree, "weights"), (biases_tree, "biases")):
        for l, one in enumerate(values):
            come.keep(one["array"], partial(_parameter, net, part, l))
    return net


def _parameter(net: Any, part: str, l: int) -> Any:
    return getattr(net, part)[l]


def _activation(tree: Tree, asking: Callable[[int], Ask]) -> Any:
    name, engine, registered, number = tree
    table, kind = (known("network.activations", one) for one in ("ACTIVATIONS", "Activation"))
    if table is not None and registered:
        return table[name]
    ask = asking(number)
    if kind is not None:
        return kind(name, f=lambda z: ask("f", z), slope=lambda z: ask("slope", z), engine=engine)
    return Curve(name, ask)


def where_raised(error: BaseException, module: str) -> str:
    """The line of the student's module that an error came from, if one did."""
    found, step = "", error.__traceback__
    while step is not None:
        if step.tb_frame.f_globals.get("__name__") == module:
            found = f"line {step.tb_lineno}"
        step = step.tb_next
    return found
