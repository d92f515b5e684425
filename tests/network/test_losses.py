import numpy as np
import pytest

from minirelprune import softmax_cross_entropy
from minirelprune.network.losses import output_l1


def test_it_is_torchs_cross_entropy() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    logits, y = rng.normal(size=(50, 7)), rng.integers(0, 7, 50)
    t = torch.tensor(logits, requires_grad=True)
    expected = torch.nn.functional.cross_entropy(t, torch.tensor(y))
    expected.backward()
    loss, delta = softmax_cross_entropy(logits, y)
    np.testing.assert_allclose(loss, expected.item(), rtol=1e-13)
    np.testing.assert_allclose(delta, t.grad.numpy(), rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_of_1e4_are_no_trouble(dtype: type) -> None:
    logits = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4]], dtype)
    loss, delta = softmax_cross_entropy(logits, np.array([0, 0]))
    assert loss == pytest.approx((0 + 2e4 + np.log(2)) / 2, rel=1e-6)
    np.testing.assert_allclose(delta, [[0, 0, 0], [-0.5, 0.25, 0.25]])
    assert delta.dtype == dtype


@pytest.mark.parametrize(
    ("logits", "labels", "message"),
    [
        (np.zeros((2, 3)), np.array([0, 3]), r"labels must be in \[0, 3\), got values from 0 to 3"),
        (np.zeros((2, 3)), np.array([-1, 0]), r"labels must be in \[0, 3\)"),
        (np.zeros((2, 3)), np.array([0.0, 1.0]), r"labels must be whole numbers, got dtype float"),
        (np.zeros((2, 3)), np.array([0]), r"labels must have shape \(2\), got \(1,\)"),
        (np.zeros(3), np.array([0]), r"logits must have shape \(N, n_classes\), got \(3,\)"),
        (np.zeros((0, 3)), np.zeros(0, int), r"at least one example"),
        (np.full((1, 3), np.nan), np.array([0]), r"logits must be finite, got nan at \(0, 0\)"),
        (np.full((1, 3), -np.inf), np.array([0]), r"logits must be finite, got -inf at \(0, 0\)"),
        (np.full((1, 3), "a"), np.array([0]), r"logits must be real numbers, got a ndarray"),
    ],
)
def test_bad_input_is_named(logits: np.ndarray, labels: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        softmax_cross_entropy(logits, labels)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, ">f4", np.float16])
def test_logits_and_labels_may_be_of_any_kind_of_number(dtype: object) -> None:
    logits, y = np.array([[100, 3, 0], [0, 100, 7]]), np.array([2, 1])
    loss, delta = softmax_cross_entropy(logits.astype(np.float64), y)
    small = softmax_cross_entropy(logits.astype(dtype), y.astype(np.uint8))
    assert small[0] == loss == 50.0
    np.testing.assert_allclose(small[1], delta, rtol=1e-6, atol=1e-30)
    listed = softmax_cross_entropy(logits.tolist(), y.tolist())
    assert (listed[0], listed[1].tobytes()) == (loss, delta.tobytes())


def test_the_l1_norm_of_small_whole_numbers_does_not_overflow() -> None:
    assert output_l1([np.array([[-128, 100]], np.int8)], np.uint8(2)) == 456.0


def test_the_l1_norm_is_summed_over_units_and_layers_and_the_mean_over_examples() -> None:
    outputs = [np.array([[1.0, -2.0], [0.0, 1.0], [3.0, 1.0], [0.0, 0.0]]), np.full((4, 3), -1.0)]
    assert output_l1(outputs, 0.5) == 0.5 * (8 / 4 + 3)
    assert output_l1(outputs, 0) == 0


@pytest.mark.parametrize(
    ("outputs", "strength", "message"),
    [
        ([np.zeros((2, 3))], -1.0, "strength must be a finite number >= 0, got -1.0"),
        ([np.full((2, 3), np.nan)], 1.0, r"outputs\[0\] must be finite, got nan at \(0, 0\)"),
        ([np.zeros((0, 3))], 1.0, r"outputs\[0\] must hold at least one example, got 0"),
        (np.zeros((2, 3)), 1.0, r"outputs\[0\] must have shape \(N, n_units\), got \(3,\)"),
        (3, 1.0, "outputs must be at least one array, got a int"),
    ],
)
def test_outputs_that_have_no_norm_are_named(
    outputs: object, strength: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        output_l1(outputs, strength)
