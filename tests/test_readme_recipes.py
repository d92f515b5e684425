"""The README's recipes for PyTorch and scikit-learn run as they stand."""

import re
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
SECTION = README.split("## Your own network and data")[1].split("\n## ")[0]
RECIPES = re.findall(r"```python\n(.+?)```", SECTION, re.DOTALL)


def run(recipe: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(compile(recipe, "README.md", "exec"), names)
    return names


def test_there_are_three_of_about_ten_lines() -> None:
    lengths = [len([line for line in one.splitlines() if line]) for one in RECIPES]
    assert [length <= 12 for length in lengths] == [True] * 3


def test_a_layer_of_a_torch_model_is_scored() -> None:
    pytest.importorskip("torch")
    names = run(RECIPES[0])
    assert names["scores"].shape == (64, 32)  # type: ignore[attr-defined]


@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
def test_a_classifier_of_scikit_learn_is_pruned_and_still_works() -> None:
    pytest.importorskip("sklearn")
    names = run(RECIPES[1])
    model, pruned = names["model"], names["pruned"]
    share = model.score(names["x"] / 16, names["y"])  # type: ignore[attr-defined,operator]
    assert 100 * share == pytest.approx(pruned.rounds[-1].accuracy_tuned)  # type: ignore[attr-defined]
    zeros = sum((W == 0).sum() for W in model.coefs_)  # type: ignore[attr-defined]
    assert zeros == round(0.75 * (64 * 64 + 64 * 32 + 32 * 10))


def test_a_convolutional_network_learns_and_is_pruned() -> None:
    pruned = run(RECIPES[2])["pruned"]
    last = pruned.rounds[-1]  # type: ignore[attr-defined]
    assert last.sparsity == pytest.approx(0.75, abs=1e-4)
    assert last.accuracy_tuned > 80
    assert max(last.layer_sparsity) < 1
