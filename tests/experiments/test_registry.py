"""Everything in the registry, made on 100 digits: it gives what it says it makes."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minirelprune import (
    ACTIVATIONS,
    Dataset,
    blind_share,
    contribution,
    contributions,
    load_dataset,
)
from minirelprune.experiments import plots
from minirelprune.experiments.exhibit import Alone, OfTrials
from minirelprune.experiments.exhibits import fig1, fig2, fig3_masking, fig3_means, sparse_speed
from minirelprune.experiments.registry import EXHIBITS, listing, trials_for
from minirelprune.experiments.reproduce import reproduce
from minirelprune.experiments.trials import networks
from minirelprune.experiments.trials.networks import train_network
from minirelprune.experiments.trials.trial import REDRAWN, Trial

Rows = list[dict[str, str]]

# Those of a few thousand examples and more have tests of their own.
MADE = [
    name
    for name, one in EXHIBITS.items()
    if not isinstance(one, OfTrials) and name not in ("clt", "tails", "estimators")
]
ENDINGS = {"table": ".md", "CSV": ".csv", "picture": ".png"}


@pytest.fixture(scope="module")
def small() -> Dataset:
    return load_dataset("synthetic", n_train=100, n_test=10)


@pytest.fixture(autouse=True)
def _small_data(small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "dataset", lambda name, n_train=None: small)


def make(name: str, out: Path, **changes: Any) -> list[str]:
    said: list[str] = []
    data = None if isinstance(EXHIBITS[name], Alone) else "synthetic"
    settings = {"data": data, "seeds": [0], "out": out, "progress": False, **changes}
    reproduce(name, say=said.append, **settings)
    return said


@pytest.fixture(scope="module")
def made(small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every exhibit that is no view of trials."""
    out = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(networks, "dataset", lambda name, n_train=None: small)
        patch.setattr(sparse_speed, "SECONDS", 0.0)
        for name in MADE:
            assert f"{name}.csv" in make(name, out)[-1]
    return out


def files_in(folder: Path) -> dict[str, Path]:
    """What was made, of the drawn digits and of no data: each file by its name."""
    places = (folder, folder / "synthetic")
    return {p.name: p for one in places if one.exists() for p in one.iterdir() if p.is_file()}


def rows(folder: Path, stem: str) -> Rows:
    with files_in(folder)[f"{stem}.csv"].open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_exhibit_makes_what_it_says_and_no_more(made: Path) -> None:
    files = files_in(made)
    said = {f"{name}{ENDINGS[kind]}" for name in MADE for kind in EXHIBITS[name].makes}
    parts = {"fig1_curves.csv", "fig3_histograms.csv", "fig3_quantiles.csv", "fig3_masking.csv"}
    parts |= {"robustness_bins.csv"}
    assert {*files} == said | parts
    for name in files:
        if name.endswith(".png"):
            assert files[name].read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", [name for name in MADE if name != "sparse_speed"])  # of seconds
def test_the_same_run_twice_gives_the_same_bytes(name: str, made: Path, tmp_path: Path) -> None:
    make(name, tmp_path)
    for file, path in files_in(tmp_path).items():
        assert path.read_bytes() == files_in(made)[file].read_bytes(), file


def test_bytes_and_operations_are_the_same_each_time(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparse_speed, "SECONDS", 0.0)
    make("sparse_speed", tmp_path)
    for one, other in zip(rows(tmp_path, "sparse_speed"), rows(made, "sparse_speed"), strict=True):
        same = [key for key in one if not key.startswith("microseconds")]
        assert [one[key] for key in same] == [other[key] for key in same]


def test_a_table_is_printed_as_it_is_written(made: Path, tmp_path: Path) -> None:
    said = make("ranking", tmp_path)
    table = files_in(tmp_path)["ranking.md"].read_text("utf-8")
    assert table == files_in(made)["ranking.md"].read_text("utf-8")
    assert table in said[0]
    assert "**synthetic**, 100 examples" in table
    assert len(list((tmp_path / "networks").glob("*.npz"))) == 4


def test_the_listing_has_a_line_for_each_exhibit() -> None:
    lines = listing().splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(EXHIBITS)
    for line, one in zip(lines[1:], EXHIBITS.values(), strict=True):
        assert line.endswith(one.sentence)
        assert one.needs in line


def test_the_readme_shows_the_listing() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert listing() in readme


def test_trials_are_listed_once_with_their_seed_and_can_be_made() -> None:
    for name in [*EXHIBITS, "all"]:
        trials = trials_for(name, "mnist", [3])
        assert len(trials) == len(set(trials))
        assert {trial.seed for trial in trials} <= {3}
        assert bool(trials) == (name == "all" or isinstance(EXHIBITS[name], OfTrials))
        for trial in trials:
            if trial.criterion != REDRAWN:
                trial.make_criterion()


def test_fig1_shades_what_is_flat_and_nothing_else(made: Path) -> None:
    ranges = rows(made, "fig1")
    for point in rows(made, "fig1_curves"):
        z = float(point["z"])
        for tolerance in fig1.TOLERANCES:
            shaded = any(
                float(one["low"]) <= z <= float(one["high"])
                for one in ranges
                if one["activation"] == point["activation"] and one["low"]
                if float(one["tolerance"]) == tolerance
            )
            slope = ACTIVATIONS[point["activation"]].derivative(np.array([z])).item()
            assert shaded == (abs(slope) <= tolerance), point


def test_fig1_says_where_there_is_no_range(made: Path) -> None:
    none = [(r["activation"], r["tolerance"]) for r in rows(made, "fig1") if not r["low"]]
    assert none == [("leaky_relu", "0.0"), ("sigmoid", "0.0"), ("tanh", "0.0")]


def test_fig2_is_eq_1_of_the_second_weight_1(made: Path) -> None:
    all_three = rows(made, "fig2")
    [pruned] = [row for row in all_three if row["pruned"] == "True"]
    assert (pruned["i"], pruned["w"], len(all_three)) == ("1", "1.0", 3)
    for row in all_three:
        a, without = float(row["a"]), float(row["a_without"])
        i = int(row["i"])
        [c] = contribution(fig2.X, fig2.W, fig2.B, ACTIVATIONS["relu"], i, 0)
        assert float(row["contribution"]) == c == abs((a - without) / a)


def test_masking_a_column_gives_eq_1_of_all_its_weights(made: Path) -> None:
    f, (X, W, B) = ACTIVATIONS["relu"], (fig3_masking.X, fig3_masking.W, fig3_masking.B)
    for row in rows(made, "fig3_masking"):
        i, j = int(row["i"]), int(row["j"])
        [c] = contribution(X, W, B, f, i, j)
        assert float(row["contribution"]) == c
        masked = W.copy()
        masked[i] = 0
        assert float(row["a_without"]) == f(X @ masked + B)[0, j]


def test_fig3_is_of_the_contributions_of_the_typical_weight(made: Path, small: Dataset) -> None:
    for activation, layers in fig3_means.LAYERS.items():
        trial = Trial("synthetic", 0, activation=activation)
        net = train_network(trial, (small.x_train, small.y_train), progress=False)
        for layer in layers:
            x, W, b = net.forward(small.x_train)[layer].x, net.weights[layer], net.biases[layer]
            f = net.activations[layer]
            c = contributions(x, W, b, f).astype(np.float64)
            [first, *_] = [
                row
                for row in rows(made, "fig3")
                if (row["activation"], row["layer"], row["n"]) == (activation, str(layer), "1")
            ]
            i, j = int(first["i"]), int(first["j"])
            averages = c.mean(axis=0)
            alive = averages[averages > 0]
            middle = np.mean(alive < averages[i, j])
            assert middle == pytest.approx(0.5, abs=0.51 / len(alive) + 1e-3)  # ties, float32
            for name, expected in (
                ("mean", averages[i, j]),
                ("std", c[:, i, j].std()),
                ("largest", c[:, i, j].max()),
            ):  # in float32, z of a column and z of the layer differ in the last places
                assert float(first[name]) == pytest.approx(expected, rel=1e-3)


def test_the_shares_are_those_of_the_network_after_as_many_epochs(
    made: Path, small: Dataset
) -> None:
    for epochs in (0, 1, 10):
        for name in ("relu", "tanh"):
            trial = Trial("synthetic", 0, activation=name, epochs=epochs)
            net = train_network(trial, (small.x_train, small.y_train), progress=False)
            expected = blind_share(net, small.x_train, 0.1)
            for layer, share in enumerate(expected):
                place = {"activation": name, "layer": str(layer), "epoch": str(epochs)}
                place["tolerance"] = "0.1"
                [row] = [r for r in rows(made, "blind_share") if place.items() <= r.items()]
                assert float(row["share"]) == pytest.approx(share, rel=1e-5)


def test_several_seeds_are_a_mean_of_shares(tmp_path: Path) -> None:
    make("blind_share", tmp_path, seeds=range(2))
    assert {row["seed"] for row in rows(tmp_path, "blind_share")} == {"0", "1"}


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("fig3", {"seeds": range(2)}, "seeds must be one for fig3, .* got 2"),
        ("tails", {"seeds": range(2)}, "seeds must be one for tails, .* got 2"),
        ("fig3", {"data": None}, "data must not be None for fig3"),
        ("table4", {"data": None}, "data must not be None for table4"),
        ("fig2", {"data": "mnist"}, "data must be None for fig2, which needs none, got 'mnist'"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_written(
    name: str, changes: dict[str, Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=message):
        make(name, tmp_path / "new", **changes)
    assert not (tmp_path / "new").exists()


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"name must be one of 'dense', .* got 'table9'"):
        reproduce("table9", None, seeds=[0], out=tmp_path)


def test_a_picture_that_fails_leaves_the_old_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(plot: str, numbers: object) -> None:
        raise RuntimeError("no ink")

    (tmp_path / "fig2.csv").write_text("old")
    monkeypatch.setattr(plots, "draw", fail)
    with pytest.raises(RuntimeError, match="no ink"):
        make("fig2", tmp_path)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
