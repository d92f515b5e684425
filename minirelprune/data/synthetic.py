"""Handwritten digits drawn by code: the data set that is always there.

A digit is a few strokes through a handful of points. Every image gets its own hand: it misplaces
the points, bends, slants and turns the figure, presses harder here than there, and ends with a
pen of its own width. So there is no file to fetch, and no limit to the number of images.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune import checks

Floats = NDArray[np.float32]

SIDE = 28  # pixels along each edge of an image
_CHUNK = 256  # images painted at a time, so that the work stays in the processor's cache
_SAMPLES = 72  # dots along the strokes of a digit: closer together than the pen is wide

# How each digit may be written. A point is two decimals, x then y (downwards), on a 10 x 10 grid;
# a stroke is a smooth curve through its points; a comma is a sharp corner or a lifted pen.
_DRAWINGS = (
    ("50 21 03 06 28 49 78 96 93 71 40", "70 41 13 06 18 49 78 95 92 70 41"),
    ("50 59", "23 50, 50 59", "23 50, 50 59, 29 89"),
    ("02 20 50 81 83 56 09, 09 99", "12 30 60 82 74 47 18 09 07 27 58 88"),
    ("11 40 70 82 63 34, 34 75 97 79 49 08", "10 80, 80 44, 44 75 97 79 49 08"),
    ("20 05, 05 95, 71 79", "70 06, 06 96, 70 79", "10 03 15 55 83, 90 83 79"),
    ("80 20, 20 14, 14 44 75 97 78 49 08", "81 40 12 24 64 86 78 49 18"),
    ("70 32 05 07 29 59 87 75 45 17", "40 13 06 18 49 79 97 75 45 17"),
    ("01 91, 91 65 49", "01 91, 91 65 49, 25 85", "02 00, 00 90, 90 49"),
    ("81 50 11 13 54 86 88 59 18 16 54 83 81", "50 21 23 54 83 81 50, 54 16 18 59 98 96 54"),
    ("81 50 11 03 25 55 83 81, 81 85 79", "81 50 11 03 25 65 83 81, 81 85 68 39 18"),
)

# What a hand varies, as (typical, spread): a normal draw, cut at two spreads.
_HABITS = {
    "height": (19.0, 1.2),  # pixels from top to bottom
    "width": (12.5, 1.6),  # pixels from left to right
    "slant": (0.12, 0.18),  # pixels to the right for each pixel up
    "turn": (0.0, 0.12),  # radians
    "right": (0.0, 1.2),  # pixels off the middle
    "down": (0.0, 1.2),
    "sway": (0.0, 0.6),  # pixels by which vertical lines bend
    "sag": (0.0, 0.6),  # pixels by which horizontal lines bend
    "sway_phase": (0.0, 1.6),  # radians
    "sag_phase": (0.0, 1.6),
    "pen": (1.05, 0.2),  # pixels: the standard deviation of one dot of ink
    "edge": (1.9, 0.25),  # how fast ink turns into paper; 1 is a blur
    "pressure": (0.0, 0.12),  # share by which the ink swells and thins along the strokes
    "pressure_phase": (0.0, 1.6),
}
_SLIP = 0.35  # grid units by which a hand misses a point


class _Templates(NamedTuple):
    """Every way to write a digit, each a linear map from its points to dots along its strokes."""

    points: Floats  # (V, K, 2): on the grid, from -0.5 to 0.5 along each axis
    curves: Floats  # (V, M, K): dots = curves @ points
    pen_down: Floats  # (V, M - 1): 1 where the pen draws from a dot to the next, 0 where it jumps
    first: NDArray[np.int64]  # (11,): the variants of digit d are first[d], ..., first[d + 1] - 1


def digits(n: int, *, seed: int) -> tuple[Floats, NDArray[np.int64]]:
    """Draw `n` handwritten digits."""
    checks.whole("n", n, minimum=1)
    checks.whole("seed", seed)
    label_rng, style_rng, hand_rng = np.random.default_rng(seed).spawn(3)
    # Every ten labels hold each digit once, so any beginning of the data is balanced as well.
    y = label_rng.random((-(-n // 10), 10)).argsort(axis=1).ravel()[:n]
    x = np.empty((n, SIDE * SIDE), np.float32)
    for start in range(0, n, _CHUNK):
        part = slice(start, start + _CHUNK)
        x[part] = _draw(y[part], style_rng, hand_rng)
    return x, y


def _draw(
    y: NDArray[np.int64], style_rng: np.random.Generator, hand_rng: np.random.Generator
) -> Floats:
    """Write the digits `y` (n,), each in a style and a hand of its own: (n, 784) grey levels."""
    t = _templates()
    n, n_points = len(y), t.points.shape[1]
    styles = t.first[y + 1] - t.first[y]
    variant = t.first[y] + (style_rng.random(n) * styles).astype(np.int64)
    # One call draws all numbers of an image in a row: images do not depend on where chunks end.
    draws = (
        hand_rng.standard_normal((n, len(_HABITS) + 2 * n_points)).clip(-2, 2).astype(np.float32)
    )
    habits = zip(_HABITS.items(), draws.T, strict=False)
    hand = {name: typical + spread * z[:, None] for (name, (typical, spread)), z in habits}
    slips = draws[:, len(_HABITS) :].reshape(n, n_points, 2)
    dots = t.curves[variant] @ (t.points[variant] + _SLIP / 9 * slips)  # (n, M, 2)
    across, down = _place(dots[..., 0], dots[..., 1], hand)
    return _ink(across, down, t.pen_down[variant], hand)


def _place(x: Floats, y: Floats, hand: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Bend, slant, turn and size figures (n, M) around 0, and put them whole on the page, in pixels."""
    x, y = (
        hand["width"] * x + hand["sway"] * np.sin(4 * y + hand["sway_phase"]),
        hand["height"] * y + hand["sag"] * np.sin(4 * x + hand["sag_phase"]),
    )
    x = x - hand["slant"] * y
    cos, sin = np.cos(hand["turn"]), np.sin(hand["turn"])
    margin = 1.5 * hand["pen"]
    return (
        _fit(cos * x - sin * y, hand["right"], margin),
        _fit(sin * x + cos * y, hand["down"], margin),
    )


def _fit(position: Floats, shift: Floats, margin: Floats) -> Floats:
    """Centre positions (n, M) on the page plus a shift, as far as no ink falls off the edge."""
    low, high = position.min(axis=1, keepdims=True), position.max(axis=1, keepdims=True)
    room = np.maximum((SIDE - (high - low)) / 2 - margin, 0)
    return position - (low + high) / 2 + SIDE / 2 + np.clip(shift, -room, room)


def _ink(x: Floats, y: Floats, pen_down: Floats, hand: dict[str, Floats]) -> Floats:
    """Paint strokes through the dots (n, M) as rows of Gaussian blobs: (n, 784) grey levels.

    A Gaussian is a product of one in x and one in y, so all blobs of an image add up in one matrix
    product. In the middle of a straight line they add up to 1, whatever the pen's width.
    """
    pen = hand["pen"]
    length = np.hypot(np.diff(x), np.diff(y)) * pen_down  # (n, M - 1)
    swell = 1 + hand["pressure"] * np.sin(
        np.linspace(0, 6, length.shape[1], dtype=np.float32) + hand["pressure_phase"]
    )
    weight = length * swell / (pen * np.sqrt(2 * np.pi, dtype=np.float32))
    pixel = np.arange(SIDE, dtype=np.float32) + 0.5

    def blobs(position: Floats) -> Floats:
        middle = (position[:, 1:] + position[:, :-1]) / 2
        return np.exp(-0.5 * ((pixel - middle[..., None]) / pen[..., None]) ** 2)

    density = (blobs(y) * weight[..., None]).transpose(0, 2, 1) @ blobs(x)  # (n, 28, 28)
    ink = 0.5 + hand["edge"][..., None] * (density - 0.5)
    return ink.clip(0, 1).reshape(len(x), -1)


@cache
def _templates() -> _Templates:
    drawings = [[_strokes(text) for text in styles] for styles in _DRAWINGS]
    flat = [_template(text) for styles in _DRAWINGS for text in styles]
    del drawings
    K = max(len(p) for p, _, _ in flat)
    M = max(len(c) for _, c, _ in flat)
    return _Templates(
        np.stack([np.pad(p, ((0, K - len(p)), (0, 0))) for p, _, _ in flat]),
        np.stack(
            [
                np.pad(
                    np.pad(c, ((0, M - len(c)), (0, 0)), mode="edge"), ((0, 0), (0, K - c.shape[1]))
                )
                for _, c, _ in flat
            ]
        ),
        np.stack([np.pad(d, (0, M - 1 - len(d))) for _, _, d in flat]),
        np.cumsum([0] + [len(s) for s in _DRAWINGS]),
    )


def _strokes(text):
    return [s.split() for s in text.split(",")]


def _template(text):
    strokes = _strokes(text)
    names = sorted({p for s in strokes for p in s})
    points = np.array([[int(p[0]), int(p[1])] for p in names], np.float32) / 9 - 0.5
    eye = np.eye(len(names), dtype=np.float32)
    rows = []
    down = []
    for s in strokes:
        a = eye[[names.index(p) for p in s]]
        c = _spline(a, points)
        rows.append(c)
        down += [1] * (len(c) - 1) + [0]
    return points, np.concatenate(rows), np.array(down[:-1], np.float32)


def _spline(a, points):
    size = np.array([12.5, 19], np.float32)
    p = a @ points * size
    a = np.concatenate([2 * a[:1] - a[1:2], a, 2 * a[-1:] - a[-2:-1]])
    out = []
    for k in range(len(p) - 1):
        m = int(np.ceil(np.hypot(*(p[k + 1] - p[k])) / 0.9))
        u = np.arange(m, dtype=np.float32)[:, None] / m
        b = (
            np.hstack(
                [
                    -u + 2 * u**2 - u**3,
                    2 - 5 * u**2 + 3 * u**3,
                    u + 4 * u**2 - 3 * u**3,
                    u**3 - u**2,
                ]
            )
            / 2
        )
        out.append(b @ a[k : k + 4])
    out.append(a[-2:-1])
    return np.concatenate(out).astype(np.float32)
