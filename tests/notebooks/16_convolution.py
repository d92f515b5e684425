# A convolution is a product on patches, and the way back is the library's.
assert rows.shape == (500 * 576, 25)
assert np.allclose(layers[0].z, rows @ W + b, atol=1e-4)
assert counts.min() == counts[0, 0] == 1, "a corner is in one patch"
assert counts.max() == counts[14, 14] == 25, "all the others see it too"
assert max(apart) < 1e-6
assert halve(np.arange(16.0).reshape(1, 4, 4, 1)).ravel().tolist() == [2.5, 4.5, 10.5, 12.5]
assert double(np.ones((1, 1, 1, 1))).ravel().tolist() == [0.25] * 4

# It learns; Eq. (1) is its definition on patches, many of which are black.
assert losses[1] < losses[0]
assert reached > (60 if fast else 85)
assert np.allclose(E, by_definition, rtol=1e-4)
if data.name == "mnist":
    assert 0.3 < black.mean() < 0.6

# What came out, on both data sets.
for name, contents in found.items():
    kept = {row["label"]: row for row in contents.numbers["lenet"]}
    control = kept["Control: nothing pruned"]["tuned_90%"]
    assert control == max(row["tuned_90%"] for row in kept.values()), name
    assert kept["Eq. (2)"]["tuned_90%"] < kept["Wanda"]["tuned_90%"], name
    assert kept["Random"]["tuned_90%"] < kept["Magnitude"]["tuned_90%"], name
    assert kept["Eq. (2)"]["tuned_75%"] < kept["E of Eq. (1), without s"]["tuned_75%"] - 5, name
    best = sorted(kept, key=lambda label: -kept[label]["tuned_90%"])[1:4]
    assert sum("LAMP" in label for label in best) >= 2, name
    first = [row for row in contents.numbers["lenet_layers"] if row["layer"] == 0]
    shares = {row["label"]: row["sparsity"] for row in first if row["target"] == 0.9}
    assert shares["Eq. (2)"] > 75 > 30 > shares["LAMP"], name
