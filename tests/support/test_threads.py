import threading

import pytest

from minirelprune.support import threads


@pytest.mark.parametrize(("wanted", "most"), [("1", 1), ("0", None), ("many", None), ("", None)])
def test_omp_num_threads_is_obeyed_if_it_is_a_number(
    wanted: str, most: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    available = threads.cores()
    monkeypatch.setenv("OMP_NUM_THREADS", wanted)
    assert threads.cores() == (most or available)


def test_a_limit_ends_with_its_block() -> None:
    before = threads.cores()
    with threads.limited(1):
        assert threads.cores() == 1
    assert threads.cores() == before


@pytest.mark.parametrize("n", [0, 1, 2, 7])
def test_every_number_is_dealt_out_once(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "cores", lambda: 3)
    dealt: list[int] = []
    names = set()

    def work(part: range) -> None:
        dealt.extend(part)
        names.add(threading.current_thread().name)

    threads.share(work, n)
    assert sorted(dealt) == list(range(n))
    assert (threading.main_thread().name in names) == (n <= 1)


def test_an_error_in_a_thread_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "cores", lambda: 2)

    def work(part: range) -> None:
        raise ArithmeticError(f"{part}")

    with pytest.raises(ArithmeticError, match="range"):
        threads.share(work, 4)
