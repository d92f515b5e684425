# Criteria separate from 90% on, on both data sets.
for name in DATA:
    assert spread[name, 50] < 0.5
    assert spread[name, 95] > 2 * spread[name, 50]
    assert spread[name, 98] > spread[name, 95]

# Few examples decide the mean of Eq. (1); the numerator alone is less concentrated.
assert top["Eq. (1)"] > top["its numerator"]

# Without the denominator it is better, and with LAMP's shares best.
for rows in table.values():
    at_95 = {label: row["at_once_95%"] for label, row in rows.items()}
    assert at_95["LAMP of the change"] > at_95["numerator, root mean square"] > at_95["Eq. (2)"]
    assert at_95["root mean square"] < at_95["E of Eq. (1), without s"]

# The four networks that are pruned here: 95% are gone, and fine-tuning helps.
assert all(abs(one.sparsity - 0.95) < 1e-4 for one in live.values())
if data.name == "mnist" and not fast:
    assert all(one.accuracy_tuned > one.accuracy_pruned for one in live.values())
    tuned = {name: one.accuracy_tuned for name, one in live.items()}
    assert tuned["LAMP of the change"] > tuned["Wanda"] > tuned["Eq. (2)"]
    assert live["LAMP of the change"].accuracy_pruned > live["Wanda"].accuracy_pruned
