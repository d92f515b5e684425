"""Hypothesis settings: the same examples everywhere in CI, fresh ones on a desk.

`pytest --hypothesis-profile=thorough tests/laws/test_laws.py` tries each law on 50 times as many.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=5_000)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

NOBODY = 65534


@pytest.fixture
def as_a_user(tmp_path: Path) -> Iterator[Path]:  # after the folders of pytest are made
    """A folder of a user whom permissions bind, and until the test ends this process is theirs."""
    if not hasattr(os, "geteuid"):
        pytest.skip("needs POSIX permissions")
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        os.seteuid(user)
        for place, folders, _ in os.walk(folder):
            for one in folders:
                Path(place, one).chmod(0o700)
        shutil.rmtree(folder)
