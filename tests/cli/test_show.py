"""`minirelprune show`: the rounds in a file as a table, as JSON and as a picture."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from small_runs import command, own, prune

from minirelprune import MLP, Pruned
from minirelprune.cli import main, show
from minirelprune.experiments import plots

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> str:
    prune(tmp_path)
    return str(tmp_path / "p.npz")


def test_the_table_is_the_one_that_was_printed(tmp_path: Path, capsys: Captured) -> None:
    assert main(command(tmp_path)) == 0
    printed = capsys.readouterr().out.splitlines()
    assert main(["show", str(tmp_path / "p.npz")]) == 0
    first, *table = capsys.readouterr().out.splitlines()
    assert first.endswith("p.npz: 12-8-6-3 relu on mine.npz by relative_contribution")
    assert table == printed[2:7]


def test_a_run_that_was_stopped_says_so(file: str, capsys: Captured) -> None:
    replace(Pruned.load(file), complete=False).save(file)
    capsys.readouterr()
    assert main(["show", file]) == 0
    assert "; stopped early, and `prune --resume` goes on from it" in capsys.readouterr().out


def test_json_is_all_that_the_file_says(file: str, capsys: Captured) -> None:
    capsys.readouterr()
    assert main(["show", file, "--json"]) == 0
    found, saved = json.loads(capsys.readouterr().out), Pruned.load(file)
    assert found["configuration"] == saved.configuration
    assert [one["accuracy_tuned"] for one in found["rounds"]] == [
        one.accuracy_tuned for one in saved.rounds
    ]
    assert (found["complete"], found["layer_sizes"]) == (True, [12, 8, 6, 3])


def test_the_picture_is_drawn_beside_either(file: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["show", file, "--out", str(tmp_path / "a.png")]) == 0
    assert f"drawn to {tmp_path / 'a.png'}" in capsys.readouterr().out
    assert main(["show", file, "--json", "--out", str(tmp_path / "b.png")]) == 0
    json.loads(capsys.readouterr().out)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.fixture
def figure(file: str) -> Iterator[Figure]:
    drawn = plots.draw("show", show.numbers(file, Pruned.load(file)))
    yield drawn
    plt.close(drawn)


def test_the_picture_shows_the_numbers_in_the_file(figure: Figure, file: str) -> None:
    saved = Pruned.load(file)
    accuracies, sparsities, pixels = figure.axes[:3]
    tuned, pruned = (line.get_ydata() for line in accuracies.lines)
    assert [*tuned] == [one.accuracy_tuned for one in saved.rounds]
    assert [*pruned] == [one.accuracy_pruned for one in saved.rounds]
    *layers, everything = (line.get_ydata() for line in sparsities.lines)
    assert [*everything] == [100 * one.sparsity for one in saved.rounds]
    for l, shares in enumerate(layers):
        assert [*shares] == [100 * one.layer_sparsity[l] for one in saved.rounds]
    image = pixels.images[0].get_array()
    assert image is not None
    assert (image == saved.masks[0].sum(axis=1).reshape(3, 4)).all()
    for axes in figure.axes[:2]:
        assert axes.get_xlabel() == "round"
        assert axes.get_ylabel().endswith("%")


def pruned_of(inputs: int, **configuration: object) -> Pruned:
    net = MLP((inputs, 2), rng=np.random.default_rng(0))
    masks = [np.ones((inputs, 2), bool)]
    return Pruned(net, masks, [], configuration=configuration)


def test_an_input_is_an_image_if_its_shape_is_known_or_square() -> None:
    assert show.image_shape(pruned_of(784)) == (28, 28)
    assert show.image_shape(pruned_of(64)) == (8, 8)
    assert show.image_shape(pruned_of(65)) is None
    assert show.image_shape(pruned_of(49)) is None
    assert show.image_shape(pruned_of(12, image=[3, 4])) == (3, 4)
    assert show.image_shape(pruned_of(12, image=[3, 5])) is None
    assert show.image_shape(pruned_of(64, image="none")) == (8, 8)


def test_without_an_image_two_panels_are_drawn(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    own(tmp_path, x_train=rng.random((50, 5)), x_test=rng.random((20, 5)))
    drawn = plots.draw("show", show.numbers("p.npz", prune(tmp_path)))
    assert len(drawn.axes) == 2
    plt.close(drawn)


def test_what_cannot_be_shown_is_named(tmp_path: Path, file: str, capsys: Captured) -> None:
    MLP((4, 2), rng=np.random.default_rng(0)).save(tmp_path / "dense.npz")
    assert main(["show", str(tmp_path / "dense.npz")]) == 1
    assert "dense.npz holds a network that was not pruned" in capsys.readouterr().err
    pruned_of(12).save(tmp_path / "q.npz")
    assert main(["show", str(tmp_path / "q.npz"), "--out", str(tmp_path / "q.png")]) == 1
    assert "q.npz has no rounds to draw" in capsys.readouterr().err
    assert main(["show", file, "--out", str(tmp_path / "q.npz" / "p.png")]) == 1
    assert "q.npz/p.png" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["show", file, "--out", "p.svg"])
    assert "--out: the ending must be one of '.png', got '.svg'" in capsys.readouterr().err
