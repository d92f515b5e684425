# ReLU and leaky ReLU are equally blind, to a few points; sigmoid and tanh are less blind.
assert abs(blind["relu"] - blind["leaky_relu"]) < 0.05
assert max(blind["sigmoid"], blind["tanh"]) < 0.5 < min(blind["relu"], blind["leaky_relu"])

# With Eq. (2) ReLU loses the most and leaky ReLU nearly nothing; with Wanda nothing is lost.
eq_2 = {name: costs[name, "relative_contribution"].mean for name in blind}
assert min(eq_2, key=eq_2.get) == "relu"
assert abs(eq_2["leaky_relu"]) < 0.1
assert (
    costs["relu", "relative_contribution"].high < costs["leaky_relu", "relative_contribution"].low
)
assert all(abs(costs[name, "wanda"].mean) < 0.1 for name in blind)

# Half of the weights cost nothing with magnitude either.
for cell in lab.find(3, "mnist", criterion="magnitude"):
    activation, step, _ = cell.column
    (control,) = lab.find(3, "mnist", criterion="none", activation=activation, per_round=step)
    assert abs(lab.compare(cell, control).mean) < 0.1

# Eq. (2) is ahead in no claim of the table; the published numbers of the text are the paper's.
claims = [one for one in lab.compute("claims").numbers["claims"] if "Table 3" in one["claim"]]
assert len(claims) == 6
assert all(one["difference"] < 0 for one in claims)
wanted = {"activation": "sigmoid", "per_round": 0.25, "scoring_fraction": 1.0}
published = {c.trial.criterion: c.published for c in lab.find(3, "mnist", **wanted)}
assert published["relative_contribution"] == 96.08
assert (published["wanda"], published["magnitude"]) == (91.40, 89.45)

# With leaky ReLU only weights of black pixels are idle; with ReLU there are more.
assert idle["leaky_relu"] == black < idle["relu"]

assert all(abs(one.now - one.stored) < 1 for one in again if one.stored is not None)
