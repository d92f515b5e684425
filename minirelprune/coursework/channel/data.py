"""Values as frames: numbers, texts, arrays, lists, and what the caller of this adds.

An array becomes its dtype, its shape and its bytes, and is rebuilt as a plain `numpy.ndarray`: no
subclass, no object and no method of the sender survives.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.coursework.channel.wire import WireError

Tree = Any  # what JSON can hold
KINDS = "biuf"
LARGEST_ITEM = 8  # bytes per number: of long doubles the size depends on the machine
DEEPEST = 20


class Packing:
    """Values on their way out: a tree for the header, and the arrays that it refers to.

    Parameters
    ----------
    special : value, pack -> the tree of a value that is no plain data; None if it has none.
    """

    def __init__(self, special: Callable[[Any, Callable[[Any], Tree]], Tree | None]) -> None:
        self.arrays: list[NDArray[Any]] = []
        self.generators: list[np.random.Generator] = []
        self._special = special

    def pack(self, value: Any) -> Tree:
        """The tree of one value; WireError if it cannot be sent."""
        kind = type(value)
        if value is None or kind in (bool, int, float, str):
            return value
        if isinstance(value, np.ndarray | np.generic):
            return {"scalar" if isinstance(value, np.generic) else "array": self._add(value)}
        if kind is list:
            return [self.pack(one) for one in value]
        if kind is tuple:
            return {"tuple": [self.pack(one) for one in value]}
        if kind is dict and all(type(key) is str for key in value):
            return {"dict": {key: self.pack(one) for key, one in value.items()}}
        if isinstance(value, np.random.Generator):
            self.generators.append(value)
            return {"generator": seed_of(value)}
        tree = self._special(value, self.pack)
        if tree is None:
            raise WireError(f"a {kind.__name__} cannot be sent")
        return tree

    def _add(self, value: Any) -> int:
        array: NDArray[Any] = np.asarray(value).view(np.ndarray)
        if array.dtype.kind == "f" and array.dtype.itemsize > LARGEST_ITEM:
            array = array.astype(np.float64)
        if array.dtype.kind not in KINDS or array.dtype.itemsize > LARGEST_ITEM:
            raise WireError(f"an array of dtype {array.dtype} cannot be sent")
        self.arrays.append(array)
        return len(self.arrays) - 1

    def layout(self) -> list[Tree]:
        """The dtype and the shape of each array."""
        return [[one.dtype.str, list(one.shape)] for one in self.arrays]

    def payload(self) -> bytes:
        """The bytes of all arrays, one after the other."""
        return b"".join(one.tobytes() for one in self.arrays)


class Unpacking:
    """Values on their way in. It remembers where each array is kept, to tell what was changed.

    Parameters
    ----------
    layout, payload : as `Packing` gave them.
    special : key, tree, unpack -> the value of a tree that is no plain data.
    """

    def __init__(
        self, layout: Tree, payload: memoryview, special: Callable[[str, Tree, "Unpacking"], Any]
    ) -> None:
        self.bytes = _cut(layout, payload)
        self.arrays = [
            np.frombuffer(part, np.dtype(kind)).reshape(shape).copy()
            for (kind, shape), part in zip(layout, self.bytes, strict=True)
        ]
        self.kept: dict[int, Callable[[], Any]] = {}
        self.generators: list[np.random.Generator] = []
        self._special, self._depth = special, 0

    def unpack(self, tree: Tree) -> Any:
        """The value of a tree; WireError if there is none."""
        if tree is None or isinstance(tree, bool | int | float | str):
            return tree
        self._depth += 1
        if self._depth > DEEPEST:
            raise WireError(f"values may be nested {DEEPEST} times at most")
        value = self._list(tree) if isinstance(tree, list) else self._tagged(tree)
        self._depth -= 1
        return value

    def _list(self, tree: list[Tree]) -> list[Any]:
        values = [self.unpack(one) for one in tree]
        for k, one in enumerate(tree):
            if isinstance(one, dict) and "array" in one:
                self.keep(one["array"], partial(values.__getitem__, k))
        return values

    def _tagged(self, tree: Tree) -> Any:
        if not isinstance(tree, dict) or len(tree) != 1:
            raise WireError("a value has one kind")
        [(key, inside)] = tree.items()
        if key in ("array", "scalar"):
            array = self.array(inside)
            return array[()] if key == "scalar" else array
        if key == "tuple":
            return tuple(self.unpack(one) for one in inside)
        if key == "dict":
            return {name: self.unpack(one) for name, one in inside.items()}
        if key == "generator":
            self.generators.append(generator_of(inside))
            return self.generators[-1]
        return self._special(key, inside, self)

    def array(self, k: int) -> NDArray[Any]:
        """Array k, which is kept where it is until it is said to be kept elsewhere."""
        array = self.arrays[k]
        self.kept.setdefault(k, lambda: array)
        return array

    def keep(self, k: int, where: Callable[[], Any]) -> None:
        """Array k is from now on whatever `where` gives."""
        self.kept[k] = where

    def changed(self) -> dict[int, NDArray[Any]]:
        """The arrays whose numbers are no longer those that came in, by their places."""
        found = {}
        for k, where in self.kept.items():
            try:
                now = where()
            except (IndexError, AttributeError):
                continue
            if not isinstance(now, np.ndarray) or now.dtype.kind not in KINDS:
                continue
            came = self.arrays[k]
            if now.shape == came.shape and now.astype(came.dtype).tobytes() != self.bytes[k]:
                found[k] = now.astype(came.dtype)
                self.bytes[k] = found[k].tobytes()
        return found


def _cut(layout: Tree, payload: memoryview) -> list[bytes]:
    """The bytes of each array, once it is known that they fit the layout."""
    parts, start = [], 0
    for kind, shape in layout:
        dtype = np.dtype(kind)
        if dtype.kind not in KINDS or dtype.itemsize > LARGEST_ITEM or any(n < 0 for n in shape):
            raise WireError(f"no array of dtype {dtype} and shape {shape} is expected")
        end = start + dtype.itemsize * math.prod(shape)
        parts.append(bytes(payload[start:end]))
        start = end
    if start != len(payload):
        raise WireError("the bytes do not fit the shapes")
    return parts


def seed_of(rng: np.random.Generator) -> Tree:
    """The state of a generator, and the seed that its children come from."""
    seed: Any = rng.bit_generator.seed_seq
    state: Any = rng.bit_generator.state
    if state["bit_generator"] != "PCG64":
        raise WireError(f"a generator with {state['bit_generator']} cannot be sent")
    return {
        "state": state,
        "entropy": seed.entropy,
        "spawn_key": list(seed.spawn_key),
        "spawned": seed.n_children_spawned,
    }


def generator_of(tree: Tree) -> np.random.Generator:
    """The generator that `seed_of` described."""
    entropy, key = tree["entropy"], tuple(tree["spawn_key"])
    seed = np.random.SeedSequence(entropy, spawn_key=key, n_children_spawned=tree["spawned"])
    rng = np.random.Generator(np.random.PCG64(seed))
    rng.bit_generator.state = tree["state"]
    return rng


def move_on(rng: np.random.Generator, tree: Tree) -> None:
    """Bring a generator to the state in which the other side left its copy."""
    seed: Any = rng.bit_generator.seed_seq
    rng.bit_generator.state = tree["state"]
    more = tree["spawned"] - seed.n_children_spawned
    if 0 < more <= 1000:
        seed.spawn(more)
