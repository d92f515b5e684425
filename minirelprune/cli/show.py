"""`minirelprune show`: the rounds that made a pruned network, as a table and as a picture."""

import argparse
import json
import math
from dataclasses import asdict
from pathlib import Path

from minirelprune.cli import arguments, rounds
from minirelprune.experiments import plots
from minirelprune.experiments.outputs import Numbers
from minirelprune.pruning.pruned import Pruned
from minirelprune.support import files

HELP = "the rounds that made a pruned network, as a table and as a picture"
SMALLEST = 8  # the side of a square that counts as an image though the file does not say so


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="a pruned network, as `prune --out` saves it")
    parser.add_argument(
        "--out",
        type=arguments.png,
        metavar="FILE.png",
        help="draw accuracy and sparsity by round; and, if an input is an image, how many weights "
        "of the first layer each pixel has left. An input is an image if the data had the shape "
        f"(N, height, width), or if it is a square of at least {SMALLEST} x {SMALLEST} numbers",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    pruned = Pruned.load(options.file)
    if options.out:
        if not pruned.rounds:
            raise ValueError(f"{options.file} has no rounds to draw")
        files.check_writable(options.out)
    if options.json:
        print(json.dumps({"file": options.file, **_description(pruned)}, indent=2))
    else:
        print(_text(options.file, pruned))
    if options.out:
        plots.save(plots.draw("show", numbers(options.file, pruned)), options.out)
        if not options.json:
            print(f"drawn to {options.out}")
    return 0


def numbers(name: str, pruned: Pruned) -> Numbers:
    """What the picture is drawn from.

    Parameters
    ----------
    name : of the file, for the title.
    pruned : the network, its masks and its rounds.
    """
    shape = image_shape(pruned)
    left = pruned.masks[0].sum(axis=1).tolist() if shape else []
    return {
        "run": [
            {"file": Path(name).name, "made": _made(pruned), "units": pruned.masks[0].shape[1]}
        ],
        "rounds": [{"round": one.number, **asdict(one)} for one in pruned.rounds],
        "layers": [
            {"round": one.number, "layer": l, "sparsity": share}
            for one in pruned.rounds
            for l, share in enumerate(one.layer_sparsity)
        ],
        "pixels": [
            {"row": k // shape[1], "column": k % shape[1], "weights": weights}
            for k, weights in enumerate(left)
            if shape
        ],
    }


def image_shape(pruned: Pruned) -> tuple[int, int] | None:
    """The height and the width of an input; None if it is no image."""
    inputs = pruned.net.n_inputs
    match pruned.configuration.get("image"):
        case [int(height), int(width)] if height * width == inputs:
            return height, width
    side = math.isqrt(inputs)
    return (side, side) if side * side == inputs and side >= SMALLEST else None


def _made(pruned: Pruned) -> str:
    """What made the network, as far as it is known."""
    kept = pruned.configuration
    parts = [pruned.net.title]
    if "data" in kept:
        parts.append(f"on {Path(str(kept['data'])).name}")
    if "criterion" in kept:
        parts.append(f"by {kept['criterion']}")
    return " ".join(parts)


def _description(pruned: Pruned) -> dict[str, object]:
    return {
        **pruned.net.architecture,
        "complete": pruned.complete,
        "configuration": pruned.configuration,
        "rounds": [asdict(one) for one in pruned.rounds],
    }


def _text(name: str, pruned: Pruned) -> str:
    end = "" if pruned.complete else "; stopped early, and `prune --resume` goes on from it"
    lines = [f"{name}: {_made(pruned)}{end}", rounds.header(len(pruned.masks))]
    return "\n".join([*lines, *map(rounds.line, pruned.rounds)])
