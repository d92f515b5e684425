import numpy as np

from minirelprune.experiments.exhibits import pixels
from minirelprune.experiments.trials.trial import Trial


def test_a_row_counts_what_a_pixel_has_left() -> None:
    rng = np.random.default_rng(0)
    course = [
        [np.ones((784, 5), np.bool_), np.ones((5, 4), np.bool_)],
        [rng.random((784, 5)) < 0.5, rng.random((5, 4)) < 0.5],
        [rng.random((784, 5)) < 0.2, rng.random((5, 4)) < 0.2],
    ]
    rows = pixels.survivors(course, Trial("normals", 3, criterion="wanda"))
    assert len(rows) == 2 * 784
    for row in rows:
        first, second = course[row["round"]]
        assert row["weights"] == first[28 * row["row"] + row["column"]].sum()
        kept = first.sum() + second.sum()
        assert row["pruned"] == round(1 - kept / 3940, 4)
        assert (row["data"], row["seed"], row["criterion"]) == ("normals", 3, "wanda")
