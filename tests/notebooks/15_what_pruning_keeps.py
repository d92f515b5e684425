from itertools import pairwise

from minirelprune.experiments.attacks import fgsm

# A larger attack does more harm.
assert all(harm[a] > harm[b] for a, b in pairwise(sorted(harm)))
assert harm[0] == mr.accuracy(net, data.x_test, data.y_test)

# The attack by hand is the package's.
some = data.x_test[:50], data.y_test[:50]
assert np.allclose(attacked(net, *some, 0.1), fgsm(net, *some, 0.1))

# The rows are of the same seeds, and PGD is the stronger attack.
assert len(rows) == 18
assert len({row["seeds"] for row in rows}) == 1
assert all(row["pgd_0.1"] <= row["fgsm_0.1"] for row in rows)

# Attacks: magnitude does not help, the others do; at 95% LAMP of the change keeps most.
by = {(row["label"], row["target"]): row for row in rows}
dense, control = by["Not pruned", 0.0], by["Control", 0.0]
for name in ("Wanda", "Eq. (2)", "LAMP of the change"):
    assert by[name, 0.75]["pgd_0.1"] > 3 * max(dense["pgd_0.1"], control["pgd_0.1"])
    assert by["Magnitude", 0.95]["calibration_error"] > 3 * by[name, 0.95]["calibration_error"]
assert by["Magnitude", 0.75]["pgd_0.1"] < 2 * dense["pgd_0.1"]
for name in ("Magnitude", "Wanda", "Eq. (2)"):
    mine = by["LAMP of the change", 0.95]
    assert mine["corrupted"] > by[name, 0.95]["corrupted"] + 5
    assert mine["calibration_error"] < by[name, 0.95]["calibration_error"]
    for target in (0.5, 0.75):
        assert by[name, target]["calibration_error"] < dense["calibration_error"]
for name in ("Magnitude", "Eq. (2)"):
    assert by[name, 0.75]["corrupted"] < control["corrupted"] - 1
assert by["LAMP of the change", 0.75]["corrupted"] > control["corrupted"] + 1
assert where[0] == harm[0.1]
assert where[0] < where[0.01] < where[0.1]

# Sparse rows are slower at 75%, and faster at 90% for many images; units are always faster.
times = {(row["target"], row["form"]): row for row in speed}
for n in ("32", "1000"):
    of = f"microseconds_{n}"
    assert times[0.75, "sparse"][of] > times[0.0, "dense"][of] > times[0.9, "sparse"][of]
    assert times[0.5, "units"][of] < times[0.0, "dense"][of]
assert times[0.9, "units"]["accuracy"] < times[0.9, "sparse"]["accuracy"] - 30

# The sparse form computes the same, and is smaller; no unit had to go for that.
assert apart < 1e-3
assert sparse.nbytes < dense_bytes / 2
