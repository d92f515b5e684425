# By the paper's definition only ReLU has a blind range.
assert ranges["relu"] == [(-np.inf, 0.0)]
assert ranges["leaky_relu"] == ranges["sigmoid"] == ranges["tanh"] == []

# With a tolerance: the slope at an edge is the tolerance, and the tails are symmetric.
for (activation, t), (low, high) in edges.items():
    assert np.isclose(mr.ACTIVATIONS[activation].derivative(np.array([high]))[0], t)
    assert low == -high
assert leaky == [(-np.inf, 0.0)]

# Before training half of ReLU's pairs are blind, and none of the sigmoid's; training changes that.
assert 0.4 < share["relu", 0][0] < 0.6
assert share["sigmoid", 0][0] == share["sigmoid", 1][0] == 0
assert min(share["sigmoid", 0][-1], share["sigmoid", 1][-1]) > 0
if data.name == "mnist" and not fast:
    last = {place: shares[-1] for place, shares in share.items()}
    assert all(shares[0] < last[place] for place, shares in share.items())
    assert last["relu", 0] > last["sigmoid", 0] > last["tanh", 0]
    assert last["tanh", 1] > last["sigmoid", 1], "in layer 1 the order differs"
    assert min(share["relu", 1]) < share["relu", 1][0], "it falls first"

# In the same interval of the blind range the output changes by at most t |x w|.
assert excess["relu"] <= 0
assert excess["sigmoid"] <= 1e-6, "float32 rounds"
assert changes["relu", "blind with and without"] == 0
assert pairs["relu", "falls into the range"] < 0.05
if data.name == "mnist" and not fast:
    assert pairs["relu", "falls into the range"] < 0.01
    fallen = changes["relu", "falls into the range"]
    assert fallen > changes["relu", "blind neither way"], "all of a is lost"

# Eq. (1) of a sigmoid: about |x w| in the left tail, about 0 in the right one.
assert min(relative[-8.0], relative[-6.0]) > 0.9 * lost
assert max(relative[8.0], relative[6.0]) < 0.02 * lost

# Whole units: harmless for ReLU's blindest, harmful for the sigmoid's.
if data.name == "mnist" and not fast:
    relu_after, sigmoid_after = ({w: after[n, 0, w][3] for w in looks} for n in ("relu", "sigmoid"))
    assert relu_after["blindest first"] > relu_after["at random"] > relu_after["least blind first"]
    dense = after["relu", 0, "at random"][0]
    assert dense - relu_after["blindest first"] < 1 < 3 < dense - relu_after["least blind first"]
    assert sigmoid_after["blindest first"] < sigmoid_after["least blind first"] - 5
    assert outputs["sigmoid", "blindest"][0] < 0.3 < outputs["sigmoid", "blindest"][1]
assert outputs["relu", "blindest"][0] < outputs["relu", "least blind"][0]
