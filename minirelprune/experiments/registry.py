"""ONE list of everything that can be reproduced; the command line, `report` and `lab` read it."""

from collections.abc import Sequence

from minirelprune.experiments.exhibit import Exhibit, OfTrials
from minirelprune.experiments.exhibits import (
    agreement,
    architectures,
    beta_and_s,
    bins,
    blind_share,
    claims,
    claims_beyond,
    claims_by_data,
    claims_by_network,
    clt,
    curves,
    dense,
    estimators,
    fig1,
    fig2,
    fig3,
    high_sparsity,
    high_sparsity_tanh,
    information_rows,
    lambda_sweep,
    lenet,
    one_shot,
    pixels,
    random_rows,
    ranking,
    readings,
    robustness,
    sampling,
    sparse_speed,
    structured,
    table1,
    table2,
    table3,
    table4,
    table5,
    tails,
    transformer,
)
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support import checks
from minirelprune.support.progress_lines import in_words

ALL = "all"

EXHIBITS: dict[str, Exhibit] = {
    module.EXHIBIT.name: module.EXHIBIT
    for module in (
        *(dense, table1, table2, table3, table4, table5),
        *(claims, agreement, readings, random_rows, structured, information_rows, one_shot),
        *(
            claims_by_data,
            high_sparsity,
            high_sparsity_tanh,
            claims_beyond,
            robustness,
            sparse_speed,
        ),
        *(lenet, transformer, claims_by_network),
        *(beta_and_s, architectures, lambda_sweep, curves, sampling),
        *(fig1, fig2, fig3, blind_share, clt, tails, ranking, bins, estimators, pixels),
    )
}


def exhibit(name: str) -> Exhibit:
    """The exhibit of this name.

    Raises
    ------
    ValueError : there is none.
    """
    checks.one_of("name", name, EXHIBITS)
    return EXHIBITS[name]


def exhibits(name: str) -> list[Exhibit]:
    """The exhibit of this name, or every one for "all"."""
    return list(EXHIBITS.values()) if name == ALL else [exhibit(name)]


def trials_for(name: str, data: str, seeds: Sequence[int]) -> list[Trial]:
    """The trials that an exhibit, or "all", needs, seed by seed, none of them twice.

    Parameters
    ----------
    name : a key of `EXHIBITS`, or "all"; exhibits that are no views of trials need none.
    data : the name of the data set; exhibits that cannot be made of it need none.
    seeds : one whole number for each repetition.
    """
    trials = [
        trial
        for one in exhibits(name)
        if isinstance(one, OfTrials) and data in one.on
        for seed in seeds
        for trial in one.trials(data, seed)
    ]
    return list(dict.fromkeys(trials))


def listing() -> str:
    """What `minirelprune list` prints: one line for each exhibit."""
    rows = [
        (one.name, one.needs, in_words(one.seconds), ", ".join(one.makes), one.sentence)
        for one in EXHIBITS.values()
    ]
    header = ("name", "needs", "time", "makes", "shows")
    widths = [max(len(row[k]) for row in (header, *rows)) for k in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[-1]])
        for row in (header, *rows)
    )
