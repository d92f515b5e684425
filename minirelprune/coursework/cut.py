"""Python source with the bodies of some functions cut out; the rest keeps its letters."""

import ast
from collections.abc import Collection

UNWRITTEN = "raise NotImplementedError"
Function = ast.FunctionDef


def segment(text: str, first: int, last: int) -> str:
    """The lines of a text from one to another, counted from 1, both included."""
    return "\n".join(text.splitlines()[first - 1 : last])


def first_line(node: ast.stmt) -> int:
    """Where a statement begins, with its decorators."""
    decorators = getattr(node, "decorator_list", [])
    return int(min([node.lineno, *(one.lineno for one in decorators)]))


def whole(node: ast.stmt, text: str) -> str:
    """All of a statement."""
    return segment(text, first_line(node), node.end_lineno or node.lineno)


def emptied(node: Function, text: str) -> str:
    """A function with its signature and its docstring, and without its body."""
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    last = (first.end_lineno or 0) if has_docstring else first.lineno - 1
    return f"{segment(text, first_line(node), last)}\n{' ' * (node.col_offset + 4)}{UNWRITTEN}"


def emptied_class(node: ast.ClassDef, text: str, omits: Collection[str] = ()) -> str:
    """A class without the bodies of its methods, and without those that are omitted."""
    kept, parts = node.body[0].lineno - 1, []
    for one in node.body:
        if isinstance(one, Function):
            if one.name not in omits:
                parts.append(emptied(one, text))
        else:
            kept = one.end_lineno or kept
    return "\n\n".join([segment(text, first_line(node), kept), *parts])


def statement(name: str, body: list[ast.stmt]) -> ast.stmt:
    """The statement that makes a name; KeyError if there is none."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and node.name == name:
            return node
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        if name in {one.id for one in targets if isinstance(one, ast.Name)}:
            return node
    raise KeyError(name)


def without(names: Collection[str], text: str) -> str:
    """A module in which these functions and classes have no bodies."""
    lines = text.splitlines()
    for node in reversed(ast.parse(text).body):
        if isinstance(node, Function) and node.name in names:
            lines[first_line(node) - 1 : node.end_lineno] = emptied(node, text).splitlines()
        if isinstance(node, ast.ClassDef) and node.name in names:
            lines[first_line(node) - 1 : node.end_lineno] = emptied_class(node, text).splitlines()
    return "\n".join(lines) + "\n"
