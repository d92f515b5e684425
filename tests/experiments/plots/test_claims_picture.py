import numpy as np
import pytest
from made_up import finished
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from minirelprune.experiments.exhibits.claims import EXHIBIT
from minirelprune.experiments.outputs import Row
from minirelprune.experiments.plots.claims import LEGEND, draw
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial


def accuracy(trial: Trial, k: int) -> float:
    """Eq. (2) is 0.1 better than others, with noise: some claims hold, and some are undecided."""
    own = trial.criterion == "relative_contribution"
    noise = np.random.default_rng([trial.seed, k, int(trial.key, 16)]).normal(0, 0.05)
    return 90 + trial.seed + 0.1 * own + noise


def drawn(data: str, seeds: int = 3) -> tuple[Figure, list[Row]]:
    trials = [t for seed in range(seeds) for t in EXHIBIT.trials(data, seed)]
    numbers = EXHIBIT.compute(data, repeats(finished(trials, accuracy))).numbers
    return draw(numbers), list(numbers["claims"])


def texts(fig: Figure) -> list[str]:
    [axes] = fig.axes
    return [one.get_text() for one in axes.texts]


@pytest.fixture(scope="module")
def mnist() -> tuple[Figure, list[Row]]:
    return drawn("mnist")


def test_each_claim_has_its_verdict_beside_it_and_its_reason_if_it_has_one(
    mnist: tuple[Figure, list[Row]],
) -> None:
    fig, rows = mnist
    beside = [text for text in texts(fig) if text.split("\n")[0] in {r["verdict"] for r in rows}]
    assert beside == ["\n".join(filter(None, (r["verdict"], r["reason"]))) for r in rows]
    assert any("\n" in text for text in beside)


def test_claims_stand_under_their_table(mnist: tuple[Figure, list[Row]]) -> None:
    fig, rows = mnist
    headings = [*(f"Table {n}" for n in range(1, 6)), "added here, not the paper's"]
    assert [text for text in texts(fig) if text in headings] == headings
    names = [label.get_text().replace("\n", " ") for label in fig.axes[0].get_yticklabels()]
    assert len(names) == len(rows)
    for name, row in zip(names, rows, strict=True):
        assert row["claim"].endswith(name)
        assert not name.startswith(("Table", "("))


def test_the_scale_and_the_markers_are_named_and_the_title_counts(
    mnist: tuple[Figure, list[Row]],
) -> None:
    fig, rows = mnist
    assert "linear from -0.5 to +0.5, logarithmic beyond" in fig.axes[0].get_xlabel()
    named = {text.get_text() for text in fig.legends[0].get_texts()}
    assert named >= {*LEGEND, "published", "95% interval over seeds"}
    published = sum(row["judged_as"] == "published" for row in rows)
    assert f"MNIST: {published} published claims: " in fig.get_suptitle()


def test_on_other_data_nothing_is_called_published() -> None:
    fig, _ = drawn("synthetic", seeds=2)
    assert "published" not in {text.get_text() for text in fig.legends[0].get_texts()}
    assert "published" not in fig.get_suptitle()


def test_outcomes_differ_in_greyscale_and_in_their_marker() -> None:
    greys = sorted(
        np.dot(to_rgb(style["color"]), (0.299, 0.587, 0.114)) for style in LEGEND.values()
    )
    assert min(np.diff(greys)) >= 0.15
    assert len({style["marker"] for style in LEGEND.values()}) == len(LEGEND)


def test_one_seed_makes_an_empty_picture() -> None:
    fig, _ = drawn("mnist", seeds=1)
    assert texts(fig) == []
    plt.close("all")
