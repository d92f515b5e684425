"""The masks in the file of a pruned network, checked."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.support import convert
from minirelprune.support.arrays import Array, Mask


def mask_names(arrays: dict[str, NDArray[Any]]) -> list[str]:
    """What the masks in a file are called; there are none of a network that was not pruned."""
    return sorted(name for name in arrays if name.startswith("mask"))


def saved_masks(weights: Sequence[Array], arrays: dict[str, NDArray[Any]]) -> list[Mask]:
    """One mask for each weight matrix, which must be 0 where its mask is False."""
    wanted = [f"mask{l}" for l in range(len(weights))]
    if mask_names(arrays) != sorted(wanted):
        raise ValueError(f"it must have {', '.join(wanted)}, got {', '.join(mask_names(arrays))}")
    masks = [
        convert.booleans(name, arrays[name], W.shape)
        for name, W in zip(wanted, weights, strict=True)
    ]
    for l, (W, mask) in enumerate(zip(weights, masks, strict=True)):
        revived = np.argwhere((W != 0) & ~mask)
        if len(revived):
            where = tuple(revived[0].tolist())
            raise ValueError(f"W{l} must be 0 where mask{l} is False, got {W[where]} at {where}")
    return masks
