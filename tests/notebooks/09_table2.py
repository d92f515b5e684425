# Rule 1: the interval by hand is that of lab.compare, and Wanda is higher in every seed.
compared = lab.compare(eq_2, wanda)
assert np.allclose(by_hand, [compared.mean, compared.half_width], rtol=1e-3)
assert all(one[seed] < other[seed] for seed in one)


def in_table_2(name, **keys):
    return lab.find(2, "mnist", criterion=name, **keys)


def control_of(cell):
    return in_table_2("none", per_round=cell.trial.per_round)[0]


# Rule 2: magnitude and Wanda cannot be told from the control, and Eq. (2) is below it everywhere.
for cell in (*in_table_2("magnitude"), *in_table_2("wanda")):
    assert abs(lab.compare(cell, control_of(cell)).mean) < 0.1
for cell in in_table_2("relative_contribution"):
    assert -0.8 < lab.compare(cell, control_of(cell)).mean < -0.1

# Rule 3: with the same share, Eq. (2) is below Wanda in all 24 cells.
pairs = [
    (
        cell,
        *in_table_2(
            "wanda",
            per_round=cell.trial.per_round,
            scoring_fraction=cell.trial.scoring_fraction,
        ),
    )
    for cell in in_table_2("relative_contribution")
]
assert len(pairs) == 24
assert all(lab.compare(cell, rival).high < 0 for cell, rival in pairs)

# Rule 4: 71%, and an interval at Bonferroni's level is 2.6 times as wide with five seeds.
assert round(100 * (1 - 0.95**24)) == 71
level = lab.estimate(list(d), 1 - 0.05 / 24).half_width / lab.estimate(list(d)).half_width
assert round(level, 1) == 2.6
assert all(difference.mean < 0.8 for difference in over_random.values())

# Rule 5: redrawn random pruning prunes what the formula says.
assert all(abs(counted - formula) < 0.005 for counted, formula in redrawn.values())
assert max(formula for _, formula in redrawn.values()) > 0.96

# Eq. (2) needs more images than Wanda for the same choice, and more images help it.
for share in (0.005, 0.02, 0.1):
    assert 0.5 < overlap["Eq. (2)", share] < overlap["Wanda", share] < 1
assert overlap["Eq. (2)", 0.1] > overlap["Eq. (2)", 0.005]

assert all(abs(a.now - a.stored) < 1 for a in again if a.stored is not None)
