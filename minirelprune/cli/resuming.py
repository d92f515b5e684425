"""What a file says of the run that made it, so that the run can go on with the same settings."""

import argparse
import os
from pathlib import Path
from typing import Any

from minirelprune import __version__
from minirelprune.cli import datasets, networks
from minirelprune.cli.criteria import flag
from minirelprune.cli.settings import USUAL
from minirelprune.data import NAMES
from minirelprune.data.own import OwnData
from minirelprune.pruning.pruned import Pruned


def configuration(asked: dict[str, Any], own: OwnData) -> dict[str, object]:
    """What is kept with a pruned network: all settings, and how to know its data again."""
    named = asked["data"] in NAMES
    return {
        **asked,
        "data": own.data.name if named else os.path.abspath(asked["data"]),
        "data_sha256": datasets.fingerprint(own.data),
        "classes": own.classes and list(own.classes),
        "image": own.image and list(own.image),
        "version": __version__,
    }


def settings_of(stopped: Pruned, options: argparse.Namespace) -> dict[str, Any]:
    """The settings of a stopped run. What is given on the command line must agree with them.

    Only the place of the data may be another one: `data_of` compares what is in it.
    """
    kept = stopped.configuration
    lacking = [name for name in (*USUAL, "data_sha256") if name not in kept]
    if lacking:
        raise ValueError(f"{options.out} cannot go on: it does not say its {', '.join(lacking)}")
    given = {name: value for name in USUAL if (value := getattr(options, name)) is not None}
    for name, value in given.items():
        if name not in datasets.ARGUMENTS and value != kept[name]:
            raise ValueError(
                f"{flag(name)} must agree with {options.out} to go on: "
                f"it is {'not set' if kept[name] is None else kept[name]} there, got {value}"
            )
    settings = {name: kept[name] for name in USUAL}
    if "data" in given:
        settings |= {name: getattr(options, name) for name in datasets.ARGUMENTS}
    return settings


def data_of(stopped: Pruned, asked: dict[str, Any], path: Path) -> OwnData:
    """The data of a stopped run, which must be those that it began with."""
    own = networks.data_for(str(path), stopped.net, stopped, asked)
    kept = stopped.configuration
    if datasets.fingerprint(own.data) != kept["data_sha256"]:
        raise ValueError(
            f"--data must agree with {path} to go on: it is {kept['data']} there, "
            f"got other examples from {asked['data']}"
        )
    return own
