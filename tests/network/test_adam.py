import numpy as np
import pytest

from minirelprune import Adam, adam_update

NAN, INF = float("nan"), float("inf")


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


def test_first_moments_below_1e_30_are_swept_away_at_every_256th_step_and_at_no_other() -> None:
    g = np.array([1e-30, 0.99e-30, -1e-30, -0.99e-30, 1.0])
    optimiser = Adam([np.zeros(5)], betas=(0.0, 0.999))  # the first moment is the last gradient
    for t in range(1, 513):
        optimiser.step([g])
        expected = [1e-30, 0.0, -1e-30, 0.0, 1.0] if t in (256, 512) else g.tolist()
        assert optimiser.m[0].tolist() == expected


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_that_leaves_the_range_is_an_error_whatever_the_callers_errstate(
    dtype: type,
) -> None:
    high = float(np.finfo(dtype).max)
    p, g, zeros = np.full(2, -high, dtype), np.ones(2, dtype), np.zeros(2, dtype)
    for state in ("ignore", "warn", "raise"):
        with np.errstate(all=state):
            with pytest.raises(FloatingPointError, match="overflow"):
                Adam([p.copy()], learning_rate=high / 20).step([g])
            with pytest.raises(FloatingPointError, match="overflow"):
                adam_update(p, g, zeros, zeros, t=1, learning_rate=high / 20)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"learning_rate": 0.0}, "learning_rate must be a finite number > 0, got 0.0"),
        ({"learning_rate": np.nan}, "learning_rate must be a finite number > 0, got nan"),
        ({"learning_rate": "0.1"}, "learning_rate must be a finite number > 0, got '0.1'"),
        ({"betas": (0.9, 1.0)}, r"betas must be two numbers in \[0, 1\), got \(0.9, 1.0\)"),
        ({"betas": (0.9, NAN)}, r"betas must be two numbers in \[0, 1\)"),
        ({"betas": (0.9, False)}, r"betas must be two numbers in \[0, 1\)"),
        ({"betas": ("0.9", 0.9)}, r"betas must be two numbers in \[0, 1\)"),
        ({"betas": (0.9,)}, r"betas must be two numbers in \[0, 1\)"),
        ({"betas": 0.9}, r"betas must be two numbers in \[0, 1\), got 0.9"),
        ({"betas": np.float64(0.9)}, r"betas must be two numbers in \[0, 1\)"),
        ({"betas": None}, r"betas must be two numbers in \[0, 1\), got None"),
        ({"epsilon": -1e-8}, "epsilon must be a finite number > 0"),
        ({"epsilon": 1e-50}, r"epsilon must be in \[1.18e-38, .*\] in float32, got 1e-50"),
        ({"learning_rate": 10**400}, "learning_rate must be a finite number > 0, got 1000"),
        ({"learning_rate": 1e-50}, r"learning_rate must be in \[1.18e-38, 3.4e\+37\] in float32"),
        ({"learning_rate": 1e38}, r"learning_rate must be in \[1.18e-38, 3.4e\+37\] in float32"),
    ],
)
def test_a_bad_setting_is_named(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Adam([np.zeros(1, np.float32)], **settings)
    with pytest.raises(ValueError, match=message):
        adam_update(*np.zeros((4, 1), np.float32), t=1, **settings)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_least_and_the_greatest_number_of_the_dtype_are_settings(dtype: type) -> None:
    low, high = float(np.finfo(dtype).tiny), float(np.finfo(dtype).max)
    for settings in ({"epsilon": low}, {"epsilon": high}, {"learning_rate": low}):
        Adam([np.zeros(1, dtype)], **settings)
    Adam([np.zeros(1, dtype)], learning_rate=high * (1 - 0.5), betas=(0.5, 0.5))


def test_a_setting_may_come_from_numpy_or_in_a_list() -> None:
    expected, p = np.ones(3, np.float32), np.ones(3, np.float32)
    g = np.array([0.1, -0.2, 0.3], np.float32)
    Adam([expected], learning_rate=1e-3, betas=(0.9, 0.99)).step([g])
    Adam([p], learning_rate=np.float64(1e-3), betas=[np.float64(0.9), np.float64(0.99)]).step([g])
    assert p.tobytes() == expected.tobytes()
    settings = {"t": np.uint8(1), "learning_rate": np.float64(1e-3), "betas": np.array([0.9, 0.99])}
    p, _, _ = adam_update(np.ones(3, np.float32), g, *np.zeros((2, 3)), **settings)
    assert p.tobytes() == expected.tobytes()


def test_a_gradient_of_the_wrong_shape_changes_nothing() -> None:
    p = [np.ones(3), np.ones(2)]
    optimiser = Adam(p)
    with pytest.raises(ValueError, match=r"gradients\[1\] must have shape \(2\), got \(3,\)"):
        optimiser.step([np.ones(3), np.ones(3)])
    with pytest.raises(ValueError, match="gradients must be 2 arrays"):
        optimiser.step([np.ones(3)])
    assert all((a == 1).all() for a in p)
    assert optimiser.t == 0


def read_only() -> np.ndarray:
    p = np.zeros(3)
    p.flags.writeable = False
    return p


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ([np.zeros((4, 4))[:, ::2]], r"params\[0\] must be a C-contiguous array, got a strided"),
        ([np.zeros(3), read_only()], r"params\[1\] must be .* can be changed, got a read-only one"),
        ([np.zeros(3, int)], r"params\[0\] must be of dtype float32 or float64, got int64"),
        ([np.zeros(3, np.float16)], r"params\[0\] must be of dtype .*, got float16"),
        ([np.zeros(3, ">f8")], r"params\[0\] must be of dtype .*, got >f8"),
        ([np.zeros(3), [0.0]], r"params\[1\] must be a NumPy array, .*, got a list"),
        ([np.ma.zeros(3)], r"params\[0\] must be a NumPy array, .*, got a MaskedArray"),
        (np.zeros(3), r"params\[0\] must be a NumPy array, .*, got a float64"),
        (
            [np.zeros(3), np.zeros(3, np.float32)],
            r"^params must be of one dtype, got \['float64', 'float32'\]$",
        ),
        ([], "params must be at least one array, got a list of 0"),
        (3, "params must be at least one array, got a int"),
    ],
)
def test_what_cannot_be_changed_in_place_is_refused(params: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Adam(params)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("bad", [NAN, INF, -INF, "huge"])
def test_a_gradient_that_is_not_finite_changes_nothing(bad: float | str, dtype: type) -> None:
    good = [np.array([1.0, -2.0], dtype), np.ones((2, 2), dtype)]
    p, twin = ([np.ones(2, dtype), np.zeros((2, 2), dtype)] for _ in range(2))
    optimiser, other = Adam(p), Adam(twin)
    optimiser.step(good)
    other.step(good)
    wrong = [good[0], good[1].copy()]
    wrong[1][1, 0] = 2 * np.sqrt(np.finfo(dtype).max) if bad == "huge" else bad
    with pytest.raises(FloatingPointError, match=r"gradients\[1\] and its square must be finite"):
        optimiser.step(wrong)
    assert optimiser.t == 1
    optimiser.step(good)  # as if nothing had been
    other.step(good)
    for one, expected in ((p, twin), (optimiser.m, other.m), (optimiser.v, other.v)):
        assert [a.tobytes() for a in one] == [a.tobytes() for a in expected]


def test_squares_that_sum_to_infinity_may_be_finite() -> None:
    p, g = np.zeros(9, np.float32), np.full(9, 1.8e19, np.float32)  # each square is 3.24e38
    Adam([p]).step([g])
    np.testing.assert_allclose(p, -1e-3, rtol=1e-6)


@pytest.mark.parametrize("bad", [NAN, INF, 1e200])
def test_the_readable_step_refuses_what_the_fast_one_does(bad: float) -> None:
    with pytest.raises(FloatingPointError, match="g and its square must be finite, got"):
        adam_update(np.zeros(2), np.array([1.0, bad]), np.zeros(2), np.zeros(2), t=1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"p": [NAN, 0.0]}, r"p must be finite, got nan at \(0,\)"),
        ({"m": [0.0, INF]}, r"m must be finite, got inf at \(1,\)"),
        ({"v": [0.0, -1.0]}, "v must be >= 0, got -1.0"),
        ({"v": [0.0]}, r"v must have shape \(2\), got \(1,\)"),
        ({"g": [0.0]}, r"g must have shape \(2\), got \(1,\)"),
        ({"g": ["a", "b"]}, "g must be real numbers, got a list of dtype <U1"),
        ({"t": 0}, "t must be a whole number >= 1, got 0"),
        ({"t": 1.5}, "t must be a whole number >= 1, got 1.5"),
    ],
)
def test_bad_input_is_named(changes: dict, message: str) -> None:
    arrays = {"p": [1.0, 2.0], "g": [1.0, 2.0], "m": [0.0, 0.0], "v": [0.0, 0.0], "t": 1}
    with pytest.raises(ValueError, match=message):
        adam_update(**{**arrays, **changes})


def test_gradients_of_more_precision_are_rounded_to_that_of_the_parameters_first() -> None:
    rng = np.random.default_rng(0)
    p, g = rng.normal(size=1000).astype(np.float32), rng.normal(size=1000)
    wide, narrow, m, v = p.copy(), p.copy(), np.zeros(1000), np.zeros(1000)
    Adam([wide]).step([g])
    Adam([narrow]).step([g.astype(np.float32)])
    assert wide.tobytes() == narrow.tobytes()
    readable = adam_update(p, g, m, v, t=1)
    assert all(array.dtype == np.float32 for array in readable)
    assert readable[0].tobytes() == narrow.tobytes()


def test_gradients_of_whole_numbers_and_lists_are_gradients() -> None:
    expected, p = np.zeros((2, 2)), np.zeros((2, 2))
    Adam([expected]).step([np.array([[100.0, -100.0], [3.0, 0.0]])])
    Adam([p]).step([np.array([[100, -100], [3, 0]], np.int8)])  # the square of 100 is no int8
    assert (p == expected).all()
    zeros = np.zeros((2, 2), int)
    p, _, _ = adam_update(zeros, [[100, -100], [3, 0]], zeros, zeros, t=1)
    assert p.dtype == np.float64
    np.testing.assert_array_equal(p, expected)
