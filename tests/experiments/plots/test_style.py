"""The palettes: entries of one picture differ in print without colour, and in marker or line."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from minirelprune.experiments.plots.style import ACTIVATIONS, CRITERIA, hollow

APART = 0.15
DRAWN_TOGETHER = ("none", "relative_contribution", "magnitude", "wanda", "random")
PAIRS = [
    (a, b) for palette in (CRITERIA, ACTIVATIONS) for a, b in combinations(palette.values(), 2)
]


def luminance(color: str) -> float:
    """The relative luminance of a colour in sRGB, from 0, black, to 1, white (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def names(pair: tuple[Mapping[str, Any], Mapping[str, Any]]) -> str:
    return " and ".join(str(style["label"]) for style in pair)


def test_luminance_is_that_of_black_white_and_pure_green() -> None:
    assert [luminance(c) for c in ("#000000", "#FFFFFF", "#00FF00")] == pytest.approx(
        [0, 1, 0.7152]
    )


@pytest.mark.parametrize(
    "styles",
    [[CRITERIA[name] for name in DRAWN_TOGETHER], [*ACTIVATIONS.values()]],
    ids=["criteria", "activations"],
)
def test_entries_drawn_together_are_15_points_of_luminance_apart(styles: list[Any]) -> None:
    for a, b in combinations(styles, 2):
        apart = abs(luminance(a["color"]) - luminance(b["color"]))
        assert apart >= APART, f"{names((a, b))}: {apart:.3f}"


def test_a_pair_that_is_nearer_differs_in_marker_and_in_line() -> None:
    """White paper has no room for seven steps of 15 points; the other two stand between them."""
    near = [p for p in PAIRS if abs(luminance(p[0]["color"]) - luminance(p[1]["color"])) < APART]
    for a, b in near:
        assert a["marker"] != b["marker"], names((a, b))
        assert a["linestyle"] != b["linestyle"], names((a, b))
        assert abs(luminance(a["color"]) - luminance(b["color"])) > 0.05, names((a, b))


@pytest.mark.parametrize("pair", PAIRS, ids=names)
def test_every_pair_differs_in_marker_or_line(pair: tuple[Any, Any]) -> None:
    a, b = pair
    assert (a["marker"], a["linestyle"]) != (b["marker"], b["linestyle"])


def test_every_colour_is_visible_on_white() -> None:
    assert all(luminance(s["color"]) < 0.66 for s in (*CRITERIA.values(), *ACTIVATIONS.values()))


def test_criteria_and_activations_share_no_colour() -> None:
    """Nor two that are hard to tell apart: 0.25 is a quarter of the side of the cube of colours."""
    for of_one in CRITERIA.values():
        for of_other in ACTIVATIONS.values():
            a, b = to_rgb(of_one["color"]), to_rgb(of_other["color"])
            distance = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
            assert distance > 0.25, names((of_one, of_other))


@pytest.mark.parametrize("style", [*CRITERIA.values(), *ACTIVATIONS.values()])
def test_a_style_can_be_handed_to_plot(style: dict[str, Any]) -> None:
    axes = Figure().subplots()
    [line] = axes.plot([0, 1], [0, 1], **style)
    assert line.get_label() == style["label"]


@pytest.mark.parametrize("criterion", [name for name in CRITERIA if name != "none"])
def test_a_published_marker_is_the_criterions_own_not_filled(criterion: str) -> None:
    [line] = Figure().subplots().plot([0], [0], **hollow(criterion))
    assert line.get_marker() == CRITERIA[criterion]["marker"]
    assert line.get_markerfacecolor() == "white"
    assert line.get_markeredgecolor() != "white"
