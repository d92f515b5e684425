"""What `minirelprune prune` can be asked for: your own data, other networks, every criterion."""

import re
from pathlib import Path

import numpy as np
import pytest
from small_runs import arrays, own, prune

from minirelprune import MLP, MutualInformation, Pruned, RelativeContribution
from minirelprune.cli import criteria, main
from minirelprune.cli.settings import layer_sizes

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

Captured = pytest.CaptureFixture[str]
NAMES = np.array(["owl", "ant", "cat"])
ROUNDS = ["--epochs", "1", "--target", "0.5", "--per-round", "0.5"]


def table(folder: Path) -> str:
    """A .csv file with texts as labels."""
    rng = np.random.default_rng(1)
    lines = [f"{x:.3f},{NAMES[int(x > 0.5)]},{rng.random():.3f}" for x in rng.random(60).tolist()]
    path = folder / "mine.csv"
    path.write_text("\n".join(["width,kind,height", *lines]), "utf-8")
    return str(path)


def test_arrays_of_your_own_give_the_sizes_of_the_network(tmp_path: Path, capsys: Captured) -> None:
    saved = prune(tmp_path, "--activation", "tanh", "--learning-rate", "0.01")
    assert (saved.net.layer_sizes, saved.net.activation) == ((12, 8, 6, 3), "tanh")
    assert "mine.npz: 12-8-6-3 tanh, " in capsys.readouterr().out
    kept = saved.configuration
    assert (kept["data"], kept["image"]) == (str(tmp_path / "mine.npz"), [3, 4])
    assert (kept["layers"], kept["learning_rate"], kept["classes"]) == ([8, 6], 0.01, None)


def test_a_table_of_your_own_keeps_the_names_of_its_classes(
    tmp_path: Path, capsys: Captured
) -> None:
    out, data = tmp_path / "p.npz", table(tmp_path)
    line = ["prune", "--data", data, "--layers", "4", *ROUNDS, "--out", str(out)]
    assert main([*line, "--label", "kind", "--test-share", "0.25"]) == 0
    assert "on 15 test examples" in capsys.readouterr().out
    kept = Pruned.load(out).configuration
    assert (kept["classes"], kept["label"], kept["test_share"]) == (["ant", "owl"], "kind", 0.25)
    further = ["prune", "--network", str(out), "--data", data, "--label", "kind"]
    assert (
        main([*further, "--target", "0.8", "--per-round", "0.2", "--out", str(tmp_path / "q.npz")])
        == 0
    )
    assert Pruned.load(tmp_path / "q.npz").configuration["classes"] == ["ant", "owl"]


def test_the_sizes_are_those_of_all_layers_or_of_the_hidden_ones() -> None:
    assert layer_sizes([784, 392, 196, 10], 784, 10) == (784, 392, 196, 10)
    assert layer_sizes([392, 196], 784, 10) == (784, 392, 196, 10)
    assert layer_sizes([5], 4, 3) == (4, 5, 3)
    assert layer_sizes([4, 3], 4, 3) == (4, 3)
    assert layer_sizes([7, 7, 7], 7, 7) == (7, 7, 7)


@pytest.mark.parametrize("given", [[784, 100], [780, 392, 10], [10], [784], [7]])
def test_sizes_that_may_be_either_are_refused(given: list[int]) -> None:
    classes = 7 if given == [7] else 10
    message = "--layers must name the hidden layers alone, or begin with"
    with pytest.raises(ValueError, match=message):
        layer_sizes(given, 7 if given == [7] else 784, classes)


def test_the_l1_term_is_in_training_and_in_fine_tuning(tmp_path: Path) -> None:
    dense = MLP((12, 8, 6, 3), rng=np.random.default_rng(0))
    dense.save(tmp_path / "dense.npz")
    given = ["prune", "--data", own(tmp_path), "--network", str(tmp_path / "dense.npz")]
    tuned = []
    for more in ([], ["--output-l1", "0.1"]):
        out = ["--force", "--out", str(tmp_path / "p.npz"), "--target", "0.2"]
        assert main([*given, *out, *more]) == 0
        tuned.append(Pruned.load(tmp_path / "p.npz").net.weights[0])
    assert (tuned[0] != tuned[1]).any()
    usual = prune(tmp_path, "--force").net
    assert (
        prune(tmp_path, "--force", "--output-l1", "0.1").net.weights[0] != usual.weights[0]
    ).any()


def test_an_option_of_a_criterion_reaches_it() -> None:
    nothing = dict.fromkeys(criteria.OPTIONS)
    made, values = criteria.make(
        nothing
        | {"criterion": "relative_contribution", "beta": 0.0, "layer_factor": "none"}
        | {"silent": "skip", "epsilon": 1e-3, "alpha": 2.0}
    )
    assert made == RelativeContribution(2.0, 0.0, 1e-3, None, "skip")
    assert values["layer_factor"] == "none"
    asked = nothing | {"criterion": "mutual_information", "reading": "contribution"}
    assert criteria.make(asked)[0] == MutualInformation("contribution")
    assert criteria.make(nothing | {"criterion": "none"}) == (None, {})


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            ["--criterion", "magnitude", "--beta", "0"],
            "--beta is no option of magnitude, whose options are: none",
        ),
        (
            ["--criterion", "none", "--reading", "mask"],
            "--reading is no option of none, whose options are: none",
        ),
        (
            ["--reading", "mask"],
            "--reading is no option of relative_contribution, whose options are: "
            "--alpha, --beta, --epsilon, --layer-factor, --silent",
        ),
        (
            ["--criterion", "mutual_information", "--silent", "skip"],
            "--silent is no option of mutual_information, whose options are: --reading",
        ),
        (
            ["--layers", "8,3"],
            "--layers must name the hidden layers alone, or begin with 12 inputs",
        ),
        (["--per-round", "0.000001"], "--per-round must be at least 0.00578, one of 173 weights, "),
        (["--target", "0.001"], "--target must be at least 0.00578, one of 173 weights, got 0.001"),
        (["--label", "kind"], "label is for a .csv file, and "),
        (
            ["--data", "synthetic", "--label", "a"],
            "--label is for a file of your own, and --data is",
        ),
        (["--network", "n.npz", "--layers", "4"], "--layers is for training, and --network names"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line_before_anything_is_trained(
    more: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.delattr("minirelprune.cli.prune.train")
    assert main(["prune", "--data", own(tmp_path), "--layers", "8,7", *more]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert message in line


def test_data_that_do_not_fit_a_saved_network_are_named(tmp_path: Path, capsys: Captured) -> None:
    for sizes, message in (((9, 3), "12 inputs, and the network of"), ((12, 2), "3 classes, and")):
        MLP(sizes, rng=np.random.default_rng(0)).save(tmp_path / "n.npz")
        given = ["prune", "--data", own(tmp_path), "--network", str(tmp_path / "n.npz")]
        assert main(given) == 1
        assert f"mine.npz has {message}" in capsys.readouterr().err


def test_class_numbers_far_above_the_number_of_examples_are_refused(
    tmp_path: Path, capsys: Captured
) -> None:
    data = own(tmp_path, y_test=np.full(20, 10**6))
    assert main(["prune", "--data", data]) == 1
    assert "mine.npz has 1,000,001 classes and only 50 examples" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "cifar"], "must be one of auto, mnist, .* or a file that ends in .npz or .csv"),
        (["--layers", "8,0"], "--layers: the value must be a whole number >= 1, got 0"),
        (["--layers", "8,"], "--layers: invalid literal for int"),
        (["--learning-rate", "0"], "--learning-rate: the value must be a finite number > 0, got 0"),
        (["--beta", "-1"], "--beta: the value must be a finite number >= 0, got -1.0"),
        (["--epsilon", "nan"], "--epsilon: the value must be a finite number > 0, got nan"),
        (["--silent", "loud"], "--silent: invalid choice: 'loud'"),
        (["--resume", "--force"], "--force: not allowed with argument --resume"),
    ],
)
def test_a_wrong_option_is_said_in_one_line(
    arguments: list[str], message: str, capsys: Captured
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["prune", *arguments])
    assert caught.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("minirelprune prune: ")
    assert line.endswith("(`minirelprune prune --help` lists what is allowed)")
    assert re.search(message, line)


def test_the_help_says_the_range_and_the_default_of_every_number(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["prune", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    for option, said in {
        "target": r"in \(0, 1\) \(default: 0.75\)",
        "per-round": r"in \(0, 1\) \(default: 0.05\)",
        "scoring-fraction": r"in \(0, 1\] \(default: 1\)",
        "test-share": r"in \(0, 1\), .*\(default: 0.2\)",
        "epochs": r">= 0 \(default: 10\)",
        "learning-rate": r"> 0 \(default: 0.001",
        "output-l1": r">= 0 \(default: 0\)",
        "seed": r">= 0 \(default: 0\)",
        "alpha": r">= 0 \(default: 1\)",
        "beta": r">= 0 \(default: 1e-7\)",
        "epsilon": r"> 0 \(default: 1e-5\)",
        "layers": r"\(default: 392,196\)",
    }.items():
        assert re.search(rf"--{option} [^-].{{0,220}}{said}", text), option


def test_images_of_your_own_are_used_as_they_are(tmp_path: Path) -> None:
    assert arrays()["x_train"].shape == (50, 3, 4)
    assert prune(tmp_path).configuration["image"] == [3, 4]
