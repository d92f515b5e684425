"""Fig. 1 met in practice: how much of a network is blind on data, epoch by epoch."""

from minirelprune.experiments.exhibit import OfNetworks, Setting
from minirelprune.experiments.outputs import Contents, Row, short
from minirelprune.experiments.paper.published import DENSE
from minirelprune.experiments.trials.networks import examples, train_network
from minirelprune.experiments.trials.trial import Trial
from minirelprune.network.protocol import Network
from minirelprune.support.arrays import Array
from minirelprune.support.progress import counted
from minirelprune.theory.blind_range import blind_share

TOLERANCES = (0.0, 0.001, 0.01, 0.1)
EXAMPLES = 10_000  # of the training data; more of them change no share by much


def compute(setting: Setting) -> Contents:
    """The share of each hidden layer, at each tolerance, after every epoch, 0 being untrained."""
    rows: list[Row] = []
    trials = [Trial(setting.data, seed, activation=f) for seed in setting.seeds for f in DENSE]
    for trial in counted(trials, name="networks", progress=setting.progress):
        training, _ = examples(trial)

        def look(epoch: int, net: Network, trial: Trial = trial, x: Array = training[0]) -> None:
            rows.extend(_shares(trial, epoch, net, x[:EXAMPLES]))

        train_network(trial, training, on_epoch=look, progress=setting.progress)
    return Contents(numbers={"blind_share": rows})


def _shares(trial: Trial, epoch: int, net: Network, x: Array) -> list[Row]:
    """One row for each tolerance and hidden layer of the network as it is now."""
    return [
        {
            "data": trial.data,
            "seed": trial.seed,
            "activation": trial.activation,
            "layer": layer,
            "epoch": epoch,
            "tolerance": tolerance,
            "share": short(share),
        }
        for tolerance in TOLERANCES
        for layer, share in enumerate(blind_share(net, x, tolerance))
    ]


EXHIBIT = OfNetworks(
    name="blind_share",
    sentence="how often each hidden layer is in its blind range, epoch by epoch",
    makes=("CSV", "picture"),
    compute=compute,
    takes=180,
    repeated=True,
)
