"""What a law is, and how an implementation is held to it.

A law is a function of the implementation under test and of inputs that Hypothesis draws. The
implementation is any namespace with the public names of `minirelprune`: the package itself, a
module of your own, or a `types.SimpleNamespace`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

LAWS: "dict[str, Law]" = {}

USUAL = 100  # examples in Hypothesis' own profile; one with more tries as many times more


@dataclass(frozen=True)
class Law:
    """A sentence, the names it speaks of, and a function that raises where it does not hold."""

    name: str
    statement: str
    needs: tuple[str, ...]
    examples: int
    function: Callable[..., None]
    strategies: dict[str, SearchStrategy[Any]]

    def test(self, impl: object) -> None:
        """Raise with the smallest counterexample found, if there is one."""

        def test(**inputs: object) -> None:
            self.function(impl, **inputs)

        test.__name__ = test.__qualname__ = self.name
        run = settings(
            max_examples=self.examples * settings().max_examples // USUAL,
            derandomize=True,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )(given(**self.strategies)(test))
        run()


def law(
    *needs: str, examples: int = 100, **strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function (impl, **inputs) as a law; its docstring's first line is the law.

    Parameters
    ----------
    needs : the public names the law speaks of; without one of them it is skipped.
    examples : how many inputs to try.
    strategies : where each input is drawn from.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        statement = (function.__doc__ or "").strip().splitlines()[0]
        name = function.__name__
        LAWS[name] = Law(name, statement, needs, examples, function, strategies)
        return function

    return register
