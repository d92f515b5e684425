# The fixed loop prunes 15% in every round, and prune_masks does the same.
assert zeros == [150, 300, 450, 600, 750]
assert all(same_masks)

# Subtracting floats takes eleven rounds, counting takes ten.
assert len(taken) == 11
assert len(counts) == 10
assert counts[-1] == 386_120 // 2

# The loop by hand and mr.prune agree in their masks, and pruned weights stay 0.
assert all((a == b).all() for a, b in zip(result.masks, by_hand_masks, strict=True))
assert all((W[~mask] == 0).all() for W, mask in zip(model.weights, result.masks, strict=True))

# The criteria prune exactly 75%, the control nothing, and nothing collapses.
for name in ("relative_contribution", "magnitude", "wanda", "none"):
    last = runs[name].rounds[-1]
    assert last.pruned == (0 if name == "none" else round(0.75 * net.n_weights))
    assert last.accuracy_tuned > dense - 10
    if data.name == "mnist" and not fast:
        assert last.accuracy_tuned > 97
if means:  # five seeds at 5% per round: what the text says of Table 4
    eq_2 = means["relative_contribution"].mean
    assert published["relative_contribution"] > published["magnitude"] > published["wanda"]
    assert eq_2 < min(means["magnitude"].mean, means["wanda"].mean)
    assert means["none"].mean - eq_2 < 1

# The border of black pixels stands on the shelf of Eq. (2), above many weights that contribute.
assert np.allclose(border, 1e-7 / 1e-5)
assert below > 0.15
assert (without[0][black] == 0).all()
if data.name == "mnist" and not fast:
    assert courses["relative_contribution"][3].masks[0][black].all(), "it stands in round 3"
    assert not runs["relative_contribution"].masks[0][black].any(), "it is gone after round 5"
    assert courses["magnitude"][2].masks[0][black].any()
    assert not courses["magnitude"][3].masks[0][black].any()
    assert not courses["wanda"][1].masks[0][black].any()

# One shot: half of the weights cost little by magnitude, and 95% at random cost much.
assert at_once["random"][-1] < dense - 20
assert at_once["magnitude"][1] > dense - 10

# Random draws over all weights prune more than was asked for, those among survivors do not.
expected = 1 - np.prod(1 - 0.15 * np.arange(1, 6))
assert abs(reached["random_redrawn"][0] - expected) < 0.01
assert abs(reached["random"][0] - 0.75) < 0.01
assert reached["random_redrawn"][1] < reached["random"][1] - 5
