# The entropy of the bins by hand is the library's, and gives h of a normal.
assert all(np.isclose(*pair) for pair in H.values())
assert abs(counted - known) < 0.02

# As printed the information is 0, for a constant of any value.
assert mr.mutual_information(a_j, np.full(N, W[100, j]), bins=K) == 0

# The Jensen-Shannon divergence: visible for a unit with 3 inputs, hardly for one with 784.
assert shown["3 inputs"] > 10 * shown["784 inputs"] >= 0
assert max(shown.values()) < np.log(2)

# The three readings by hand, in float32 and column or layer at once.
for name, i in chosen.items():
    assert np.allclose([information[r][i, j] for r in readings], by_hand[name], atol=0.003)
assert (information["mask"] <= information["mask_given_input"] + 1e-9).all()
assert (information["mask_given_input"] <= np.log(2) + 1e-9).all()

# Few bins lose information, many add some.
assert max(estimates[2][0], estimates[5][0]) < 0.9 * truth
assert estimates[100][0] > 1.5 * truth
assert estimates[100][1] > 0.3

# Heavy tails do not change ranks, and blind bins of equal width.
assert heavy["equal_mass"] == plain["equal_mass"]
assert heavy["equal_width"] < 0.2 * truth
assert widths[0] > 9000

# Mutual information is related to Eq. (2) and to Wanda, in the last layer more to Wanda.
for layer in range(3):
    assert 0.4 < correlation["mask", layer]["eq_2"] < 0.97
    assert correlation["mask", layer]["wanda"] > 0.4
if data.name == "mnist" and not fast:
    assert correlation["mask", 2]["wanda"] > correlation["mask", 2]["eq_2"]
    assert correlation["mask_given_input", 0]["eq_2"] > correlation["mask_given_input", 2]["eq_2"]
    assert correlation["contribution", 0]["eq_2"] > correlation["contribution", 2]["eq_2"]

# Silent units tell less, if the input is seen; by "mask" most of what is seen is chance.
assert tied["mask_given_input"] < -0.8
assert tied["contribution"] < -0.3
assert ratio > 1.5

# Half of the weights at once costs no criterion much; beyond, two of them fall earlier.
assert all(values[1] > values[0] - 15 for values in accuracies.values())
if data.name == "mnist" and not fast:
    assert accuracies["wanda"][-1] > accuracies["relative_contribution"][-1] + 10
    assert accuracies["wanda"][-1] > accuracies["mutual_information"][-1] + 10
    assert accuracies["mutual_information"][2] > accuracies["relative_contribution"][2]
    assert few != at_80
