"""The laws bite: every wrong implementation in `mutants.py` breaks the law that speaks of it."""

import laws.mutants_of_networks  # noqa: F401  (importing it registers its mutants)
import pytest
from laws.mutants import MUTANTS, mutated

from minirelprune.laws import LAWS, check


@pytest.mark.parametrize("name", MUTANTS)
@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
def test_the_law_catches_the_mutant(name: str) -> None:
    law, replaces, mutant = MUTANTS[name]
    report = check(mutated(replaces, mutant), only=[law])
    assert report.broken == [law], f"{name} keeps the law it should break"
    assert "AssertionError" in report.verdicts[0].detail, report.verdicts[0].detail


def test_every_law_catches_some_mutant() -> None:
    assert set(LAWS) == {law for law, _, _ in MUTANTS.values()}
