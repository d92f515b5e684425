import argparse
from collections.abc import Iterator

import pytest

from minirelprune.cli import COMMANDS, _parser, main
from minirelprune.experiments.registry import EXHIBITS


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_a_wrong_command_line_is_answered_in_one_line(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*command, "--no-such-option"])
    assert caught.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    program = " ".join(["minirelprune", *command])
    assert line.startswith(f"{program}: ")
    assert line.endswith("--help` lists what is allowed)")


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from parsers(one)


NUMBERS = {"fraction", "fraction_or_one", "whole", "at_least", "positive"}  # the types of these
OPTIONS = [
    (f"{parser.prog} {'/'.join(action.option_strings) or action.dest}", action)
    for parser in parsers(_parser())
    for action in parser._actions
    if not isinstance(action, argparse._SubParsersAction)
]


@pytest.mark.parametrize("action", [pytest.param(one, id=name) for name, one in OPTIONS])
def test_every_argument_says_what_it_is(action: argparse.Action) -> None:
    assert action.help


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(one, id=name)
        for name, one in OPTIONS
        if getattr(one.type, "__qualname__", "").partition(".")[0] in NUMBERS
    ],
)
def test_every_number_has_a_range_and_a_default(action: argparse.Action) -> None:
    assert action.help
    assert any(sign in action.help for sign in (">", "in ("))
    assert "default: " in action.help


def test_the_help_of_reproduce_says_what_each_exhibit_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["reproduce", "--help"])
    out = capsys.readouterr().out
    width = max(map(len, EXHIBITS)) + 2
    assert all(f"  {name:{width}}{one.sentence}\n" in out for name, one in EXHIBITS.items())
