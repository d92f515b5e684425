"""The library keeps its own laws."""

import pytest

import minirelprune
from minirelprune.laws import LAWS


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
def test_the_library_keeps_the_law(name: str) -> None:
    LAWS[name].test(minirelprune)
