"""What is published in `figures/` is what the committed trials give, to the last digit."""

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.outputs import csv_text
from minirelprune.experiments.paper import published
from minirelprune.experiments.paper.cells import TABLES
from minirelprune.experiments.registry import EXHIBITS
from minirelprune.experiments.trials.repeats import Repeats, repeats
from minirelprune.experiments.trials.store import Store

FIGURES = Path(__file__).parents[2] / "figures"
VIEWS = [name for name, one in EXHIBITS.items() if isinstance(one, OfTrials)]


@lru_cache
def results() -> Repeats:
    return repeats(Store(FIGURES / "trials.jsonl").results.values())


def rows(name: str) -> list[dict[str, str]]:
    with (FIGURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", VIEWS)
def test_tables_and_numbers_are_those_of_the_committed_trials(name: str) -> None:
    contents = EXHIBITS[name].compute("mnist", results())  # type: ignore[attr-defined]
    for stem, numbers in contents.numbers.items():
        assert (FIGURES / f"{stem}.csv").read_text("utf-8") == csv_text(numbers), stem
    if contents.tables:
        text = "\n".join(table.markdown() for table in contents.tables)
        assert (FIGURES / f"{name}.md").read_text("utf-8") == text


@pytest.mark.parametrize("data", ["fashion-mnist", "sklearn-digits"])
def test_so_are_those_of_other_data_sets(data: str) -> None:
    folder = FIGURES / data
    published_there = [name for name in VIEWS if (folder / f"{name}.md").exists()]
    assert "high_sparsity" in published_there
    for name in published_there:
        contents = EXHIBITS[name].compute(data, results())  # type: ignore[attr-defined]
        for stem, numbers in contents.numbers.items():
            assert (folder / f"{stem}.csv").read_text("utf-8") == csv_text(numbers), stem
        text = "\n".join(table.markdown() for table in contents.tables)
        assert (folder / f"{name}.md").read_text("utf-8") == text


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_papers_numbers_where_the_paper_has_them(table: int) -> None:
    paper = {
        (r.activation, r.criterion, r.options, r.scoring_fraction, r.per_round, r.target): (
            f"{r.accuracy}"
        )
        for r in published.tables()
        if r.table == table
    }
    options = {"beta=0.0": (("beta", 0.0),), "beta=1e-05": (("beta", 1e-05),)}
    options |= {"": (), "layer_factor=None": (("layer_factor", None),)}
    found = {}
    for row in rows(f"table{table}"):
        if row["published"]:
            scored = row["criterion"] in ("wanda", "relative_contribution")
            share = float(row["scoring_fraction"]) if scored else None
            steps = (float(row["per_round"]), float(row["target"]))
            key = (row["activation"], row["criterion"], options[row["options"]], share, *steps)
            found[key] = row["published"]
    assert found == paper


def test_the_verdicts_are_judged_against_the_papers_numbers() -> None:
    """Three published differences, worked by hand from `published.csv`."""
    with (Path(published.__file__).parent / "published.csv").open(encoding="utf-8") as file:
        paper = list(csv.DictReader(file))

    def accuracy(criterion: str, **keys: str) -> float:
        [row] = [
            row
            for row in paper
            if row["criterion"] == criterion and all(row[k] == v for k, v in keys.items())
        ]
        return float(row["accuracy"])

    at_75 = {"table": "4", "target": "0.75"}
    eq_2 = accuracy("relative_contribution", **at_75)
    others = (accuracy("magnitude", **at_75) + accuracy("wanda", **at_75)) / 2
    said = {row["claim"]: row for row in rows("claims")}
    row = said["Table 4: at 75%, Eq. (2) beats magnitude and Wanda"]
    assert float(row["published"]) == pytest.approx(eq_2 - others, abs=1e-4)
    row = said["Table 4: Eq. (2) at 75% beats the trained network it came from"]
    assert float(row["published"]) == pytest.approx(eq_2 - 97.02, abs=1e-4)
    steps = {"table": "2", "scoring_fraction": "1.0"}
    few, many = (
        accuracy("relative_contribution", per_round=step, **steps) for step in ("0.25", "0.05")
    )
    row = said["(added) more rounds help: Eq. (2) at 50% by 5% per round beats 25% per round"]
    assert float(row["published"]) == pytest.approx(many - few, abs=1e-4)
