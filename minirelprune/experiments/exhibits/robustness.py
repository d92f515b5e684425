"""What pruning does to generalisation, to robustness and to calibration (open question 2).

The networks are those of `high_sparsity`: pruned at once, with one epoch of fine-tuning. They are
compared with the trained network as it is, and with the control: it too is fine-tuned for one
epoch, so that what differs from it is the work of pruning.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from minirelprune.experiments.attacks import STEPS, fgsm, pgd
from minirelprune.experiments.calibration import BINS, Reliability, reliability
from minirelprune.experiments.corruptions import CORRUPTIONS, IN_WORDS, corrupted
from minirelprune.experiments.exhibit import OfNetworks, Setting
from minirelprune.experiments.exhibits.entrants import entrant
from minirelprune.experiments.exhibits.high_sparsity import at_once
from minirelprune.experiments.exhibits.verdicts import Words, verdict
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.trials.networks import Examples, examples
from minirelprune.experiments.trials.run import pruned_network
from minirelprune.experiments.trials.trial import Trial, of_seed
from minirelprune.network.evaluation import accuracy
from minirelprune.network.mlp import MLP
from minirelprune.support import threads
from minirelprune.support.progress import counted

DENSE, TUNED = "Not pruned", "Control"
COMPARED = ("Magnitude", "Wanda", "Eq. (2)", "LAMP of the change")
TARGETS = (0.50, 0.75, 0.90, 0.95)
EPSILONS = (0.05, 0.1, 0.2, 0.3)
SAID_AT = 0.75  # pruned: where the claims are
BETTER = Words("better", "worse")
ATTACKED = 2_000  # test images, by PGD
COLUMNS = {  # of the table
    "test": "Test",
    "gap": "Training minus test",
    "fgsm_0.1": "FGSM, 0.1",
    "pgd_0.1": "PGD, 0.1",
    "corrupted": "Corrupted",
    "calibration_error": "Calibration error",
}

SIGNS = {"gap": -1, "pgd_0.1": 1, "corrupted": 1, "calibration_error": -1}  # -1: less is better

Model = tuple[str, float]  # the criterion's label, and how much is pruned
Measures = dict[str, float]  # in percent


def compute(setting: Setting) -> Contents:
    """All measures of each network, and how reliable its confidence is."""
    models: list[Model] = [(DENSE, 0.0), (TUNED, 0.0)]
    models += [(name, target) for name in COMPARED for target in TARGETS]
    asked = [(model, seed) for model in models for seed in setting.seeds]
    found: dict[Model, list[tuple[Measures, Reliability]]] = {model: [] for model in models}
    for model, seed in counted(asked, name="networks", progress=setting.progress):
        trial = trial_of(setting.data, model, seed)
        net = cast(MLP, pruned_network(trial, setting.networks, progress=setting.progress))
        with threads.limited(1):  # as trials run: the same bits
            found[model].append(measured(net, *examples(trial), seed))
    return of_measures(found, setting.data)


def trial_of(data: str, model: Model, seed: int) -> Trial:
    """The trial that ends with this network."""
    label, target = model
    if label == DENSE:
        return Trial(data, seed)
    if label == TUNED:
        return Trial(data, seed, per_round=TARGETS[0], target=TARGETS[0])  # one round, no criterion
    [trial] = of_seed([at_once(data, entrant(label), target)], seed)
    return trial


def measured(
    net: MLP, training: Examples, testing: Examples, seed: int
) -> tuple[Measures, Reliability]:
    """Accuracies in percent, of images as they are, attacked and corrupted; and the calibration."""
    x, y = testing
    rng = np.random.default_rng(seed)
    few = x[:ATTACKED], y[:ATTACKED]
    of_confidence = reliability(net.forward(x)[-1].z, y)
    values = {"train": accuracy(net, *training), "test": accuracy(net, x, y)}
    values["gap"] = values["train"] - values["test"]
    for epsilon in EPSILONS:
        values[f"fgsm_{epsilon}"] = accuracy(net, fgsm(net, x, y, epsilon), y)
        values[f"pgd_{epsilon}"] = accuracy(net, pgd(net, *few, epsilon, rng), few[1])
    spoilt = {name: accuracy(net, corrupted(x, name, rng), y) for name in CORRUPTIONS}
    values |= {**spoilt, "corrupted": float(np.mean([*spoilt.values()]))}
    values["calibration_error"] = 100 * of_confidence.error
    return values, of_confidence


def of_measures(
    found: Mapping[Model, Sequence[tuple[Measures, Reliability]]], data: str
) -> Contents:
    """The table, and the numbers of the picture."""
    rows, bins, lines = [], [], []
    for (label, target), each in found.items():
        place: Row = {"data": data, "label": label, "target": target, "seeds": len(each)}
        numbers = {name: estimate([one[name] for one, _ in each]) for name in each[0][0]}
        row = dict(place)
        for name, one in numbers.items():
            row |= one.columns(name)
        rows.append(row)
        bins += [{**place, **one} for one in _bins([one for _, one in each])]
        lines.append([label, f"{target:.0%}", *(numbers[name].text() for name in COLUMNS)])
    caption = (
        f"{data_label(data)}, ReLU, pruned at once and fine-tuned for one epoch. Accuracy in "
        f"percent, the gap in percentage points, and the expected calibration error in percent "
        f"({BINS} bins of equal width): mean ± 95% interval over {len(next(iter(found.values())))} "
        f"seeds. FGSM and PGD ({STEPS} steps, {ATTACKED:,} images) change each pixel by at most "
        f"0.1; corrupted is the mean over {', '.join(IN_WORDS.values())}."
    )
    table = Table(caption, ["Criterion", "Pruned", *COLUMNS.values()], lines)
    return Contents([table, _claims(found)], {"robustness": rows, "robustness_bins": bins})


def _claims(found: Mapping[Model, Sequence[tuple[Measures, Reliability]]]) -> Table:
    """Each criterion minus the control, seed by seed, and whether that is better or worse."""
    lines = []
    control = found[TUNED, 0.0]
    for label in (label for label, target in found if target == SAID_AT):
        pairs = list(zip(found[label, SAID_AT], control, strict=True))
        line = [label]
        for name, sign in SIGNS.items():
            changes = [pruned[name] - tuned[name] for (pruned, _), (tuned, _) in pairs]
            said = verdict([[sign * change for change in changes]], BETTER)
            line.append(f"{estimate(changes).text('+.2f')}: {said}")
        lines.append(line)
    caption = (
        f"The claim that pruning makes a network better, at {SAID_AT:.0%} pruned: minus the "
        "control, in percentage points, paired by seed, and the verdict by the rule of `claims`"
    )
    return Table(caption, ["Criterion", *(COLUMNS[name] for name in SIGNS)], lines)


def _bins(each: Sequence[Reliability]) -> list[Row]:
    """The bins of all seeds together, without empty ones."""
    arrays = np.array(each)  # (seeds, 3, bins): share, confidence and accuracy
    shares = arrays[:, :1]
    total = shares.sum(axis=0)
    sure, right = (shares * arrays[:, 1:]).sum(axis=0) / np.where(total > 0, total, 1)
    share = total[0] / len(each)
    return [
        {
            "bin": k,
            "share": round(float(share[k]), 6),
            "confidence": round(float(sure[k]), 4),
            "accuracy": round(float(right[k]), 4),
        }
        for k in np.flatnonzero(share).tolist()
    ]


EXHIBIT = OfNetworks(
    name="robustness",
    sentence="generalisation, attacks, corruptions and calibration of pruned networks",
    makes=("table", "CSV", "picture"),
    compute=compute,
    takes=260,
    repeated=True,
)
