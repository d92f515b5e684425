import pickle
from dataclasses import replace

import numpy as np
import pytest
from shown import Shown

from minirelprune import MLP, Training, TrainingDiverged, softmax_cross_entropy, train
from minirelprune.network.losses import output_l1

SILENT = {"progress": False}


def problem(seed: int = 0) -> tuple[MLP, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    net = MLP((4, 8, 3), rng=rng, dtype=np.float64)
    return net, rng.normal(size=(50, 4)), rng.integers(0, 3, 50)


def test_two_epochs_are_torchs_two_epochs() -> None:
    torch = pytest.importorskip("torch")
    net, x, y = problem()
    tensors = [torch.tensor(p.copy(), requires_grad=True) for p in net.parameters]
    optimiser = torch.optim.Adam(tensors, lr=0.01)
    rng = np.random.default_rng(5)
    for _ in range(2):
        order = rng.permutation(50)
        for start in range(0, 50, 16):
            batch = order[start : start + 16]
            hidden = torch.relu(torch.tensor(x[batch]) @ tensors[0] + tensors[1])
            logits = hidden @ tensors[2] + tensors[3]
            loss = torch.nn.functional.cross_entropy(logits, torch.tensor(y[batch]))
            loss = loss + 0.1 * hidden.abs().sum() / len(batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    training = Training(epochs=2, learning_rate=0.01, batch_size=16, output_l1=0.1)
    train(net, x, y, training, rng=np.random.default_rng(5), **SILENT)
    for p, tensor in zip(net.parameters, tensors, strict=True):
        np.testing.assert_allclose(p, tensor.detach().numpy(), rtol=1e-9, atol=1e-12)


def test_the_loss_of_every_epoch_is_given_back_and_falls() -> None:
    net, x, y = problem()
    rng = np.random.default_rng(0)
    losses = train(net, x, y, Training(30, 0.01), rng=rng, **SILENT)
    assert len(losses) == 30
    assert losses[-1] < losses[0]


def test_on_epoch_sees_what_as_many_epochs_train() -> None:
    seen: list[tuple[int, MLP]] = []
    net, x, y = problem()
    training = Training(epochs=3, learning_rate=0.01, batch_size=16)
    look = lambda epoch, net: seen.append((epoch, net.copy()))  # noqa: E731
    train(net, x, y, training, rng=np.random.default_rng(5), on_epoch=look, **SILENT)
    assert [epoch for epoch, _ in seen] == [0, 1, 2, 3]
    for epochs, then in seen:  # and not `epochs` runs of one epoch: Adam keeps its moments
        twin, _, _ = problem()
        shorter = replace(training, epochs=epochs)
        train(twin, x, y, shorter, rng=np.random.default_rng(5), **SILENT)
        for p, other in zip(twin.parameters, then.parameters, strict=True):
            assert p.tobytes() == other.tobytes()


def test_the_loss_of_an_epoch_is_the_mean_over_its_examples_and_not_its_batches() -> None:
    net, x, y = problem()
    expected, _ = softmax_cross_entropy(net.forward(x)[-1].z, y)
    training = Training(epochs=1, learning_rate=1e-12, batch_size=16)  # the last batch has 2
    [loss] = train(net, x, y, training, rng=np.random.default_rng(0), **SILENT)
    assert loss == pytest.approx(expected, rel=1e-6)


def test_the_loss_of_eq_3_is_that_of_the_labels_and_of_every_hidden_output() -> None:
    net = MLP((4, 8, 6, 3), rng=np.random.default_rng(0), dtype=np.float64)
    _, x, y = problem()
    layers = net.forward(x)
    expected = softmax_cross_entropy(layers[-1].z, y)[0]
    expected += output_l1([layers[1].x, layers[2].x], 0.5)
    training = Training(epochs=1, learning_rate=1e-12, batch_size=50, output_l1=0.5)
    [loss] = train(net, x, y, training, rng=np.random.default_rng(0), **SILENT)
    assert loss == pytest.approx(expected, rel=1e-12)


def test_inputs_of_more_precision_are_rounded_to_that_of_the_network_first() -> None:
    _, x, y = problem()
    nets = [MLP((4, 8, 3), rng=np.random.default_rng(0)) for _ in range(2)]
    for net, inputs in zip(nets, (x, x.astype(np.float32)), strict=True):
        train(net, inputs, y, Training(2, 0.01), rng=np.random.default_rng(0), **SILENT)
    for p, other in zip(nets[0].parameters, nets[1].parameters, strict=True):
        assert p.dtype == np.float32
        assert p.tobytes() == other.tobytes()


def test_output_l1_makes_the_hidden_outputs_smaller() -> None:
    sizes = []
    for strength in (0.0, 0.1):
        net, x, y = problem()
        rng = np.random.default_rng(0)
        training = Training(epochs=50, learning_rate=0.01, output_l1=strength)
        train(net, x, y, training, rng=rng, **SILENT)
        sizes.append(np.abs(net.forward(x)[1].x).sum())
    assert sizes[1] < 0.5 * sizes[0]


def test_divergence_is_an_error_with_its_epoch_and_step() -> None:
    net, x, y = problem()
    x[9] = 1e308  # overflows to infinity in the first layer, in whatever batch it is in
    with pytest.raises(TrainingDiverged, match=r"at epoch 1, step \d") as caught:
        train(net, x, y, Training(3, 0.01, batch_size=10), rng=np.random.default_rng(0), **SILENT)
    assert caught.value.epoch == 1
    assert 1 <= caught.value.step <= 5


def test_divergence_names_the_step_that_diverged() -> None:
    order = np.random.default_rng(0).permutation(50).tolist()  # as the first epoch draws it
    for position in (0, 9, 10, 49):
        net, x, y = problem()
        net.weights[0][:] = 10
        x[order[position]] = 1e308  # overflows
        training = Training(1, 1e-9, batch_size=10)
        with pytest.raises(TrainingDiverged) as caught:
            train(net, x, y, training, rng=np.random.default_rng(0), **SILENT)
        assert (caught.value.epoch, caught.value.step) == (1, 1 + position // 10)


def test_divergence_in_a_later_epoch_names_that_epoch_and_its_loss() -> None:
    net, x, y = problem()

    def spoil(epoch: int, net: MLP) -> None:
        if epoch == 2:
            net.biases[0][:] = np.nan

    with pytest.raises(TrainingDiverged, match=r"at epoch 3, step 1, with a loss of nan") as caught:
        train(net, x, y, Training(5, 0.01), rng=np.random.default_rng(0), on_epoch=spoil, **SILENT)
    assert caught.value.epoch == 3
    assert np.isnan(caught.value.loss)


def test_a_step_that_is_not_finite_is_divergence_before_a_weight_is_moved() -> None:
    net = MLP((4, 3), rng=np.random.default_rng(0))
    x, y = np.full((2, 4), 1e20, np.float32), np.zeros(2, int)  # its square is no float32
    before = [p.copy() for p in net.parameters]
    with pytest.raises(TrainingDiverged, match=r"at epoch 1, step 1, with a loss of [1-9]"):
        train(net, x, y, Training(1, 0.01), rng=np.random.default_rng(0), **SILENT)
    assert all((p == old).all() for p, old in zip(net.parameters, before, strict=True))


def test_weights_that_are_not_finite_are_divergence() -> None:
    net, x, y = problem()
    net.weights[1][0, 0] = np.nan
    with pytest.raises(TrainingDiverged, match="at epoch 1, step 1, with a loss of nan"):
        train(net, x, y, Training(1, 0.01), rng=np.random.default_rng(0), **SILENT)


def test_settings_of_numpys_small_numbers_do_not_overflow() -> None:
    training = Training(np.uint8(255), np.float64(0.01), np.uint8(20), np.float32(0))
    assert repr(training) == repr(Training(255, 0.01, 20, 0.0))
    net, x, y = problem()
    losses = train(net, x, y, training, rng=np.random.default_rng(0), **SILENT)
    assert len(losses) == 255


def test_float32_gradients_stay_out_of_the_subnormal_range() -> None:
    rng = np.random.default_rng(0)
    net = MLP((4, 8, 3), rng=rng)
    net.biases[-1][:] = [60, 0, 0]  # softmax of e^-60: its square is subnormal in float32
    x, y = rng.normal(size=(64, 4)).astype(np.float32), np.zeros(64, int)
    before = [p.copy() for p in net.parameters]
    train(net, x, y, Training(1, 0.01), rng=rng, **SILENT)
    assert all((p == old).all() for p, old in zip(net.parameters, before, strict=True))


def test_a_gradient_of_a_logit_below_1e_12_is_0(monkeypatch: pytest.MonkeyPatch) -> None:
    delta = np.array([[1e-12, 0.99e-12, -1e-12, -0.99e-12, 1.0]])
    name = "minirelprune.network.training.cross_entropy"
    monkeypatch.setattr(name, lambda z, y: (0.0, delta.copy()))
    net = MLP((1, 5), rng=np.random.default_rng(0), dtype=np.float64)
    before = net.biases[0].copy()
    train(net, np.ones((1, 1)), [0], Training(1, 0.1), rng=np.random.default_rng(0), **SILENT)
    assert (net.biases[0] != before).tolist() == [True, False, True, False, True]


@pytest.mark.parametrize("progress", [True, False, None])
def test_the_bar_counts_examples_and_shows_the_loss(
    progress: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shown, "bars", [], raising=False)
    monkeypatch.setattr("minirelprune.network.training.bar", Shown)
    net, x, y = problem()
    training = Training(epochs=2, learning_rate=0.01, batch_size=20)
    losses = train(net, x, y, training, rng=np.random.default_rng(0), progress=progress)
    [shown] = Shown.bars
    wanted = {"total": 100, "name": "train", "unit": " examples", "progress": progress}
    assert shown.settings == wanted
    assert shown.updates == [20, 20, 10] * 2
    assert shown.postfixes == [{"loss": f"{loss:.4f}"} for loss in losses]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": np.zeros((50, 5))}, r"x must have shape \(N, 4\), got \(50, 5\)"),
        ({"x": np.full((50, 4), np.nan)}, "x must be finite"),
        ({"y": np.zeros(49, int)}, r"y must have shape \(50\), got \(49,\)"),
        ({"masks": [np.ones((4, 8), bool)]}, "masks must be 2 arrays, got a list of 1"),
        ({"masks": [np.ones((4, 8), bool), np.ones((3, 8), bool)]}, r"masks\[1\] must have shape"),
        (
            {"masks": [np.ones((4, 8)), np.ones((8, 3))]},
            r"masks\[0\] must be boolean, got a ndarray",
        ),
        ({"y": np.full(50, 3)}, r"y must be in \[0, 3\), got values from 3 to 3"),
        ({"y": np.full(50, -1)}, r"y must be in \[0, 3\), got values from -1 to -1"),
        ({"y": ["1"] * 50}, "y must be class numbers, got a list of dtype <U1"),
        ({"x": np.full((50, 4), "1")}, "x must be real numbers, got a ndarray of dtype <U1"),
        ({"net": MLP}, r"^net must be a Network, such as MLP\(\(784, 10\), rng=rng\), got <class"),
        ({"training": Training(1, 1e308)}, r"learning_rate must be in .* in float64, got 1e\+308"),
        (
            {"training": 3},
            r"^training must be a Training, such as Training\(10, learning_rate=1e-3\), got 3$",
        ),
        ({"rng": 0}, "rng must be a numpy.random.Generator, .* got 0"),
        ({"rng": np.random.RandomState(0)}, "rng must be a numpy.random.Generator"),
        ({"on_epoch": 3}, "on_epoch must be a function or None, got 3"),
        ({"progress": "no"}, "progress must be one of None, True, False, got 'no'"),
    ],
)
def test_bad_input_is_named_before_anything_is_changed(changes: dict, message: str) -> None:
    net, x, y = problem()
    before = [p.copy() for p in net.parameters]
    rng = np.random.default_rng(0)
    settings = {
        "net": net,
        "x": x,
        "y": y,
        "training": Training(1, 0.01),
        "rng": rng,
        **SILENT,
        **changes,
    }
    with pytest.raises(ValueError, match=message):
        train(**settings)
    assert all((p == old).all() for p, old in zip(net.parameters, before, strict=True))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"epochs": -1}, "epochs must be a whole number >= 0, got -1"),
        ({"epochs": 1.5}, "epochs must be a whole number >= 0, got 1.5"),
        ({"epochs": "3"}, "epochs must be a whole number >= 0, got '3'"),
        ({"epochs": True}, "epochs must be a whole number >= 0, got True"),
        ({"epochs": None}, "epochs must be a whole number >= 0, got None"),
        ({"batch_size": 64.0}, "batch_size must be a whole number >= 1, got 64.0"),
        ({"batch_size": [64]}, r"batch_size must be a whole number >= 1, got \[64\]"),
        ({"learning_rate": "1e-3"}, "learning_rate must be a finite number > 0, got '1e-3'"),
        ({"learning_rate": np.nan}, "learning_rate must be a finite number > 0, got nan"),
        ({"output_l1": np.inf}, "output_l1 must be a finite number >= 0, got inf"),
        ({"output_l1": None}, "output_l1 must be a finite number >= 0, got None"),
        ({"batch_size": 0}, "batch_size must be a whole number >= 1, got 0"),
        ({"learning_rate": 0}, "learning_rate must be a finite number > 0, got 0"),
        ({"learning_rate": -1}, "learning_rate must be a finite number > 0, got -1"),
        ({"output_l1": -1.0}, "output_l1 must be a finite number >= 0, got -1.0"),
    ],
)
def test_a_bad_setting_is_named_before_anything_is_trained(changes: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Training(**{"epochs": 1, "learning_rate": 0.01, **changes})


def test_divergence_comes_home_from_a_worker() -> None:
    error = TrainingDiverged(3, 7, float("inf"))
    assert str(error) == (
        "training diverged at epoch 3, step 7, with a loss of inf; "
        "a smaller learning_rate or output_l1 may help"
    )
    twin = pickle.loads(pickle.dumps(error))
    assert (str(twin), twin.epoch, twin.step) == (str(error), 3, 7)


def test_labels_of_bytes_are_labels_too() -> None:
    net, x, y = problem()
    twin, _, _ = problem()
    for network, labels in ((net, y), (twin, y.astype(np.uint8))):
        train(network, x, labels, Training(1, 0.01), rng=np.random.default_rng(0), **SILENT)
    assert (net.weights[0] == twin.weights[0]).all()
