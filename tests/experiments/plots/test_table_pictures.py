"""The pictures of Tables 1 to 5, of made-up numbers: what is drawn where."""

from collections.abc import Iterable
from math import nan

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Row
from minirelprune.experiments.plots import draw
from minirelprune.experiments.plots.style import CRITERIA

COLUMNS = ("Tanh, 25% per round", "Tanh, 5% per round")


def row(name: str, criterion: str, column: str, difference: float, **changes: object) -> Row:
    return {
        "table": 3,
        "row": name,
        "column": column,
        "data": "mnist",
        "criterion": criterion,
        "scoring_fraction": 1.0,
        "published": 97.5,
        "measured": 98 + difference,
        "seeds": 5,
        "difference_to_control": difference,
        "difference_half_width_95": 0.05,
        **changes,
    }


def rows(column: str, **changes: object) -> list[Row]:
    return [
        row("Random", "random", column, -1.5, **{"published": 10.0, **changes}),
        row("Magnitude", "magnitude", column, 0.02, **{"published": 90.0, **changes}),
        row("Eq. (2), 100%", "relative_contribution", column, -0.6, **changes),
        row("Random, redrawn", "random_redrawn", column, -30.0, **{**changes, "published": None}),
        row("Control", "none", column, 0.0, **{**changes, "published": None}),
    ]


@pytest.fixture
def picture() -> Iterable[Figure]:
    figure = draw("paper_table", {"table3": [one for c in COLUMNS for one in rows(c)]})
    yield figure
    plt.close(figure)


def points(axes: Axes, criterion: str, *, filled: bool) -> list[tuple[float, float]]:
    """Where the markers of a criterion are, filled ones, or hollow ones."""
    marker = CRITERIA[criterion]["marker"]
    return [
        (float(np.ravel(line.get_xdata())[0]), float(np.ravel(line.get_ydata())[0]))
        for line in axes.get_lines()
        if line.get_marker() == marker and (line.get_markerfacecolor() != "white") == filled
    ]


def test_a_row_stands_at_its_difference_to_the_control(picture: Figure) -> None:
    for axes in picture.axes[:2]:
        assert points(axes, "magnitude", filled=True) == [(0.02, 0)]
        assert points(axes, "relative_contribution", filled=True) == [(-0.6, 1)]


def test_an_interval_reaches_as_far_as_it_is_wide(picture: Figure) -> None:
    [segments] = [one.get_segments() for one in picture.axes[0].collections[:1]]
    assert segments[0][:, 0].tolist() == pytest.approx([-0.03, 0.07])


def test_a_published_number_stands_at_its_difference_to_the_measured_control(
    picture: Figure,
) -> None:
    assert points(picture.axes[0], "relative_contribution", filled=False) == [(-0.5, 1)]


def test_a_published_number_out_of_sight_is_an_arrow_at_the_edge_and_a_text(
    picture: Figure,
) -> None:
    axes = picture.axes[0]
    assert not points(axes, "magnitude", filled=False)
    [arrow] = [line for line in axes.get_lines() if line.get_marker() == "<"]
    assert arrow.get_xdata()[0] == axes.get_xlim()[0]
    assert "90.00" in [text.get_text() for text in axes.texts]


def test_random_does_not_stretch_the_scale_of_the_others(picture: Figure) -> None:
    low, high = picture.axes[0].get_xlim()
    assert -1 < low < -0.65
    assert 0.07 < high < 0.2
    assert not points(picture.axes[0], "random", filled=True)


def test_random_has_a_scale_of_its_own(picture: Figure) -> None:
    axes = picture.axes[2]
    assert axes.get_title() == "Random, Tanh\n(on its own scale)"
    assert points(axes, "random", filled=True) == [(-1.5, 0), (-1.5, 1)]
    assert points(axes, "random", filled=False) == [(-88, 0), (-88, 1)]
    assert points(axes, "random_redrawn", filled=True) == [(-30, 0), (-30, 1)]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["25% per round", "5% per round"]


def test_without_published_numbers_none_is_drawn_or_named() -> None:
    figure = draw("paper_table", {"table3": rows(COLUMNS[0], published=None, data="synthetic")})
    plt.close(figure)
    texts = [text.get_text() for text in figure.findobj(plt.Text)]
    assert not [text for text in texts if "publ" in text]
    assert not points(figure.axes[0], "relative_contribution", filled=False)


def test_one_seed_has_no_interval() -> None:
    one_seed = rows(COLUMNS[0], seeds=1, difference_half_width_95=nan)
    figure = draw("paper_table", {"table3": one_seed})
    plt.close(figure)
    assert "one seed" in figure.get_suptitle()
    assert not [text for text in figure.legends[0].get_texts() if "interval" in text.get_text()]


@pytest.fixture
def table4() -> Iterable[Figure]:
    targets = (0.1, 0.5, 0.75)
    cells = [
        {**row("", name, "", difference), "target": target}
        for name, difference in (("magnitude", 0.0), ("wanda", -1.0), ("relative_contribution", 0))
        for target in targets
    ]
    place = {"data": "mnist", "seed": 0}
    course = [
        {**place, "criterion": name, "planned": x, "accuracy_tuned": 98.0, "accuracy_pruned": 97.0}
        for name in ("magnitude", "wanda", "relative_contribution", "none")
        for x in targets
    ]
    figure = draw("table4", {"table4": cells, "table4_rounds": course})
    yield figure
    plt.close(figure)


def test_table_4_joins_no_published_points(table4: Figure) -> None:
    """The paper says nothing of what is between its targets."""
    lines = table4.axes[0].get_lines()
    hollow = [line for line in lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == 9
    assert {line.get_linestyle() for line in hollow} == {"None"}
    assert [float(line.get_xdata()[0]) for line in hollow] == [10, 50, 75] * 3


def test_the_title_of_table_4_says_how_far_apart_the_criteria_are(table4: Figure) -> None:
    assert "97.0 to 98.0% is measured and 97.5 to 97.5% is published" in table4.get_suptitle()


def test_a_falling_random_curve_presses_no_others_together_and_its_end_is_written() -> None:
    ends = {"random": 60.0, "magnitude": 98.2, "wanda": 98.2, "relative_contribution": 98.0}
    course = [
        {
            "data": "mnist",
            "seed": 0,
            "activation": activation,
            "criterion": criterion,
            "per_round": step,
            "round": k,
            "planned": 0.5 * k,
            "accuracy_tuned": ends.get(criterion, 98.2) if k else 97.8,
        }
        for activation in ("relu", "leaky_relu", "sigmoid", "tanh")
        for criterion in (*ends, "none")
        for step in (0.25, 0.15, 0.10, 0.05)
        for k in (0, 1)
    ]
    figure = draw("curves", {"curves": course})
    plt.close(figure)
    for axes in figure.axes:
        low, high = axes.get_ylim()
        assert 97.7 < low < 97.8
        assert 98.2 < high < 98.3
        assert [text.get_text() for text in axes.texts] == ["random ends at 60.0%"]
