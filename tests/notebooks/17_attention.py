# The formulas of normalisation and attention are right, and so is the whole backward pass.
assert np.isclose(by_formula, difference, rtol=1e-6)
assert np.allclose(norm(h)[0].mean(axis=1), 0)
assert np.allclose(norm(h)[0].var(axis=1), 1, atol=1e-3)
assert error < 1e-7
assert whole < 1e-6

# It learns, and its tokens look at the ink.
assert losses[-1] < losses[0]
assert reached > (55 if fast else 88)
assert np.allclose(p.sum(axis=-1), 1, atol=1e-5)

# Where f is the identity, Eq. (1) is |x w| / |z|, which has no mean.
assert np.allclose(c, by_hand)
assert 0.5 < np.median(tails) < 1.3
assert np.median(within) > 0.8

# What came out on the transformer, and on three kinds of networks.
kept = {row["label"]: row for row in found.numbers["transformer"]}
assert kept["Control: nothing pruned"]["tuned_90%"] == max(
    row["tuned_90%"] for row in kept.values()
)
assert kept["Eq. (2)"]["tuned_50%"] < 15
assert (
    kept["E of Eq. (1), without s"]["tuned_50%"] > 90 > kept["E of Eq. (1), without s"]["tuned_75%"]
)
assert kept["Wanda"]["tuned_90%"] < 50 < kept["Wanda, per unit"]["tuned_90%"]
layers_of = {row["label"]: row for row in found.numbers["transformer_layers"] if row["layer"] == 0}
assert layers_of["Eq. (2)"]["emptied"] == layers_of["Eq. (2)"]["seeds"]
for row in claims.numbers["claims_by_network"]:
    if row["claim"] in ("Eq. (2) beats Wanda", "Eq. (2) beats magnitude") and row["seeds"]:
        assert row["difference"] < 0, row
    if row["claim"] == "Eq. (2) beats random" and "transformer" in row["setting"]:
        assert row["difference"] < -20
