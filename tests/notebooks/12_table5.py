# The slopes of the picture are those of the activations, as functions of their outputs.
for activation, inverse in (
    ("sigmoid", lambda out: np.log(out / (1 - out))),
    ("tanh", np.arctanh),
):
    inner = slice(1, -1)
    z = inverse(a[activation][inner])
    assert np.allclose(mr.ACTIVATIONS[activation].derivative(z), slope[activation][inner])

# The gradient of Eq. (3) is that of differences, and the last layer does not see the term.
assert all(np.isclose(*pair, rtol=1e-5) for pair in checked)
assert all(np.array_equal(with_term[k], without[k]) for k in (4, 5))

# A large λ makes ReLU and sigmoid units blind more often, and tanh units less often.
share = {
    (one["activation"], one["output_l1"], layer): one[f"blind_share_{layer}"]
    for one in lambdas
    for layer in (0, 1)
}
for layer in (0, 1):
    for activation in ("relu", "sigmoid"):
        assert share[activation, 1e-3, layer] > share[activation, 0.0, layer]
    assert share["tanh", 1e-3, layer] < share["tanh", 0.0, layer]

# Table 5 uses the best λ above 0 of the sweep.
for activation, used in chosen.items():
    rows = [one for one in lambdas if one["activation"] == activation and one["output_l1"]]
    assert used == max(rows, key=lambda r: r["accuracy_0.5"] + r["accuracy_0.75"])["output_l1"]

# With the term Eq. (2) is below magnitude and Wanda; of ReLU and tanh the data decide nothing.
claims = {one["claim"]: one for one in lab.compute("claims").numbers["claims"]}
for rival in ("magnitude", "Wanda"):
    one = claims[f"Table 5: with the L1 term, Eq. (2) beats {rival}"]
    assert one["difference"] + one["half_width_95"] < 0
for target in ("50%", "75%"):
    helps = f"Table 5: the L1 term helps Eq. (2) at {target}"
    for activation in ("ReLU", "tanh"):
        assert claims[f"{helps}, {activation}"]["verdict"] == "undecided"
    assert 0 < claims[f"{helps}, sigmoid"]["difference"] < 0.6

# What was run again is the committed trial, or on another processor near it.
for one in again:
    if one.stored is not None:
        tolerance = 5 if one.cell.trial.criterion == "random_redrawn" else 1
        assert abs(one.now - one.stored) < tolerance

# Too much of it: slower at 1e-2, and nothing is learned at 1.
assert seen[1e-2][0] < seen[0.0][0] - 10
assert seen[1.0][-1] < 25 < 60 < seen[0.0][-1]
assert min(blind[1.0]) > 0.99
