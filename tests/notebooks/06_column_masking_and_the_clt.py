# Each way is faster than the one before.
assert seconds["definition"] > 3 * seconds["columns"] > 3 * seconds["products"]

# The fast engines agree with the columns, and float32 keeps the halves of the ranking.
assert max(gap.values()) < 1e-6
assert min(halves.values()) > 0.999

# Memory grows with the examples for the one array, and not for the sums.
assert "Unable to allocate" in refused
assert peaks["contributions"][-1] > 3 * peaks["contributions"][0]
assert peaks["contributions"][-1] > 20 * peaks["contribution_moments"][-1]

# Hidden weights of the sigmoid come close to the noise; the logits' do not, and have no bound.
hidden, logits = summaries["hidden"][-1], summaries["logits"][-1]
assert hidden.distance < 3 * hidden.noise
assert logits.distance > 2 * hidden.distance
assert np.isinf(logits.bound)
assert all(s.distance <= s.bound for s in summaries["hidden"])
if data.name == "mnist" and not fast:
    assert summaries["hidden"][0].bound > 1, "a bound that says nothing"
    assert unshuffled.distance > unshuffled.bound, "in the order of the file"
    assert np.isclose(summaries["hidden"][1].bound / hidden.bound, 4)

# The committed figures say the same of the networks of the tables, at n = 256.
distance_at = {(row["activation"], int(row["layer"])): float(row["distance"]) for row in at_256}
for (activation, layer), far in distance_at.items():
    near = activation == "sigmoid" and layer < 2
    assert far < 0.1 if near else far > 0.1
    if layer == 2 or activation in ("tanh", "leaky_relu"):
        assert far > 0.3
if at_256:
    noise = float(at_256[0]["noise"])
    assert distance_at["sigmoid", 1] < 1.2 * noise < distance_at["sigmoid", 0]

# Hill's estimator by hand is the library's; it finds 1 for a half-Cauchy.
assert np.isclose(hill, by_library)
assert abs(checks["half-Cauchy (true index 1)"] - 1) < 0.4
assert checks["uniform (no tail)"] > 20

# Logits and negative weights of ReLU have no variance; positive ones end at 1.
assert max(index["logits"], index["ReLU, w < 0"]) < 1.6
assert index["sigmoid, hidden"] > 2
assert tails["ReLU, w > 0"][0].max() < 1.001
if data.name == "mnist" and not fast:
    assert abs(more["logits"] - index["logits"]) < 0.2

# The mean of a logit's weight does not settle, and no amount of data settles its sigma.
assert late["logits"] > 3 * late["hidden"]
assert share["logits"] > 10 * share["hidden"]
assert apart["hidden"][-1, 0] < apart["hidden"][0, 0] / 2
assert (apart["logits"][-1] > 4 * apart["hidden"][-1]).all()
assert apart["logits"][-1, 1] > apart["logits"][0, 1] / 3, "no 1 / sqrt(n), which is below 1/3"
