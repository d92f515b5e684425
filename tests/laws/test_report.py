"""The report on an implementation: what was tried, what is broken and how, and what is missing."""

from types import SimpleNamespace

import pytest

import minirelprune
from minirelprune.laws import LAWS, check

IMPORTANCE = "importance_is_eq_2"
OF_IMPORTANCE = [name for name, law in LAWS.items() if tuple(law.needs) == ("importance",)]


def wrong(mean: object, std: object, **_: object) -> object:
    """An implementation that is always 1."""
    return mean * 0 + std * 0 + 1  # type: ignore[operator]


def test_what_is_kept_is_counted_and_named() -> None:
    report = check(minirelprune, only=[IMPORTANCE])
    assert (report.ok, report.broken) == (True, [])
    line, counts = str(report).splitlines()
    assert line == f"kept    {IMPORTANCE}: {LAWS[IMPORTANCE].statement}"
    assert counts == "1 kept, 0 broken, 0 skipped"


def test_what_is_broken_comes_with_a_counterexample() -> None:
    report = check(SimpleNamespace(importance=wrong), only=[IMPORTANCE])
    assert (report.ok, report.broken) == (False, [IMPORTANCE])
    text = repr(report)
    assert text.startswith(f"broken  {IMPORTANCE}: ")
    assert "AssertionError" in text
    assert "\n                alpha=" in text  # with which numbers
    assert text.endswith("\n0 kept, 1 broken, 0 skipped")


def test_an_implementation_that_raises_breaks_the_law() -> None:
    def importance(*_: object, **__: object) -> None:
        raise KeyError("not done yet")

    report = check(SimpleNamespace(importance=importance), only=[IMPORTANCE])
    assert report.broken == [IMPORTANCE]
    assert "KeyError: 'not done yet'" in report.verdicts[0].detail


def test_a_law_of_what_is_not_there_is_skipped_and_nothing_tried_is_not_ok() -> None:
    report = check(SimpleNamespace())
    assert {verdict.status for verdict in report.verdicts} == {"skipped"}
    assert [verdict.law.name for verdict in report.verdicts] == list(LAWS)
    assert not report.ok
    assert not report.broken
    assert str(report).splitlines()[-1] == f"0 kept, 0 broken, {len(LAWS)} skipped"
    first = report.verdicts[0]
    assert first.detail == f"no {', '.join(first.law.needs)}"


def test_of_a_part_of_the_names_the_laws_of_that_part_are_tried() -> None:
    report = check(SimpleNamespace(importance=minirelprune.importance))
    tried = [verdict.law.name for verdict in report.verdicts if verdict.status != "skipped"]
    assert tried == OF_IMPORTANCE
    assert report.ok


def test_a_law_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match=r"only must name laws, got \['gravity'\]; they are \["):
        check(minirelprune, only=["gravity", IMPORTANCE])
