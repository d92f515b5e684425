import matplotlib.pyplot as plt
import numpy as np

from minirelprune.experiments.outputs import Row
from minirelprune.experiments.plots.heat import tiles

ROWS: list[Row] = [
    {"x": x, "y": y, "seeds": 3, "value": x + 10.0 * y, "value_half_width_95": 0.25}
    for x, y in ((1, 1), (2, 1), (4, 1), (1, 2), (4, 2))
]


def test_a_tile_stands_where_its_row_says_and_a_missing_one_is_empty() -> None:
    _, axes = plt.subplots()
    image = tiles(axes, ROWS, "x", "y", "value", form="+.1f", cmap="RdBu", limits=(-24.0, 24.0))
    expected = np.array([[11.0, 12.0, 14.0], [21.0, np.nan, 24.0]])
    np.testing.assert_array_equal(np.ma.filled(image.get_array(), np.nan), expected)
    found = {text.get_position(): text.get_text() for text in axes.texts}
    assert found[2, 1] == "+24.0\n± 0.25"
    assert len(found) == len(ROWS)
    inks = {text.get_text()[:5]: text.get_color() for text in axes.texts}
    assert (inks["+11.0"], inks["+24.0"]) == ("black", "white")  # on pale and on dark blue
    plt.close("all")


def test_one_seed_has_no_interval() -> None:
    _, axes = plt.subplots()
    one = [row | {"seeds": 1} for row in ROWS]
    tiles(axes, one, "x", "y", "value", form=".2f", cmap="viridis", limits=(0.0, 24.0))
    assert axes.texts[0].get_text() == "11.00"
    plt.close("all")
