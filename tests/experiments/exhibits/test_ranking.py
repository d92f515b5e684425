import numpy as np
import pytest

from minirelprune import MLP
from minirelprune.experiments.exhibits.ranking import of_networks, spearman


def test_every_layer_of_every_network_has_its_row() -> None:
    rng = np.random.default_rng(0)
    nets = [MLP((8, 10, 6, 3), name, rng=rng) for name in ("relu", "tanh")]
    contents = of_networks(nets, rng.random((200, 8)), "noise", bins=10)
    [table], numbers = contents.tables, contents.numbers["ranking"]
    assert [row[:2] for row in table.rows] == [
        [name, str(l)] for name in ("relu", "tanh") for l in range(3)
    ]
    assert len(numbers) == 2 * 3 * 3
    assert numbers[0]["examples"] == 200
    assert "**noise**" in table.caption
    mask = [row for row in numbers if row["reading"] == "mask"]
    assert all(0 < row["wanda"] <= 1 for row in mask)


def test_a_correlation_without_ranks_is_nan() -> None:
    rising = np.arange(5.0)
    assert spearman(rising, rising**3) == pytest.approx(1)
    assert np.isnan(spearman(rising, np.ones(5)))
    assert np.isnan(spearman(np.ones(0), np.ones(0)))
