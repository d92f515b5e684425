from itertools import pairwise

from minirelprune.experiments.attacks import fgsm

# A larger attack does more harm.
assert all(harm[a] > harm[b] for a, b in pairwise(sorted(harm)))
assert harm[0] == mr.accuracy(net, data.x_test, data.y_test)

# The attack by hand is the package's.
some = data.x_test[:50], data.y_test[:50]
assert np.allclose(attacked(net, *some, 0.1), fgsm(net, *some, 0.1))

# The rows are of the same seeds, and PGD is the stronger attack.
assert len(rows) == 17
assert len({row["seeds"] for row in rows}) == 1
assert all(row["pgd_0.1"] <= row["fgsm_0.1"] for row in rows)

# The sparse form computes the same, and is smaller; no unit had to go for that.
assert apart < 1e-3
assert sparse.nbytes < dense_bytes / 2
