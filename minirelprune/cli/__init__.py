"""The command line: one file for each command."""

import argparse
import sys
import warnings
from collections.abc import Sequence
from typing import TextIO

from tqdm import tqdm

from minirelprune import __version__
from minirelprune.cli import (
    coursework,
    data,
    evaluate,
    prune,
    report,
    reproduce,
    show,
    stops,
    streams,
)
from minirelprune.cli import list as list_command
from minirelprune.cli.parser import Parser
from minirelprune.data import DatasetUnavailable
from minirelprune.experiments.trials.runner import TrialsFailed
from minirelprune.network.training import TrainingDiverged

EPILOG = """\
exit codes:
  0  done
  1  could not be done: the last line of stderr says why
  2  a wrong command line
  130  stopped with Ctrl-C; what was finished is kept
  143  stopped with SIGTERM, as by `kill`; the same is kept
  141  stopped because nobody reads the output, as after `| head`
"""

COMMANDS = {
    "list": list_command,
    "reproduce": reproduce,
    "report": report,
    "prune": prune,
    "evaluate": evaluate,
    "show": show,
    "data": data,
    "coursework": coursework,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code says how it went."""
    with warnings.catch_warnings(), streams.degrading():
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = _show_warning
        try:
            try:
                options = _parser().parse_args(arguments)
            finally:
                sys.stdout.flush()  # --help ends here
            code = _run(options)
            sys.stdout.flush()  # what cannot be written is to be known now, not after the end
            return code
        except BrokenPipeError:  # as by `| head -1`: nobody reads on, and nobody is to be told
            streams.give_up_stdout()
            return streams.BROKEN_PIPE
        except (DatasetUnavailable, TrainingDiverged, TrialsFailed, ValueError, OSError) as error:
            streams.give_up_stdout()
            print(f"minirelprune: {error}", file=sys.stderr)
            return 1


def _run(options: argparse.Namespace) -> int:
    with stops.as_ctrl_c() as stopped:
        try:
            code = int(options.run(options))
        except KeyboardInterrupt:
            print(f"minirelprune: stopped{options.after_stop}", file=sys.stderr)
            code = stops.BY_CTRL_C
    return stopped.code if code == stops.BY_CTRL_C else code


def _parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = Parser(
        "minirelprune",
        description="Small Contributions, Small Networks (arXiv 2410.16151), in NumPy.",
        epilog=EPILOG,
        formatter_class=formatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, module in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=module.HELP.capitalize() + ".",
            epilog=EPILOG,
            formatter_class=formatter,
        )
        command.set_defaults(run=module.run, after_stop="")
        module.add(command)
    return parser


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    tqdm.write(f"minirelprune: {message}", file=sys.stderr)
