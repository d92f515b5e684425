"""Adam (Kingma and Ba, 2015), with exactly the update of torch.optim.Adam.

`adam_update` is the algorithm, to be read. `Adam.step` is the same arithmetic in the same order,
and so the same bits, but works in place, on blocks that stay in the cache.
"""

import math
from collections.abc import Sequence

import numpy as np

from minirelprune.network import adam_checks
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

BLOCK = 65_536  # elements; five float32 blocks of this size fit in a core's second-level cache
CLEAN_EVERY = 256  # steps between two sweeps for first moments that have all but vanished
VANISHED = 1e-30  # far below what moves a float32 weight, far above the slow subnormal numbers


def adam_update(
    p: Array,
    g: Array,
    m: Array,
    v: Array,
    *,
    t: int,
    learning_rate: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    epsilon: float = 1e-8,
) -> tuple[Array, Array, Array]:
    """One step of Adam on one array.

    Parameters
    ----------
    p, g : the parameter and the gradient of the loss by it, any one shape; whole numbers become
        float64, and g, m and v become what p is.
    m, v : the running means of g and of g^2 before this step, of the shape of g, zeros at first;
        v >= 0.
    t : the number of this step, a whole number from 1.
    learning_rate, betas, epsilon : as in `Adam`.

    Returns
    -------
    The new p, m and v, in float32 if p was, and otherwise in float64.

    Raises
    ------
    ValueError : a setting out of its range, arrays of several shapes, p, m or v that is not finite,
        or a negative v.
    FloatingPointError : a gradient that is not finite, or so large that its square is not.

    The first step is -learning_rate * g / (abs(g) + epsilon), whatever the size of g:

    >>> p, m, v = adam_update(np.array([1.0]), np.array([5.0]), np.zeros(1), np.zeros(1), t=1)
    >>> p.round(6), m.round(6), v.round(6)
    (array([0.999]), array([0.5]), array([0.025]))
    """
    checks.whole("t", t, minimum=1)
    p = convert.numbers("p", p)
    m, v = (convert.numbers(*pair, p.shape, dtype=p.dtype) for pair in (("m", m), ("v", v)))
    if (v < 0).any():
        raise ValueError(f"v must be >= 0, got {v.min()}")
    g = adam_checks.gradient_of("g", g, p)
    adam_checks.check_squares({"g": g})
    learning_rate, betas, epsilon = adam_checks.settings_of(learning_rate, betas, epsilon, p.dtype)
    (beta1, beta2), t = betas, int(t)
    with np.errstate(all="raise", under="ignore"):
        m = m + (g - m) * (1 - beta1)  # the mean of g, decaying
        v = v * beta2 + g * g * (1 - beta2)  # the mean of g^2, decaying
        spread = np.sqrt(v) / math.sqrt(1 - beta2**t) + epsilon  # outside the root, as in torch
        p = p - m / spread * (learning_rate / (1 - beta1**t))
        return p, m, v


class Adam:
    """Adam over a list of arrays, which it changes in place.

    Parameters
    ----------
    params : the arrays to optimise, C-contiguous, all float32 or all float64, any shapes. They are
        changed in place, so that lists and whole numbers, of which a copy would be, are refused.
    learning_rate : > 0, and held by the dtype when it is divided by 1 - beta1.
    betas : decay of the first and second moment, two numbers in [0, 1).
    epsilon : > 0, added outside the root and after bias correction.

    Raises
    ------
    ValueError : a setting out of its range, or that the dtype cannot hold; no arrays, or one that
        is read-only, not contiguous, or of another dtype.

    Agrees with torch.optim.Adam (float64, 100 steps) to a relative 1e-10. First moments below
    1e-30 are set to 0 every 256 steps: it changes no weight, but without it the moments of
    silent units decay into subnormal numbers, on which a processor is many times slower.

    >>> w = np.array([1.0, -2.0])
    >>> Adam([w], learning_rate=0.1).step([np.array([3.0, -0.5])])
    >>> w.round(6)
    array([ 0.9, -1.9])
    """

    def __init__(
        self,
        params: Sequence[Array],
        *,
        learning_rate: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ) -> None:
        for k, p in enumerate(checks.sequence("params", params)):
            adam_checks.check_parameter(f"params[{k}]", p)
        if len({p.dtype for p in params}) != 1:
            raise ValueError(f"params must be of one dtype, got {[str(p.dtype) for p in params]}")
        settings = adam_checks.settings_of(learning_rate, betas, epsilon, params[0].dtype)
        self.learning_rate, self.betas, self.epsilon = settings
        self.t = 0
        self.m = [np.zeros_like(p) for p in params]
        self.v = [np.zeros_like(p) for p in params]
        self._params = list(params)
        self._spare = np.empty(min(BLOCK, max(p.size for p in params)), params[0].dtype)

    def step(self, gradients: Sequence[Array]) -> None:
        """Move every parameter by one step.

        Parameters
        ----------
        gradients : dL/dp, one array per parameter, of its shape; it becomes of its dtype.

        Raises
        ------
        ValueError : a missing gradient or one of another shape; nothing is changed then.
        FloatingPointError : a gradient that is not finite, or so large that its square is not:
            nothing is changed then, as from then on the step would be 0, or NaN, in silence. Also
            a step that is not finite although the gradients are, in the middle of it.
        """
        given = checks.sequence("gradients", gradients, len(self._params))
        self.move(
            [
                adam_checks.gradient_of(f"gradients[{k}]", g, p)
                for k, (g, p) in enumerate(zip(given, self._params, strict=True))
            ]
        )

    def move(self, gradients: Sequence[Array]) -> None:
        """As `step`, for gradients that have the shapes and the dtype of the parameters."""
        adam_checks.check_squares({f"gradients[{k}]": g for k, g in enumerate(gradients)})
        self.t += 1
        with np.errstate(all="raise", under="ignore"):
            for arrays in zip(self._params, gradients, self.m, self.v, strict=True):
                flat = [array.reshape(-1) for array in arrays]
                for start in range(0, flat[0].size, BLOCK):
                    self._update(*(array[start : start + BLOCK] for array in flat))

    def _update(self, p: Array, g: Array, m: Array, v: Array) -> None:
        """`adam_update` line by line, in place; `s` is what has no name there."""
        beta1, beta2 = self.betas
        s = self._spare[: len(p)]
        np.subtract(g, m, out=s)
        s *= 1 - beta1
        m += s
        np.multiply(g, g, out=s)
        s *= 1 - beta2
        v *= beta2
        v += s
        np.sqrt(v, out=s)
        s /= math.sqrt(1 - beta2**self.t)
        s += self.epsilon
        np.divide(m, s, out=s)
        s *= self.learning_rate / (1 - beta1**self.t)
        p -= s
        if self.t % CLEAN_EVERY == 0:
            m[np.abs(m) < VANISHED] = 0
