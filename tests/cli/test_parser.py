import pytest

from minirelprune.cli import COMMANDS, main


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
