import numpy as np
import pytest

from minirelprune import softmax_cross_entropy


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
    ],
)
def test_bad_input_is_named(logits: np.ndarray, labels: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        softmax_cross_entropy(logits, labels)
