"""Claims hold between processes, and end with them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from minirelprune.support import claims
from minirelprune.support.claims import claimed

pytestmark = pytest.mark.skipif(claims.fcntl is None, reason="nothing can be locked on Windows")

HOLDER = """
import sys
from minirelprune.support.claims import claimed
with claimed(sys.argv[1], int(sys.argv[2])) as granted:
    print(granted, flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(path: Path, number: int) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has claimed this number."""
    run = [sys.executable, "-c", HOLDER, str(path), str(number)]
    with subprocess.Popen(run, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def granted(path: Path, number: int) -> bool:
    with claimed(path, number) as answer:
        return answer


def test_what_another_process_has_claimed_is_refused_and_the_rest_is_not(tmp_path: Path) -> None:
    with holder(tmp_path / "lock", 2**32 - 1):
        assert not granted(tmp_path / "lock", 2**32 - 1)
        assert granted(tmp_path / "lock", 0)
        assert granted(tmp_path / "other", 2**32 - 1)
    assert (tmp_path / "lock").read_bytes() == b""


def test_a_claim_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    with holder(tmp_path / "lock", 7) as process:
        process.kill()
        process.wait()
        assert granted(tmp_path / "lock", 7)


def test_a_claim_ends_with_its_block(tmp_path: Path) -> None:
    assert granted(tmp_path / "lock", 7)
    with holder(tmp_path / "lock", 7):
        pass


def test_without_locks_every_claim_is_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "fcntl", None)
    assert granted(tmp_path / "lock", 7)


def test_a_file_system_without_locks_grants_every_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lockf(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(claims.fcntl, "lockf", lockf)
    assert granted(tmp_path / "lock", 7)
