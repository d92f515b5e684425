from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minirelprune import ConvNet, Transformer, load_dataset
from minirelprune.experiments.trials import networks
from minirelprune.experiments.trials.run import run_trial
from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import ARCHITECTURES, Trial
from minirelprune.experiments.trials.untrained import MAKERS, untrained

SIZES = {"mlp": (784, 392, 196, 10), "lenet": 44_190, "transformer": 69_312}


def made(architecture: str, n_inputs: int = 784) -> object:
    trial = Trial("mnist", 0, architecture=architecture)
    return untrained(trial, n_inputs, np.random.default_rng(0))


def test_every_architecture_is_made_and_is_what_its_name_says() -> None:
    assert tuple(MAKERS) == ARCHITECTURES
    assert made("mlp").layer_sizes == SIZES["mlp"]
    assert isinstance(made("lenet"), ConvNet)
    assert isinstance(made("transformer"), Transformer)
    for name in ("lenet", "transformer"):
        assert made(name).n_weights == SIZES[name]


def test_a_larger_image_has_more_channels_and_as_many_tokens() -> None:
    assert made("lenet", 3072).image == (32, 32, 3)
    assert made("transformer", 3072).tokens == made("transformer").tokens == 16


@pytest.mark.parametrize("architecture", ["lenet", "transformer"])
def test_what_is_no_image_of_a_known_size_is_refused(architecture: str) -> None:
    with pytest.raises(ValueError, match=r"data must be images of 784 or 3072 numbers .* has 64"):
        made(architecture, 64)


def test_the_activation_of_the_trial_is_that_of_the_network() -> None:
    for architecture in ARCHITECTURES:
        trial = Trial("mnist", 0, architecture=architecture, activation="tanh")
        assert untrained(trial, 784, np.random.default_rng(0)).activation == "tanh"


@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
@pytest.mark.parametrize("architecture", ["lenet", "transformer"])
def test_a_trial_of_another_network_runs_and_is_kept(
    architecture: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = load_dataset("synthetic", n_train=64, n_test=20)
    monkeypatch.setattr(networks, "dataset", lambda *_: data)
    asked = {"epochs": 1, "per_round": 0.45, "target": 0.9, "architecture": architecture}
    trial = Trial("synthetic", 0, criterion="relative_contribution", **asked)
    result = run_trial(trial, tmp_path, progress=False)
    net = networks.network(trial, tmp_path, progress=False)
    assert [one.sparsity for one in result.rounds] == pytest.approx([0, 0.45, 0.9], abs=1e-4)
    assert len(result.rounds[0].layer_sparsity) == len(net.weights)
    assert len(result.blind_share) == len(net.weights) - 1
    Store(tmp_path / "trials.jsonl").add(result)
    again = Store(tmp_path / "trials.jsonl").results[trial]
    assert again == result
    assert replace(trial, architecture="mlp") not in Store(tmp_path / "trials.jsonl").results


def test_a_name_says_what_kind_of_network_it_is() -> None:
    lenet = Trial("mnist", 0, architecture="lenet")
    assert str(lenet) == "mnist seed 0, lenet relu"
    assert lenet.key != Trial("mnist", 0).key
    assert lenet.columns["hidden"] == ""
    assert Trial("mnist", 0).columns["hidden"] == "392-196"
