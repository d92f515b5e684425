# The four weights are those of the table in section 1.
assert np.allclose(E, [1 / 4, 1 / 4, 0, 1 / 2])
assert np.allclose(sigma, [0, 1 / 4, 0, 1 / 4])
assert np.allclose(by_hand, [1.05, 0.65, 0.8, 0.9])
assert list(order) == [1, 2, 3, 0], "the weight that is on and off goes first"

# With beta = 0 the idle weight is last, and alpha and beta count through their ratio only.
assert mr.importance(E, sigma, beta=0.0).argmin() == 2
twice = mr.importance(E, sigma, alpha=2.0, beta=0.4, epsilon=0.25)
assert np.allclose(twice, 2 * by_hand)
assert (curves["alpha"].shape, curves["layer_factor"].shape) == ((61, 4), (61, 4))
ranks = np.argsort(curves["layer_factor"], axis=1)
assert (ranks == ranks[0]).all(), "s changes no order"

# A weight that never contributes has sigma 0, and stands on the shelf.
assert (sigma0[idle] == 0).all()
assert np.allclose(mr.importance(E0, sigma0)[idle], 1e-7 / 1e-5)
assert idle[black].all(), "black pixels contribute to nothing"

# E and sigma rise together, so that the second term works against the first.
assert together > 0.8
assert against < -0.8
assert ratio > 5

# The smaller epsilon, the more live weights are below the shelf.
shares_below = [below[value] for value in sorted(below, reverse=True)]
assert shares_below == sorted(shares_below)
assert below[1e-8] > 0.99
if data.name == "mnist" and not fast:
    assert below[1e-5] > 0.5, "above most of the live weights"

# By pixel: without the second term the border goes first, with it the border is protected.
assert border[0] == 1
if data.name == "mnist" and not fast:
    assert border[1e-7] < 0.1
    assert border[1e-5] == 0
    middle = np.zeros((28, 28), bool)
    middle[10:18, 10:18] = True
    assert low[0][middle.ravel()].mean() < low[1e-5][middle.ravel()].mean()

# A positive weight contributes at most 1, so that sigma is at most the root of E.
assert (sigma0[W0 > 0] <= np.sqrt(E0[W0 > 0]) * (1 + 1e-3)).all()

# s = 2^l protects the later layers.
assert pruned_by_layer["deep"][1] < pruned_by_layer[None][1] < pruned_by_layer["shallow"][1]
assert pruned_by_layer["deep"][2] <= pruned_by_layer[None][2] <= pruned_by_layer["shallow"][2]
