# The second term is largest where a weight never contributes, and there it is beta / epsilon.
for mean, no in zip(means, idle, strict=True):
    assert np.allclose(mr.importance(mean[no], 0 * mean[no], beta=1e-7), 1e-7 / 1e-5)
    assert 0 < no.mean() < 1

# Without it as many idle weights go as the count allows; with it hardly any go in the first round.
assert taken["β = 0, w/ s"] == min(count, sum(int(no.sum()) for no in idle)) == max(taken.values())
assert all(taken[row] < 0.01 * count for row in taken if not row.startswith("β = 0"))

# The factor s moves pruning towards the input.
with_s, without = lost["β = 1e-7, w/ s"], lost["β = 1e-7, w/o s"]
assert with_s[0] >= without[0]
assert with_s[2] <= without[2]

if not fast:  # what the text says of MNIST, seed 0
    for mean, no in zip(means[:2], idle[:2], strict=True):
        assert np.mean(mean[~no] < 1e-7 / 1e-5) > 0.5
    assert all(
        np.mean(mean[~no] < 1e-5 / 1e-5) > 0.95 for mean, no in zip(means, idle, strict=True)
    )

# The committed table: beta = 0 is ahead of 1e-7 in every column, which is ahead of 1e-5.
# The effect of s is too small for five seeds.
assert len(differences) == 12
for (row, _), difference in differences.items():
    if row == "β = 0, w/ s":
        assert difference.low > 0
    elif row == "β = 1e-5, w/ s":
        assert difference.high < 0
    else:
        assert difference.low < 0 < difference.high

# The published table has beta = 0 below 1e-7 in all columns, by at most 0.22 points.
published = {(lab.row_label(c), c.trial.per_round): c.published for c in lab.cells(1, "mnist")}
for step in (0.25, 0.15, 0.10, 0.05):
    assert (
        0.02 <= round(published["β = 1e-7, w/ s", step] - published["β = 0, w/ s", step], 2) <= 0.22
    )

# The column that was run again is the committed one, or on another processor near it.
assert all(abs(one.now - one.stored) < 1 for one in again if one.stored is not None)

# s alone changes nothing at the paper's beta, and each beta above 0 costs accuracy.
said = {claim: verdict for claim, _, verdict in grid.tables[1].rows}
assert said["s helps, at β = 1e-7"] == "undecided"
assert {said[claim] for claim in said if "beats β = 0" in claim} == {"refuted"}

# In eight layers the same beta empties the first ones.
assert collapse[1e-7][0] > 0.99
assert collapse[1e-7][-1] < 0.1
assert max(collapse[0.0]) < 0.95
