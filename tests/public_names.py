"""The public API by introspection: what `minirelprune` exports, and the methods of its classes."""

import inspect
import re
from typing import Any

import minirelprune

NAMES = {
    name: thing for name in minirelprune.__all__ if callable(thing := getattr(minirelprune, name))
}
CLASSES = {name: thing for name, thing in NAMES.items() if inspect.isclass(thing)}


def function_of(member: object) -> Any:
    """The function in a class method or a property; everything else is given back as it is."""
    return getattr(member, "fget", getattr(member, "__func__", member))


# With what a class inherits, but only from this package: not what NamedTuple and ABC add.
METHODS = {
    f"{owner}.{name}": member
    for owner, kind in CLASSES.items()
    for name, member in inspect.getmembers_static(kind)
    if inspect.isfunction(function_of(member))
    and function_of(member).__module__.startswith("minirelprune")
    and (name == "__call__" or not name.startswith("_"))
}
PUBLIC = NAMES | METHODS


def parameters(name: str) -> dict[str, str]:
    """The parameters without self and cls, and their types; a warning has none of its own."""
    thing = PUBLIC[name]
    if inspect.isclass(thing) and issubclass(thing, Warning):
        return {}
    taken = list(inspect.signature(function_of(thing)).parameters.values())
    return {
        one.name: str((one.annotation, getattr(one.annotation, "__constraints__", ())))
        for one in taken[name in METHODS :]
    }


def arrays(name: str) -> set[str]:
    """The parameters that are arrays, or lists or dicts of arrays."""
    types = parameters(name).items()
    return {one for one, kind in types if re.search("Array|Labels|Mask|LayerValues|ndarray", kind)}
