"""Laws of the masks and the schedule of Alg. 1."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import scored_masks
from minirelprune.laws.law import law
from minirelprune.pruning.masks import SCOPES
from minirelprune.support.arrays import Array, Mask

Drawn = tuple[list[Array], list[Mask]]
shares = st.integers(0, 4)
scopes = st.sampled_from(SCOPES)


def some_of(masks: Sequence[Mask], quarter: int) -> int:
    """A quarter, a half, ... of the weights still there."""
    return sum(int(mask.sum()) for mask in masks) * quarter // 4


@law("prune_masks", drawn=scored_masks(), quarter=shares, scope=scopes)
def exactly_count_more_weights_are_pruned(
    impl: Any, drawn: Drawn, quarter: int, scope: str
) -> None:
    """`prune_masks` takes out exactly `count` weights, however many scores are equal."""
    scores, masks = drawn
    count = some_of(masks, quarter)
    after = impl.prune_masks(scores, masks, count=count, scope=scope)
    assert [mask.shape for mask in after] == [mask.shape for mask in masks]
    assert sum(mask.sum() for mask in masks) - sum(mask.sum() for mask in after) == count


@law("prune_masks", drawn=scored_masks(), quarter=shares, scope=scopes)
def masks_only_shrink(impl: Any, drawn: Drawn, quarter: int, scope: str) -> None:
    """A pruned weight stays pruned, and the masks handed in are not changed."""
    scores, masks = drawn
    kept = [mask.copy() for mask in masks]
    after = impl.prune_masks(scores, masks, count=some_of(masks, quarter), scope=scope)
    for new, old, same in zip(after, kept, masks, strict=True):
        assert not (new & ~old).any()
        assert (old == same).all()


@law("prune_masks", drawn=scored_masks(), quarter=shares)
def the_lowest_scores_go_first_and_ties_by_position(impl: Any, drawn: Drawn, quarter: int) -> None:
    """What goes are the first `count` survivors in the order of (score, position)."""
    scores, masks = drawn
    count = some_of(masks, quarter)
    ranked = sorted(
        (scores[l][i, j], l, i, j)
        for l, mask in enumerate(masks)
        for i, j in np.ndindex(mask.shape)
        if mask[i, j]
    )
    expected = [mask.copy() for mask in masks]
    for _, l, i, j in ranked[:count]:
        expected[l][i, j] = False
    after = impl.prune_masks(scores, masks, count=count, scope="global")
    assert all((a == b).all() for a, b in zip(after, expected, strict=True))


@law("prune_masks", drawn=scored_masks(), quarter=shares, scope=st.sampled_from(["layer", "unit"]))
def a_scope_takes_the_same_share_of_every_group(
    impl: Any, drawn: Drawn, quarter: int, scope: str
) -> None:
    """Within a scope each group loses its share of the survivors, rounded up or down."""
    scores, masks = drawn
    count, total = some_of(masks, quarter), sum(int(mask.sum()) for mask in masks)
    after = impl.prune_masks(scores, masks, count=count, scope=scope)
    for old, new in zip(masks, after, strict=True):
        axis = 0 if scope == "unit" else None
        before, lost = np.sum(old, axis=axis), np.sum(old & ~new, axis=axis)
        assert (np.abs(lost * total - count * before) < max(1, total)).all()


hundredths = st.integers(1, 99)
whole_rounds = st.tuples(st.integers(1, 20), st.integers(1, 20)).map(lambda k: (k[0] * k[1], k[1]))
plans = (
    (whole_rounds | st.tuples(hundredths, hundredths))  # (target, per_round), in percent
    .filter(lambda plan: plan[0] < 100)
    .map(lambda plan: (plan[0] / 100, plan[1] / 100))
)


@law("schedule", n=st.integers(1, 500_000), plan=plans)
def the_schedule_ends_exactly_at_the_target(impl: Any, n: int, plan: tuple[float, float]) -> None:
    """The last count is round(target * n); none goes beyond it, and none goes back."""
    target, per_round = plan
    counts = impl.schedule(n, target=target, per_round=per_round)
    assert counts[-1] == round(target * n)
    assert counts == sorted(counts)
    assert all(isinstance(count, int) for count in counts)


@law("schedule", n=st.integers(1, 500_000), plan=plans)
def the_schedule_has_as_many_rounds_as_the_division_says(
    impl: Any, n: int, plan: tuple[float, float]
) -> None:
    """0.5 by 0.05 is ten rounds, not the eleven that subtracting floats takes."""
    target, per_round = plan
    exact = Fraction(str(target)) / Fraction(str(per_round))
    counts = impl.schedule(n, target=target, per_round=per_round)
    assert len(counts) == -(-exact.numerator // exact.denominator)
    for k, count in enumerate(counts[:-1], start=1):
        assert abs(count - k * per_round * n) <= 0.5 + 1e-6
