"""On other data than MNIST no published number is shown, and nothing is said to replicate."""

import csv
from pathlib import Path

import pytest
from made_up import finished

from minirelprune.experiments import plots
from minirelprune.experiments.exhibits import agreement
from minirelprune.experiments.paper import published
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.registry import trials_for
from minirelprune.experiments.report import report
from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import Trial

DATA = "fashion-mnist"


def accuracy(trial: Trial, k: int) -> float:
    """No accuracy that the paper has."""
    return 60 + trial.seed + 0.001 * k + 0.5 * (trial.criterion == "relative_contribution")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `report` writes of made-up trials of two seeds, with one of the pictures."""
    out = tmp_path_factory.mktemp("report")
    store = Store(out / "none.jsonl")
    for result in finished(trials_for("all", DATA, [0, 1]), accuracy):
        store.results[result.trial] = result
    draw = plots.draw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "draw", lambda name, n: draw(name, n) if name == "claims" else None)
        _, lacking = report(store, out)
    assert not [line for line in lacking if f"({DATA})" in line]
    return out / DATA


def test_no_csv_has_a_published_number(out: Path) -> None:
    seen = 0
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        seen += "published" in rows[0]
        assert {row.get("published", "") for row in rows} == {""}, path.name
    assert seen >= 7  # dense, five tables and the claims


def test_no_table_to_read_has_one_of_the_papers_accuracies(out: Path) -> None:
    papers = {f"{row.accuracy:.2f}" for row in published.tables()}
    tables = {path.name: path.read_text("utf-8") for path in out.glob("*.md")}
    assert len(tables) >= 10
    for name, text in tables.items():
        assert not papers & set(text.replace("(", " ").replace(",", " ").split()), name
        assert "Published" not in text, name


def test_tables_say_that_this_is_not_the_papers_data(out: Path) -> None:
    for name in ("dense", "table1", "table5", "claims", "random_rows", "readings"):
        text = (out / f"{name}.md").read_text("utf-8")
        assert f"**{data_label(DATA)}**, not MNIST as in the paper" in text, name


def test_agreement_is_about_mnist_only(out: Path) -> None:
    assert not list(out.glob("agreement*"))
    [table] = agreement.compute(DATA, {}).tables
    assert (
        f"are of MNIST. On **{data_label(DATA)}** there is nothing to compare" in table.markdown()
    )


def test_claims_are_judged_by_the_differences_between_criteria(out: Path) -> None:
    with (out / "claims.csv").open(encoding="utf-8", newline="") as file:
        said = {row["claim"]: row["verdict"] for row in csv.DictReader(file)}
    assert said["Table 2: Eq. (2) beats magnitude, on any share"] == "supported"
    assert not {"replicates", "does not replicate"} & set(said.values())
    assert (out / "claims.png").exists()
