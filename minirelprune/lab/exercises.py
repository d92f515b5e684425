"""Exercises: a reader's function is held to the laws of the formula that it is to compute."""

import warnings
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import minirelprune

if TYPE_CHECKING:
    from minirelprune.laws import Report


OTHER_NETWORKS = {"ConvNet", "Transformer"}


def exercise(function: Callable[..., Any], network: str = "MLP") -> None:
    """Print which laws a function keeps, and the smallest counterexample to each that it breaks.

    Parameters
    ----------
    function : named as the function or class of `minirelprune` that it is to equal.
    network : "ConvNet" or "Transformer" if it is to serve that kind of network too.

    Raises
    ------
    ValueError : no law speaks of that name.

    >>> def schedule(n, *, target, per_round):
    ...     raise NotImplementedError
    >>> exercise(schedule)
    schedule is not written yet: replace the line that raises NotImplementedError.
    """
    name, report = function.__name__, report_on(function, network)
    if _unwritten(report):
        print(f"{name} is not written yet: replace the line that raises NotImplementedError.")
        return
    kept = len(report.verdicts) - len(report.broken)
    print(f"{name} keeps {kept} of the {len(report.verdicts)} laws that speak of it.\n")
    print(*report.verdicts, sep="\n")


def report_on(function: Callable[..., Any], network: str = "MLP") -> "Report":
    """Hold a function to the laws that speak of its name; other names are those of the package.

    Laws of other networks than the MLP and this one are left out. Of a function that is not written
    yet the first law says enough.
    """
    from minirelprune.laws import LAWS, Report, check  # needs Hypothesis, as only exercises do

    name = function.__name__
    others = OTHER_NETWORKS - {network}
    laws = [law.name for law in LAWS.values() if name in law.needs and not others & {*law.needs}]
    if not laws:
        named = sorted({need for law in LAWS.values() for need in law.needs})
        raise ValueError(f"function must have a name that a law speaks of, got {name!r}: {named}")
    impl = SimpleNamespace(**{**vars(minirelprune), name: function})
    report = Report(())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as that a layer was emptied, in tiny networks
        for law in laws:
            report = Report((*report.verdicts, *check(impl, only=[law]).verdicts))
            if _unwritten(report):
                break
    return report


def _unwritten(report: "Report") -> bool:
    return any(one.detail.startswith("NotImplementedError") for one in report.verdicts)
