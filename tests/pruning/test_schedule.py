import numpy as np
import pytest

from minirelprune import schedule
from minirelprune.pruning.schedule import rounds_to


@pytest.mark.parametrize(
    ("per_round", "whole", "floats"), [(0.05, 10, 11), (0.10, 5, 6), (0.15, 4, 4), (0.25, 2, 2)]
)
def test_the_float_trap_of_algorithm_1(per_round: float, whole: int, floats: int) -> None:
    counts = schedule(1000, target=0.5, per_round=per_round)
    trapped = schedule(1000, target=0.5, per_round=per_round, arithmetic="float")
    assert (len(counts), len(trapped)) == (whole, floats)
    assert trapped == counts + [500] * (floats - whole)


def test_rounds_are_counted_in_whole_weights_by_default() -> None:
    assert rounds_to(0.5, 0.05) == rounds_to(0.5, 0.05, "whole") == 10
    assert rounds_to(0.5, 0.05, "float") == 11


def test_a_target_below_one_round_is_one_round() -> None:
    assert schedule(1000, target=0.1, per_round=0.25) == [100]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"target": 1.5}, r"target must be in \(0, 1\), got 1.5"),
        ({"target": 0.0}, r"target must be in \(0, 1\), got 0.0"),
        ({"per_round": float("nan")}, r"per_round must be in \(0, 1\), got nan"),
        ({"target": "0.5"}, r"target must be in \(0, 1\), got '0.5'"),
        ({"per_round": "0.1"}, r"per_round must be in \(0, 1\), got '0.1'"),
        ({"per_round": np.array([0.1])}, r"per_round must be in \(0, 1\), got array"),
        ({"arithmetic": np.array(["whole"])}, "arithmetic must be one of 'whole', 'float', got"),
        ({"arithmetic": "exact"}, "arithmetic must be one of 'whole', 'float', got 'exact'"),
        ({"n_weights": 0}, "n_weights must be a whole number >= 1, got 0"),
    ],
)
def test_a_bad_schedule_is_named(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        schedule(**{"n_weights": 10, "target": 0.5, "per_round": 0.1, **settings})


def test_a_count_of_8_bits_does_not_overflow() -> None:
    counts = schedule(np.uint8(200), target=0.9, per_round=0.3)
    assert counts == [60, 120, 180]
    assert all(type(count) is int for count in counts)
