"""The module that a student fills in, cut from the library's own source.

A function keeps its signature and its docstring, letter by letter, and its body becomes
`raise NotImplementedError`. The imports that signatures and helpers need are listed. Names that
only type checkers read, and that the assignment does not give, are imported for type checkers.
"""

import ast
import builtins

from minirelprune.coursework import cut, pieces
from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.pieces import OWN_CRITERION, Source, source

Imports = dict[str, set[str]]  # module -> names

OF_ACTIVATION = '''
def {name}(z: Array) -> Array:
    """{what} of {f}, for each z; the shape and the dtype of z are kept."""
    raise NotImplementedError
'''

HEAD = '''"""{title}. Write the functions below, in this order.

Each docstring says what a function takes and gives. The notebook {name}.ipynb explains the formulas
and has hints. `minirelprune coursework check .` in this folder says what is right already.

You may import NumPy, SciPy, and from `minirelprune` only what README.md names.
"""

from __future__ import annotations

{imports}
'''


def module_text(assignment: Assignment) -> str:
    """The text of the module to fill in."""
    helpers, stubs, modules = _parts(assignment)
    kept = [text for text, _ in helpers]
    body = "\n\n\n".join(part.strip("\n") for part in (*kept, *stubs))
    imports, constants = _needs(assignment, body, modules)
    head = HEAD.format(title=assignment.title, name=assignment.name, imports=imports)
    lines = [text for text in constants if "\n" not in text]
    blocks = [text for text in constants if "\n" in text]
    parts = [head.strip("\n")] + (["\n".join(lines)] if lines else [])
    return "\n\n".join(parts) + "\n\n\n" + "\n\n\n".join([*blocks, body]) + "\n"


def _parts(assignment: Assignment) -> tuple[list[tuple[str, str]], list[str], list[Source]]:
    """The helpers, the stubs, and the modules they are from."""
    helpers: dict[str, str] = {}
    stubs: list[str] = []
    modules: dict[str, Source] = {}
    written: set[str] = set()
    for number, task in enumerate(assignment.tasks, start=1):
        again = " (the same function)" if set(task.writes) <= written else ""
        stubs.append(f"# Task {number}, {task.worth} points: {task.title}{again}.")
        for name in task.writes:
            if name not in written:
                written.add(name)
                text = stub(name, task)
                stubs[-1] += f"\n\n\n{text}" if stubs[-1].count("\n") else f"\n{text}"
                modules.setdefault(_module(name), source(_module(name)))
        for name in task.helpers:
            helpers[name] = _whole(name, source(_module(task.writes[0])))
    return [(text, name) for name, text in helpers.items()], stubs, list(modules.values())


def _module(name: str) -> str:
    if pieces.is_slope_or_activation(name):
        return "network.activations"
    return "pruning.scoring" if name == OWN_CRITERION else pieces.home(name)


def stub(name: str, task: Task) -> str:
    """One function or class, with nothing in it."""
    if pieces.is_slope_or_activation(name):
        what = "The slope f'(z)" if name.endswith("_slope") else "f(z)"
        f = name.removesuffix("_slope").replace("_", " ")
        return OF_ACTIVATION.format(name=name, what=what, f=f).strip("\n")
    found = source(_module(name))
    if name == OWN_CRITERION:
        return _own_criterion(found)
    node = cut.statement(name, found.body)
    if isinstance(node, ast.ClassDef):
        return cut.emptied_class(node, found.text, task.omits)
    assert isinstance(node, ast.FunctionDef)
    return cut.emptied(node, found.text)


def _own_criterion(found: Source) -> str:
    """A class with the one method that a criterion has."""
    criterion = cut.statement("Criterion", found.body)
    assert isinstance(criterion, ast.ClassDef)
    scores = cut.statement("scores", criterion.body)
    assert isinstance(scores, ast.FunctionDef)
    head = (
        f'class {OWN_CRITERION}(Criterion):\n    """A criterion of your own: say what it scores."""'
    )
    return f"{head}\n\n{cut.emptied(scores, found.text)}".replace("    @abstractmethod\n", "")


def _whole(name: str, found: Source) -> str:
    return cut.whole(cut.statement(name, found.body), found.text)


def _needs(assignment: Assignment, body: str, modules: list[Source]) -> tuple[str, list[str]]:
    """The import statements, and the constants, that the cut text needs."""
    given = pieces.given_sources(assignment)
    usual: Imports = {}
    checked: Imports = {}
    constants: dict[str, str] = {}
    todo = sorted(_unknown(body) - {"np"})
    while todo:
        name = todo.pop()
        for module in modules:
            origin = pieces.imported_from(name, module.body)
            if origin is not None:
                own = origin.startswith("minirelprune")
                usable = not own or origin in given or f"{origin}.{name}" in given
                (usual if usable else checked).setdefault(origin, set()).add(name)
                break
            if name not in constants and (text := _whole_or_none(name, module)):
                constants[name] = text
                todo += sorted(_unknown(text) - {"np", *constants})
                break
    if checked:
        usual.setdefault("typing", set()).add("TYPE_CHECKING")
    groups = [_statements(usual, group) for group in range(3)]
    groups[1] = ["import numpy as np", *groups[1]]
    if checked:
        later = [f"    {one}" for one in _statements(checked, 2)]
        groups.append(["if TYPE_CHECKING:", *later])
    return "\n\n".join("\n".join(one) for one in groups if one), list(reversed(constants.values()))


def _statements(imports: Imports, group: int) -> list[str]:
    """The statements of Python's own modules (0), of others' (1), or of the library's (2)."""
    places = {"numpy": 1, "scipy": 1, "minirelprune": 2}
    return [
        f"from {module} import {', '.join(sorted(names))}"
        for module, names in sorted(imports.items())
        if places.get(module.partition(".")[0], 0) == group
    ]


def _whole_or_none(name: str, module: Source) -> str | None:
    try:
        return _whole(name, module)
    except KeyError:
        return None


def _unknown(text: str) -> set[str]:
    """The names that a text uses and does not make."""
    tree = ast.parse(text)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    made = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    made |= {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    stored = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    return used - made - stored - set(dir(builtins))
