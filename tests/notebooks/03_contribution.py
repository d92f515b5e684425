# Fig. 2: the second of three weights is half of the output.
assert second == 0.5
assert by_hand == [0.125, 0.5, 0.375]

# A negative weight is not bounded, a positive one is by 1.
assert np.isclose(near_zero[1], 99)
assert near_zero[0] <= 1
assert near_zero[2] <= 1

# On a digit: the size of a product over a, and the products and the bias sum to a.
a_digit = relu(digit @ W_j + b_j).item()
assert a_digit > 0
assert np.allclose(c[~crosses], np.abs(parts[~crosses]) / a_digit, atol=1e-4)
assert np.isclose(parts.sum() + b_j.item(), a_digit, rtol=1e-4)
assert not c[digit[0] == 0].any(), "no ink, no contribution"
assert not mean[unlit].any(), "a pixel that is always black contributes nothing"

# A silent unit: 0/0 and 2/0 as printed, and by the three options.
assert np.isnan(literal[[0, 2]]).all()
assert literal[1] == np.inf
assert (options["zero"] == 0).all()
assert np.isnan(options["skip"]).all()
assert np.allclose(options["epsilon"], [0, 2e8, 0])

# Silent pairs are frequent, and the loss of one weight rarely wakes one.
assert 0.2 < silent_share < 0.7
assert woken_share < 0.05

# The inputs of layer 1 are >= 0, and "epsilon" puts negative weights at the top.
assert x1.min() >= 0
assert negative["epsilon"] > 0.95
assert above["epsilon"] > 0.1 > above["zero"]
assert moved["epsilon"] > moved["skip"] > 0 == moved["zero"]
if data.name == "mnist" and not fast:
    assert [round(100 * moved[s]) for s in ("epsilon", "skip")] == [27, 10], "the text says so"
    assert np.sum(W_j[mean >= np.quantile(mean, 0.99)] < 0) > 4, "the largest means are negative"
