"""What a notebook and a prompt show of a pruned network, whatever state it is in."""

import numpy as np
import pytest

from minirelprune import (
    ACTIVATIONS,
    MLP,
    Activation,
    Dataset,
    Magnitude,
    Pruned,
    Round,
    contribution_moments,
    load_dataset,
    prune,
)
from minirelprune.pruning.shown import html

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")


def result() -> Pruned:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(40, 4)), rng.integers(0, 2, 40)
    net = MLP((4, 3, 2), rng=rng)
    settings = {"criterion": Magnitude(), "target": 0.5, "per_round": 0.25}
    return prune(net, x, y, rng=rng, evaluation=(x, y), progress=False, **settings)


def test_repr_says_sizes_activation_sparsity_rounds_and_accuracy_in_a_line() -> None:
    one = result()
    share = f"accuracy {one.rounds[-1].accuracy_tuned:.2f}%"
    assert repr(one) == f"Pruned(4-3-2, relu, 50.0% pruned, 2 rounds, {share})"


def test_one_round_is_not_rounds_and_no_round_is_not_mentioned() -> None:
    one = result()
    fewer = Pruned(one.net, one.masks, one.rounds[:2])
    assert "1 round, " in repr(fewer)
    assert repr(Pruned(one.net, one.masks, [])) == "Pruned(4-3-2, relu, 50.0% pruned)"


def test_a_notebook_shows_a_row_for_each_round() -> None:
    one = result()
    page = one._repr_html_()
    assert page.count("<tr>") == 1 + len(one.rounds)
    assert page.count("<td>") == 6 * len(one.rounds)
    assert f"<td>{one.rounds[-1].accuracy_tuned:.2f}</td>" in page
    assert repr(one) in page


def test_a_name_is_text_and_no_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "<b>", Activation("<b>", f=np.sin, slope=np.cos))
    net = MLP((2, 2), "<b>", rng=np.random.default_rng(0))
    page = Pruned(net, [np.ones((2, 2), np.bool_)], [])._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_data_say_their_name_and_sizes() -> None:
    data = load_dataset("synthetic", n_train=30, n_test=20)
    assert repr(data) == "Dataset(synthetic, 30 x 784 to train on, 20 x 784 to test on)"
    assert repr(Dataset("odd", [], [], None, [])).startswith("Dataset(odd, ")  # type: ignore[arg-type]


def test_moments_say_their_sizes_and_not_every_number() -> None:
    moments = contribution_moments(np.ones((5, 3)), np.ones((3, 2)), np.zeros(2), "relu")
    assert repr(moments) == "Moments(mean and std of 3 x 2 weights)"


def test_the_page_is_a_row_for_each_round_under_a_header() -> None:
    rounds = [
        Round(0, 0, 0.0, (0.0, 0.0), accuracy_pruned=90.0, accuracy_tuned=90.0),
        Round(1, 1500, 0.25, (0.3, 0.2), accuracy_pruned=85.5, accuracy_tuned=91.25),
    ]
    assert html("a <b>", rounds) == (
        "<p>a &lt;b&gt;</p><table><tr><th>round</th><th>pruned</th><th>sparsity</th>"
        "<th>by layer</th><th>accuracy, pruned (%)</th><th>accuracy, fine-tuned (%)</th></tr>"
        "<tr><td>0</td><td>0</td><td>0.0%</td><td>0.0%, 0.0%</td><td>90.00</td><td>90.00</td></tr>"
        "<tr><td>1</td><td>1,500</td><td>25.0%</td><td>30.0%, 20.0%</td><td>85.50</td>"
        "<td>91.25</td></tr></table>"
    )
