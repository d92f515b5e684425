"""A criterion by its name, with the options that it has."""

import argparse
import inspect
from collections.abc import Mapping
from typing import Any

from minirelprune.cli import arguments
from minirelprune.contribution.definition import SILENT
from minirelprune.pruning.catalogue import CRITERIA
from minirelprune.pruning.lamp import LAMP_OF
from minirelprune.pruning.output_change import STATISTICS
from minirelprune.pruning.scoring import Criterion
from minirelprune.theory.weight_information import READINGS

CONTROL = "none"
OPTIONS = ("alpha", "beta", "epsilon", "layer_factor", "silent", "reading", "of", "statistic")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say how weights are scored."""
    group = parser.add_argument_group("criterion")
    group.add_argument(
        "--criterion",
        choices=[*CRITERIA, CONTROL],
        help="how weights are scored; none only fine-tunes, as a control "
        "(default: relative_contribution, which is Eq. (2))",
    )
    eq_2 = "of Eq. (2)"
    at_least_0 = arguments.at_least(0)
    group.add_argument("--alpha", type=at_least_0, help=f"{eq_2}, >= 0 (default: 1)")
    group.add_argument("--beta", type=at_least_0, help=f"{eq_2}, >= 0 (default: 1e-7)")
    group.add_argument("--epsilon", type=arguments.positive, help=f"{eq_2}, > 0 (default: 1e-5)")
    group.add_argument(
        "--layer-factor", choices=["deep", "shallow", "none"], help=f"s {eq_2} (default: deep)"
    )
    group.add_argument(
        "--silent",
        choices=SILENT,
        help="what Eq. (1) is where a unit's output is 0 (default: zero)",
    )
    group.add_argument("--reading", choices=READINGS, help="of mutual_information (default: mask)")
    group.add_argument(
        "--of", choices=LAMP_OF, help="whose scores lamp normalises (default: magnitude)"
    )
    group.add_argument("--statistic", choices=STATISTICS, help="of output_change (default: change)")


def make(asked: Mapping[str, Any]) -> tuple[Criterion | None, dict[str, object]]:
    """The criterion that is asked for, None for the control, and all options that it has.

    Parameters
    ----------
    asked : "criterion", a key of `CRITERIA` or "none", and those of `OPTIONS`, which are as usual
        where they are None. A layer_factor of "none" switches it off.

    Raises
    ------
    ValueError : an option that the criterion does not have; those that it has are named.
    """
    name = asked["criterion"]
    if name not in CRITERIA and name != CONTROL:
        raise ValueError(f"criterion must be one of {', '.join(CRITERIA)}, none, got {name!r}")
    kind = CRITERIA.get(name, lambda: None)
    usual = {key: one.default for key, one in inspect.signature(kind).parameters.items()}
    has = [key for key in OPTIONS if key in usual]
    given = {key: asked[key] for key in OPTIONS if asked[key] is not None}
    for key in given:
        if key not in has:
            allowed = ", ".join(map(flag, has)) or "none"
            raise ValueError(f"{flag(key)} is no option of {name}, whose options are: {allowed}")
    values = {key: given.get(key, usual[key]) for key in has}
    return kind(**{k: None if v == "none" else v for k, v in values.items()}), values


def flag(name: str) -> str:
    """How a setting is written on the command line.

    >>> flag("layer_factor")
    '--layer-factor'
    """
    return "--" + name.replace("_", "-")
