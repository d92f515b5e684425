# The two parts add up to the whole, and the part of the epochs is the same for all criteria.
for whole, epochs_part, pruning in parts.values():
    assert np.isclose(whole.mean, epochs_part.mean + pruning.mean)
for target in (0.10, 0.50, 0.75):
    assert len({parts[name, target][1].mean for name in shots}) == 1

# The epochs add about half a point. Pruning costs nothing by magnitude and Wanda, and a few tenths
# of a point by Eq. (2), which is below both at 75%.
assert all(0.3 < parts["magnitude", target][1].mean < 0.8 for target in (0.10, 0.50, 0.75))
assert all(
    abs(parts[name, t][2].mean) < 0.1 for name, t in parts if name != "relative_contribution"
)
assert abs(parts["relative_contribution", 0.10][2].mean) < 0.1
for target in (0.50, 0.75):
    assert -0.8 < parts["relative_contribution", target][2].mean < -0.2
    assert parts["relative_contribution", target][2].high < 0
for name in ("magnitude", "wanda"):
    (rival,) = lab.find(4, "mnist", criterion=name, target=0.75)
    (eq_2,) = lab.find(4, "mnist", criterion="relative_contribution", target=0.75)
    assert lab.compare(eq_2, rival).high < 0
    assert after[name, 0.75] > 98 > rival.published

# An epoch repairs what a round does; the control has nothing to repair.
assert all(after[key] > before[key] for key in after if key[0] == "relative_contribution")
assert all(abs(after[key] - before[key]) < 0.1 for key in after if key[0] == "none")

# The first two rounds of a trial do not depend on how far it goes.
assert all(abs(one.now - one.stored) < 1 for one in again if one.stored is not None)

# Too many weights at once: the more, the worse, and an epoch regains only a part.
for ends in shots.values():
    assert ends[-1].accuracy_pruned < ends[0].accuracy_pruned
    assert ends[-1].accuracy_pruned < ends[-1].accuracy_tuned < ends[0].accuracy_tuned

# Step by step and at once are compared with the same number of epochs.
for row in one_shot.numbers.get("one_shot", []):
    assert row["epochs"] == round(row["target"] / 0.05)
