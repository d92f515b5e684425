import numpy as np
import pytest

from minirelprune import Adam


def test_100_steps_are_torchs_to_a_relative_1e_10() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    arrays = [rng.normal(size=shape) for shape in ((7, 5), (5,), (30_000,))]
    tensors = [torch.tensor(a.copy(), requires_grad=True) for a in arrays]
    optimiser = Adam(arrays, learning_rate=0.01, betas=(0.8, 0.99), epsilon=1e-7)
    in_torch = torch.optim.Adam(tensors, lr=0.01, betas=(0.8, 0.99), eps=1e-7)
    for _ in range(100):
        gradients = [rng.normal(size=a.shape) for a in arrays]
        for tensor, g in zip(tensors, gradients, strict=True):
            tensor.grad = torch.tensor(g)
        optimiser.step(gradients)
        in_torch.step()
    for a, tensor in zip(arrays, tensors, strict=True):
        np.testing.assert_allclose(a, tensor.detach().numpy(), rtol=1e-10, atol=1e-13)


def test_three_steps_worked_by_hand() -> None:
    # lr = 1, betas = (1/2, 3/4), epsilon = 1, gradients 2, -2, 0.
    # t=1: m = 1,    v = 1;     m_hat = 2,    v_hat = 4:          p = 0 - 2 / (2 + 1)
    # t=2: m = -1/2, v = 7/4;   m_hat = -2/3, v_hat = 4:          p += (2/3) / (2 + 1)
    # t=3: m = -1/4, v = 21/16; m_hat = -2/7, v_hat = 21/16 / (37/64) = 84/37
    p = np.zeros(1)
    optimiser = Adam([p], learning_rate=1.0, betas=(0.5, 0.75), epsilon=1.0)
    expected = [-2 / 3, -2 / 3 + 2 / 9, -2 / 3 + 2 / 9 + (2 / 7) / (np.sqrt(84 / 37) + 1)]
    for g, value in zip((2.0, -2.0, 0.0), expected, strict=True):
        optimiser.step([np.array([g])])
        assert p[0] == pytest.approx(value, rel=1e-14)


def test_first_moments_do_not_fade_into_subnormal_numbers() -> None:
    p = np.ones(100, np.float32)
    optimiser = Adam([p])
    optimiser.step([np.ones(100, np.float32)])
    for _ in range(1100):  # 0.9^1100 is 1e-50: in float32 it would have been subnormal on the way
        optimiser.step([np.zeros(100, np.float32)])
        m = np.abs(optimiser.m[0])
    assert not m.any()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"learning_rate": 0.0}, "learning_rate must be a finite number > 0, got 0.0"),
        ({"learning_rate": np.nan}, "learning_rate must be a finite number > 0, got nan"),
        ({"betas": (0.9, 1.0)}, r"betas must be in \[0, 1\), got \(0.9, 1.0\)"),
        ({"epsilon": -1e-8}, "epsilon must be a finite number > 0"),
    ],
)
def test_a_bad_setting_is_named(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Adam([np.zeros(1)], **settings)


def test_a_gradient_of_the_wrong_shape_changes_nothing() -> None:
    p = [np.ones(3), np.ones(2)]
    optimiser = Adam(p)
    with pytest.raises(ValueError, match=r"gradients\[1\] must have shape \(2\), got \(3,\)"):
        optimiser.step([np.ones(3), np.ones(3)])
    with pytest.raises(ValueError, match="gradients must be 2 arrays"):
        optimiser.step([np.ones(3)])
    assert all((a == 1).all() for a in p)
    assert optimiser.t == 0


def test_a_strided_view_is_refused() -> None:
    with pytest.raises(ValueError, match="params must be C-contiguous"):
        Adam([np.zeros((4, 4))[:, ::2]])
