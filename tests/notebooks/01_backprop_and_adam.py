# The loss and delta by hand are the library's, and the rows of delta sum to 0.
start_net = mr.MLP((784, 392, 196, 10), "relu", rng=np.random.default_rng(0), dtype=np.float64)
assert np.allclose(start_net.forward(x)[2].z, logits)
assert np.allclose(row_sums, 0)
loss_of_batch, delta_of_batch = mr.softmax_cross_entropy(logits, y)
assert np.isclose(-np.log(p[np.arange(len(y)), y]).mean(), loss_of_batch)
assert np.isclose(library_loss, loss_of_batch)
assert np.allclose((p - np.eye(10)[y]) / len(y), delta_of_batch)
assert abs(library_loss - np.log(10)) < 0.1, "before training all classes are equally likely"

# The gradients by hand are the library's, and the check of differences finds them right.
assert all(np.allclose(hand, theirs) for hand, theirs in pairs)
assert all(min(error) < 1e-6 for error in errors.values())
assert min(single[:4]) > 0.1, "float32 cannot see a small step"

# Without the bias correction no step is too small, and the first ones are too large.
assert factor.min() > 0.999
assert factor[0] > 3

# The loop by hand and mr.train agree.
assert np.isclose(epoch_loss, library, rtol=0.01)

# Slow convergence: small steps, large steps, and a strong penalty; no hats is not slow.
ln10 = np.log(10)
assert end["Adam, 0.001"] < 0.5 * end["SGD, 0.001"]
assert end["Adam, 0.001"] < end["SGD, 0.1"] < end["SGD, 0.001"]
assert end["Adam, 0.001"] < 0.7 * end["Adam, 0.00001"]
assert end["Adam, 0.001, no hats"] < 1.5 * end["Adam, 0.001"]
assert runs["Adam, 0.1"][1].max() > 2 * ln10
assert end["Adam, 0.1"] > 2 * end["Adam, 0.001"]
assert abs(end["Adam, 0.001, λ = 0.1"] - ln10) < 0.05
if data.name == "mnist" and not fast:
    assert round(100 * always_silent["Adam, 0.001, no hats"]) == 12, "the text says so"
    assert round(100 * always_silent["Adam, 0.001"]) == 2, "the text says so"
    assert always_silent["Adam, 0.1"] > 0.9
    hidden = fresh().forward(data.x_train[:1000])
    outputs = sum(np.maximum(hidden[l].z, 0).sum(axis=1).mean() for l in (0, 1))
    assert 30 < outputs < 40, "the hidden outputs of an image sum to about 35"

# The four networks learn; on MNIST they reach about 98%.
for losses_, scores_ in history.values():
    assert losses_[-1] < losses_[0]
    if data.name == "mnist" and not fast:
        assert abs(scores_[-1] - 97.9) < 0.9
if gap:
    assert min(gap.values()) > 0, "all measured accuracies are above the published ones"
    assert gap["tanh"] > 1
    assert min(gap, key=gap.get) == "sigmoid"
