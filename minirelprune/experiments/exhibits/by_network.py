"""Does what was found on the MLP carry over? The same comparison on a network of another kind.

All criteria prune the trained network step by step: 25, 50, 75 and 90% of its weights, with one
epoch of fine-tuning after each. They score on the same 2% of the training images.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from minirelprune.data import NAMES, SKLEARN
from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.entrants import ENTRANTS, Entrant
from minirelprune.experiments.intervals import Estimate, estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.names import NETWORKS, data_label
from minirelprune.experiments.trials.repeats import Repeats, tuned
from minirelprune.experiments.trials.store import Result
from minirelprune.experiments.trials.trial import CONTROL, Trial, of_seed

SHARE = 0.02  # of the training images, to score on
STEP, LARGEST = 0.25, 0.90
TARGETS = (0.50, 0.75, 0.90)
ACTIVATION = {"mlp": "relu", "lenet": "relu", "transformer": "gelu"}
LARGE_ENOUGH = tuple(name for name in NAMES if name != SKLEARN)  # which has 8 x 8 pixels
LACKING = {"transformer": ("SynFlow", "OBD")}  # which attention has no formula of
NOT_PRUNED = Entrant("Control: nothing pruned", CONTROL, kind="control")
PER_UNIT = Entrant("Wanda, per unit", "wanda", scope="unit")  # as in its own paper (R10)
ABLATED = ("E of Eq. (1), without s", "numerator only")
COMPARED = (
    NOT_PRUNED,
    PER_UNIT,
    *(one for one in ENTRANTS if one.kind != "ablation" or one.label in ABLATED),
)


def exhibit(architecture: str, sentence: str, layers: Sequence[str]) -> OfTrials:
    """The comparison on one kind of network, as an exhibit of its name.

    Parameters
    ----------
    sentence : as in `Exhibit`.
    layers : what its weighted layers are called, in order.
    """
    return OfTrials(
        name=architecture,
        sentence=sentence,
        makes=("table", "CSV", "picture"),
        plot="by_network",
        on=LARGE_ENOUGH,
        trials=partial(trials_of, architecture=architecture),
        compute=partial(compute, architecture=architecture, layers=layers),
        partial=True,
    )


def entrants(architecture: str) -> list[Entrant]:
    """What is compared on this kind of network."""
    return [one for one in COMPARED if one.label not in LACKING.get(architecture, ())]


def trial_of(data: str, architecture: str, entrant: Entrant) -> Trial:
    """One criterion, from the trained network to 90%."""
    return Trial(
        data,
        0,
        activation=ACTIVATION[architecture],
        criterion=entrant.criterion,
        options=entrant.options,
        scope=entrant.scope,
        scoring_fraction=1.0 if entrant is NOT_PRUNED else SHARE,
        per_round=STEP,
        target=LARGEST,
        architecture=architecture,
    )


def trials_of(data: str, seed: int, architecture: str) -> list[Trial]:
    """The trials of one seed."""
    return of_seed((trial_of(data, architecture, one) for one in entrants(architecture)), seed)


def compute(data: str, results: Repeats, architecture: str, layers: Sequence[str]) -> Contents:
    """The accuracies at each sparsity, and how sparse each layer then is."""
    each = {
        one: found
        for one in entrants(architecture)
        if (found := results.get(trial_of(data, architecture, one), {}))
    }
    if not each:
        return Contents()
    rows = [_row(data, architecture, one, found) for one, found in each.items()]
    by_layer = [line for one, found in each.items() for line in _of_layers(one, found, layers)]
    dense = tuned({seed: one.rounds[0] for seed, one in next(iter(each.values())).items()})
    where = f"{data_label(data)}, {NETWORKS[architecture]}: {dense.text()}% before pruning"
    numbers = {architecture: rows, f"{architecture}_layers": by_layer}
    return Contents([_accuracies(where, rows), _sparsities(where, by_layer, layers)], numbers)


def _row(data: str, architecture: str, one: Entrant, found: Mapping[int, Result]) -> Row:
    """The accuracies of one criterion, right after pruning and after the fine-tuning."""
    row: Row = {"data": data, "architecture": architecture, "label": one.label, "kind": one.kind}
    row["seeds"] = len(found)
    for target in TARGETS:
        rounds = [each.rounds[each.trial.round_of(target)] for each in found.values()]
        row |= estimate([r.accuracy_tuned for r in rounds]).columns(f"tuned_{target:.0%}")
        row |= estimate([r.accuracy_pruned for r in rounds]).columns(f"untuned_{target:.0%}")
    return row


def _of_layers(one: Entrant, found: Mapping[int, Result], layers: Sequence[str]) -> list[Row]:
    """Of each layer and sparsity: how sparse it is, and in how many seeds it has no weight left."""
    rows: list[Row] = []
    for target in TARGETS:
        each = [r.rounds[r.trial.round_of(target)].layer_sparsity for r in found.values()]
        for l, shares in enumerate(zip(*each, strict=True)):
            row: Row = {"label": one.label, "target": target, "layer": l, "name": layers[l]}
            row |= {"seeds": len(found), "emptied": sum(share == 1 for share in shares)}
            rows.append(row | estimate([100 * share for share in shares]).columns("sparsity"))
    return rows


def _accuracies(where: str, rows: Sequence[Row]) -> Table:
    """One line per criterion, the best at 90% first."""
    best_first = sorted(rows, key=lambda row: -row[f"tuned_{LARGEST:.0%}"])
    columns = [f"tuned_{target:.0%}" for target in TARGETS] + [f"untuned_{LARGEST:.0%}"]
    lines = [
        [row["label"], *(Estimate.of(row, name).text() for name in columns)] for row in best_first
    ]
    caption = (
        f"{where}. Pruned by {STEP:.0%} per round to {LARGEST:.0%}, one epoch after each round, "
        f"scored on {SHARE:.0%} of the training images. Test accuracy in percent: mean ± 95% "
        "interval over seeds."
    )
    header = ["Criterion", *(f"{target:.0%}" for target in TARGETS)]
    return Table(caption, [*header, f"{LARGEST:.0%}, not fine-tuned"], lines)


def _sparsities(where: str, rows: Sequence[Row], layers: Sequence[str]) -> Table:
    """One line per criterion: the pruned share of each layer when 90% of all weights are pruned."""
    last = [row for row in rows if row["target"] == LARGEST]
    lines = []
    for label in dict.fromkeys(row["label"] for row in last):
        each = [row for row in last if row["label"] == label]
        emptied = [f"{r['name']} ({r['emptied']} of {r['seeds']})" for r in each if r["emptied"]]
        shares = [f"{row['sparsity']:.1f}" for row in each]
        lines.append([label, *shares, ", ".join(emptied) or "none"])
    caption = (
        f"{where}. The pruned share of each layer in percent when {LARGEST:.0%} of all weights are "
        "pruned, mean over seeds; and the layers that have no weight left, with in how many seeds."
    )
    return Table(caption, ["Criterion", *layers, "Emptied"], lines)
