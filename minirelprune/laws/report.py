"""Hold an implementation to every law, and say in words how it did."""

import ast
import inspect
from collections.abc import Iterable
from dataclasses import dataclass

from minirelprune.laws.law import LAWS, Law


@dataclass(frozen=True)
class Verdict:
    """One law, and whether it is "kept", "broken" (with a counterexample) or "skipped"."""

    law: Law
    status: str
    detail: str = ""

    def __str__(self) -> str:
        line = f"{self.status:8}{self.law.name}: {self.law.statement}"
        return line + "".join(f"\n            {part}" for part in self.detail.splitlines())


@dataclass(frozen=True)
class Report:
    """The verdicts on one implementation; `print(report)` is meant to be read."""

    verdicts: tuple[Verdict, ...]

    @property
    def broken(self) -> list[str]:
        """The names of the laws that do not hold."""
        return [verdict.law.name for verdict in self.verdicts if verdict.status == "broken"]

    @property
    def ok(self) -> bool:
        """Whether no law is broken, and at least one was tried."""
        return not self.broken and any(verdict.status == "kept" for verdict in self.verdicts)

    def __str__(self) -> str:
        counts = [
            f"{sum(verdict.status == status for verdict in self.verdicts)} {status}"
            for status in ("kept", "broken", "skipped")
        ]
        return "\n".join([*map(str, self.verdicts), ", ".join(counts)])

    __repr__ = __str__


def check(impl: object, *, only: Iterable[str] | None = None) -> Report:
    """Hold `impl` to the laws: each is kept, broken (with the smallest counterexample) or skipped.

    Parameters
    ----------
    impl : a namespace with some or all of the public names of `minirelprune`.
    only : the names of the laws to try; all of them if None.

    Raises
    ------
    ValueError : `only` names a law that does not exist.

    >>> from types import SimpleNamespace
    >>> def importance(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    ...     return layer_factor * alpha * mean + beta / (epsilon + std)  # misplaced brackets
    >>> report = check(SimpleNamespace(importance=importance))
    >>> report.ok, report.broken
    (False, ['importance_is_eq_2', 'a_layer_factor_keeps_the_order_within_a_layer'])
    """
    chosen = list(LAWS) if only is None else list(only)
    unknown = [name for name in chosen if name not in LAWS]
    if unknown:
        raise ValueError(f"only must name laws, got {unknown}; they are {sorted(LAWS)}")
    return Report(tuple(_verdict(LAWS[name], impl) for name in chosen))


def _verdict(law: Law, impl: object) -> Verdict:
    missing = [name for name in law.needs if not hasattr(impl, name)]
    if missing:
        return Verdict(law, "skipped", f"no {', '.join(missing)}")
    try:
        law.test(impl)
    except Exception as error:  # whatever a wrong implementation raises is its verdict
        # Hypothesis puts the smallest counterexample in the notes.
        notes = "\n".join(getattr(error, "__notes__", []))
        what = f"{type(error).__name__}: {str(error).strip()}"
        return Verdict(law, "broken", f"{what}\n{failing_line(law, error)}\n{notes}")
    return Verdict(law, "kept")


def failing_line(law: Law, error: BaseException) -> str:
    """The statement of a law at which an error left it, on one line; "" if it came from elsewhere.

    Parameters
    ----------
    law : the law that is broken.
    error : what `law.test` raised.
    """
    line, step = 0, error.__traceback__
    code = law.function.__code__
    while step is not None:
        if step.tb_frame.f_code is code:
            line = step.tb_lineno
        step = step.tb_next
    text, first = inspect.getsourcelines(law.function)
    within = [
        node
        for node in ast.walk(ast.parse("".join(text)))
        if isinstance(node, ast.stmt)
        and not isinstance(node, ast.FunctionDef)
        and node.lineno <= line - first + 1 <= (node.end_lineno or 0)
    ]
    if not within:
        return ""
    smallest = min(within, key=lambda node: (node.end_lineno or 0) - node.lineno)
    return ast.unparse(smallest).splitlines()[0]
