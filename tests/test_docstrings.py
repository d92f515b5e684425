"""Every public docstring is whole, and speaks of the parameters that the signature has."""

import dataclasses
import inspect
import re

import pytest
from public_names import CLASSES, METHODS, PUBLIC, arrays, function_of, parameters


def docstring(name: str) -> str:
    owner, _, method = name.rpartition(".")
    return inspect.getdoc(getattr(CLASSES[owner], method) if owner else PUBLIC[name]) or ""


def sections(name: str, *, lent: bool = True) -> dict[str, str]:
    """The sections of a docstring; "As `other`" and "as for `other`" lend it those of the other."""
    found: dict[str, str] = {}
    for other in re.findall(r"(?:As|as for) `(\w+)`", docstring(name)) if lent else ():
        beside = f"{name.rpartition('.')[0]}.{other}"
        found |= sections(beside if beside in PUBLIC else other)
    for title, body in re.findall(r"^(\w+)\n-+\n((?:.+\n?)+)", docstring(name), re.MULTILINE):
        found[title] = found.get(title, "") + body + "\n"
    return found


def entries(section: str) -> dict[str, str]:
    """What is said of each name in a line such as `x, y : words` and the indented lines below."""
    lines = re.findall(r"^(\w[\w, ]*) : (.*(?:\n .*)*)", section, re.MULTILINE)
    return {name: words for names, words in lines for name in names.split(", ")}


def needed(name: str) -> set[str]:
    """The sections that a docstring must have.

    A function says what it takes, returns and raises. So does a method that takes something; for
    the others, such as `copy` and properties, a sentence is enough. To return None, or an object
    of the own class as `load` does, needs no words. A class says what it takes, and what it raises
    if it checks that.
    """
    thing, takes = PUBLIC[name], {"Parameters"} if parameters(name) else set()
    if name in CLASSES:
        made_by = "__post_init__" if dataclasses.is_dataclass(thing) else "__init__"
        checked = made_by in vars(thing) and not issubclass(thing, Exception)
        return takes | ({"Raises"} if checked else set())
    if name in METHODS and not takes:
        return set()
    returned = inspect.signature(function_of(thing)).return_annotation
    returns = returned not in (None, "None", "Self", name.partition(".")[0])
    return takes | {"Raises"} | ({"Returns"} if returns else set())


@pytest.mark.parametrize("name", PUBLIC)
def test_it_has_the_sections_it_needs_and_an_example(name: str) -> None:
    assert len(docstring(name)) > 10
    assert needed(name) <= {*sections(name)}
    example = "\n>>> " in docstring(name)
    assert example or name in METHODS


@pytest.mark.parametrize("name", PUBLIC)
def test_it_describes_the_parameters_of_the_signature_and_no_others(name: str) -> None:
    described = entries(sections(name).get("Parameters", ""))
    own = entries(sections(name, lent=False).get("Parameters", ""))
    assert {*parameters(name)} <= {*described}
    assert {*own} <= {*parameters(name)}


@pytest.mark.parametrize("name", PUBLIC)
def test_it_says_which_shape_an_array_has(name: str) -> None:
    described = entries(sections(name).get("Parameters", ""))
    shape = r"\((N|n_|K|sizes|\.\.\.)|shape"  # as (N, n_in), (...) or "of any shape"
    assert not {one for one in arrays(name) if not re.search(shape, described[one])}
