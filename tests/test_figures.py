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
from minirelprune.experiments.drawings import DRAWINGS
from minirelprune.experiments.figures import fig1, fig2, masking, means
from minirelprune.experiments.one_trial import train_network
from minirelprune.experiments.reproduce import needs_data, reproduce
from minirelprune.experiments.trials import Trial

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def small() -> Dataset:
    return load_dataset("synthetic", n_train=100, n_test=10)


@pytest.fixture(scope="module")
def drawn(small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every figure, drawn on 100 digits."""
    out = tmp_path_factory.mktemp("figures")
    for name in DRAWINGS:
        said: list[str] = []
        data = small if needs_data(name) else None
        reproduce(name, data, seeds=[0], out=out, say=said.append, progress=False)
        assert f"{name}.png" in said[-1]
    return out


def rows(folder: Path, stem: str) -> Rows:
    with open(folder / f"{stem}.csv", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_is_a_picture_and_the_numbers_in_it(drawn: Path) -> None:
    files = {path.name for path in drawn.iterdir()}
    assert files == {
        *("fig1.png", "fig1.csv", "fig1_curves.csv", "fig2.png", "fig2.csv"),
        *("fig3.png", "fig3.csv", "fig3_histograms.csv", "fig3_quantiles.csv"),
        *("fig3_masking.csv", "blind_share.png", "blind_share.csv"),
        *("bins.png", "bins.csv", "pixels.png", "pixels.csv"),
    }
    for path in drawn.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_run_twice_gives_the_same_bytes(
    name: str, drawn: Path, small: Dataset, tmp_path: Path
) -> None:
    reproduce(name, small, seeds=[0], out=tmp_path, say=lambda line: None, progress=False)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (drawn / path.name).read_bytes(), path.name


def test_fig1_shades_what_is_flat_and_nothing_else(drawn: Path) -> None:
    ranges = rows(drawn, "fig1")
    for point in rows(drawn, "fig1_curves"):
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


def test_fig1_says_where_there_is_no_range(drawn: Path) -> None:
    none = [(r["activation"], r["tolerance"]) for r in rows(drawn, "fig1") if not r["low"]]
    assert none == [("leaky_relu", "0.0"), ("sigmoid", "0.0"), ("tanh", "0.0")]


def test_fig2_is_eq_1_of_the_second_weight_1(drawn: Path) -> None:
    all_three = rows(drawn, "fig2")
    [pruned] = [row for row in all_three if row["pruned"] == "True"]
    assert (pruned["i"], pruned["w"], len(all_three)) == ("1", "1.0", 3)
    for row in all_three:
        a, without = float(row["a"]), float(row["a_without"])
        i = int(row["i"])
        [c] = contribution(fig2.X, fig2.W, fig2.B, ACTIVATIONS["relu"], i, 0)
        assert float(row["contribution"]) == c == abs((a - without) / a)


def test_masking_a_column_gives_eq_1_of_all_its_weights(drawn: Path) -> None:
    f = ACTIVATIONS["relu"]
    for row in rows(drawn, "fig3_masking"):
        i, j = int(row["i"]), int(row["j"])
        [c] = contribution(masking.X, masking.W, masking.B, f, i, j)
        assert float(row["contribution"]) == c
        masked = masking.W.copy()
        masked[i] = 0
        assert float(row["a_without"]) == f(masking.X @ masked + masking.B)[0, j]


def test_fig3_is_of_the_contributions_of_the_typical_weight(drawn: Path, small: Dataset) -> None:
    for activation, layers in means.LAYERS.items():
        trial = Trial("synthetic", 0, activation=activation)
        net = train_network(trial, (small.x_train, small.y_train), progress=False)
        for layer in layers:
            x, W, b = net.forward(small.x_train)[layer].x, net.weights[layer], net.biases[layer]
            f = net.activations[layer]
            c = contributions(x, W, b, f).astype(np.float64)
            [first, *_] = [
                row
                for row in rows(drawn, "fig3")
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
    drawn: Path, small: Dataset
) -> None:
    for epochs in (0, 1, 10):
        for name in ("relu", "tanh"):
            trial = Trial("synthetic", 0, activation=name, epochs=epochs)
            net = train_network(trial, (small.x_train, small.y_train), progress=False)
            expected = blind_share(net, small.x_train, 0.1)
            for layer, share in enumerate(expected):
                place = {"activation": name, "layer": str(layer), "epoch": str(epochs)}
                place["tolerance"] = "0.1"
                [row] = [r for r in rows(drawn, "blind_share") if place.items() <= r.items()]
                assert float(row["share"]) == pytest.approx(share, rel=1e-5)


def test_several_seeds_are_a_mean_of_shares(small: Dataset, tmp_path: Path) -> None:
    say: list[str] = []
    reproduce("blind_share", small, seeds=range(2), out=tmp_path, say=say.append, progress=False)
    assert {row["seed"] for row in rows(tmp_path, "blind_share")} == {"0", "1"}


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("fig3", {"seeds": range(2)}, "seeds must be one for fig3, .* got 2"),
        ("fig3", {"dataset": None}, "dataset must not be None for fig3"),
        ("table4", {"dataset": None}, "dataset must not be None for table4"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_anything_is_written(
    name: str, changes: dict[str, Any], message: str, small: Dataset, tmp_path: Path
) -> None:
    settings = {"dataset": small, "seeds": [0], "out": tmp_path / "new", **changes}
    with pytest.raises(ValueError, match=message):
        reproduce(name, **settings)
    assert not (tmp_path / "new").exists()


def test_a_picture_that_fails_leaves_the_old_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(numbers: object) -> None:
        raise RuntimeError("no ink")

    (tmp_path / "fig2.csv").write_text("old")
    monkeypatch.setitem(DRAWINGS, "fig2", DRAWINGS["fig2"]._replace(picture=fail))
    with pytest.raises(RuntimeError, match="no ink"):
        reproduce("fig2", None, seeds=[0], out=tmp_path)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
