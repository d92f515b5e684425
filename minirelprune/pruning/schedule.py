"""Lines 2-9 of Alg. 1: how many weights are pruned after each round."""

import math

from minirelprune.support import checks

ARITHMETICS = ("whole", "float")


def schedule(
    n_weights: int, *, target: float, per_round: float, arithmetic: str = "whole"
) -> list[int]:
    """How many weights are zero after each round.

    Parameters
    ----------
    n_weights : all original weights, without biases.
    target : P_t, the fraction of them to prune in the end, in (0, 1).
    per_round : P_i, the fraction pruned per round, in (0, 1); the last round takes what is left.
    arithmetic : what is subtracted (R7): "whole" weights; or "float" fractions, as the lines are
        printed, which at 0.5 / 0.05 and 0.5 / 0.1 leaves about 1e-17 and a round more. In
        `prune` that round takes nothing out. It would if each round drew among all weights (R11).

    Returns
    -------
    The cumulative counts, rising; the last is round(target * n_weights).

    Raises
    ------
    ValueError : a fraction outside (0, 1), an unknown arithmetic, or a network without weights.

    >>> schedule(1000, target=0.5, per_round=0.15)
    [150, 300, 450, 500]
    >>> len(schedule(1000, target=0.5, per_round=0.05, arithmetic="float"))
    11
    """
    checks.whole("n_weights", n_weights, minimum=1)
    checks.fraction("target", target)
    checks.fraction("per_round", per_round)
    checks.one_of("arithmetic", arithmetic, ARITHMETICS)
    rounds = max(1, rounds_to(target, per_round, arithmetic))
    final = round(target * n_weights)
    return [min(final, round(k * per_round * n_weights)) for k in range(1, rounds)] + [final]


def rounds_to(target: float, per_round: float, arithmetic: str = "whole") -> int:
    """How many rounds it takes to prune a fraction: none to prune nothing."""
    if arithmetic == "whole":
        return math.ceil(target / per_round - 1e-9)
    left, rounds = target, 0
    while left > 0:  # line 2
        left = max(0, left - per_round)  # lines 3-9
        rounds += 1
    return rounds
