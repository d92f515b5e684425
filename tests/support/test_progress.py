import pytest

from minirelprune.support.progress import bar


@pytest.mark.parametrize(("progress", "shown"), [(True, True), (False, False), (None, False)])
def test_a_bar_is_shown_if_asked_for_or_on_a_terminal(
    progress: bool | None, shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with bar(total=2, name="prune", unit="round", progress=progress) as one:
        one.update()
    assert ("prune" in capsys.readouterr().err) == shown  # what is captured is no terminal
