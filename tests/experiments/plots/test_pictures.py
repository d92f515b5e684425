"""Every published picture, drawn from its CSV: it says what it shows, in what unit and scale."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from minirelprune.experiments import plots
from minirelprune.experiments.outputs import Row
from minirelprune.experiments.registry import EXHIBITS

FIGURES = Path(__file__).parents[3] / "figures"
PICTURES = [*(name for name, one in EXHIBITS.items() if "picture" in one.makes), "scaling"]


def value(text: str) -> object:
    if text in ("", "True", "False"):
        return {"": None, "True": True, "False": False}[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def numbers(name: str) -> dict[str, list[Row]]:
    """What is committed of an exhibit: `name`.csv, and parts such as `name`_curves.csv."""
    files = [path for path in FIGURES.glob(f"{name}*.csv") if path.stem.split("_")[0] == name]
    found = {}
    for path in files or [FIGURES / f"{name}.csv"]:
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = [
                {key: value(text) for key, text in row.items()} for row in csv.DictReader(file)
            ]
    return found


def plot_of(name: str) -> str:
    return (EXHIBITS[name].plot if name in EXHIBITS else "") or name


@pytest.fixture(scope="module", params=PICTURES)
def picture(request: pytest.FixtureRequest) -> Iterator[Figure]:
    """Drawn once, for all the tests."""
    figure = plots.draw(plot_of(request.param), numbers(request.param))
    yield figure
    plt.close(figure)


def shown(figure: Figure) -> list[Axes]:
    """The panels that have axes: no drawings, and no bars of colours."""
    return [one for one in figure.axes if one.axison and one.get_label() != "<colorbar>"]


def texts(figure: Figure) -> str:
    """All that is written outside and inside the panels."""
    return " ".join(text.get_text() for text in figure.findobj(plt.Text))


def number(text: str) -> bool:
    return bool(re.fullmatch(r"[+−-]?[\d.,]*", text))


def test_a_picture_has_a_title(picture: Figure) -> None:
    titles = [figure.get_suptitle() for figure in (picture, *picture.subfigs)]
    assert len("".join(titles)) > 20


def beside(axes: Axes, panels: list[Axes], span: str) -> list[Axes]:
    """The panels in the same "rowspan", or the same "colspan", of the same grid."""
    place = axes.get_subplotspec()
    places = {one: one.get_subplotspec() for one in panels}
    return [
        one
        for one, other in places.items()
        if other.get_gridspec() is place.get_gridspec()
        and set(getattr(other, span)) & set(getattr(place, span))
    ]


def test_axes_are_labelled(picture: Figure) -> None:
    """A panel has labels of its own, or those of one in its column and of one in its row."""
    panels = shown(picture)
    for axes in panels:
        assert any(one.get_xlabel() for one in beside(axes, panels, "colspan"))
        row = beside(axes, panels, "rowspan")
        lines = [tick.get_text() for one in row for tick in one.get_yticklabels()]
        assert any(one.get_ylabel() for one in row) or not all(map(number, lines))


def test_a_scale_that_is_not_linear_is_named(picture: Figure) -> None:
    for axes in shown(picture):
        for axis in (axes.xaxis, axes.yaxis):
            if axis.get_scale() != "linear":
                assert "logarithmic" in (axis.get_label_text() or texts(picture))


def test_a_band_is_explained(picture: Figure) -> None:
    drawn = [one for axes in picture.axes for one in axes.collections]
    if any(isinstance(one, PolyCollection) for one in drawn):
        assert "band" in texts(picture)


def test_a_published_number_is_told_from_a_measured_one(picture: Figure) -> None:
    said = texts(picture).lower()
    assert "published" not in said or "measured" in said or "distance to the published" in said


def test_the_scale_of_errors_is_named() -> None:
    figure = plots.draw("agreement", numbers("agreement"))
    labels = [axes.get_xlabel() or axes.get_ylabel() for axes in figure.axes[::3]]
    plt.close(figure)
    assert len(labels) == 2
    assert all("logarithmic scale of the error" in label for label in labels)
