"""Networks of PyTorch, read and written. PyTorch is imported only when a network is handed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from minirelprune.network.activations import LEAK
from minirelprune.support.arrays import Array

Module = Any  # torch.nn.Module

# An activation, the layer of torch that is it, and the settings that the layer must have.
LAYERS: dict[str, tuple[str, dict[str, object]]] = {
    "relu": ("ReLU", {}),
    "leaky_relu": ("LeakyReLU", {"negative_slope": LEAK}),
    "sigmoid": ("Sigmoid", {}),
    "tanh": ("Tanh", {}),
    "gelu": ("GELU", {"approximate": "none"}),
    "silu": ("SiLU", {}),
    "identity": ("Identity", {}),
}
NOTHING = ("Dropout", "Identity")  # layers that change nothing once training is over
LAST = ("Softmax", "LogSoftmax")  # change the logits, and not which is largest
ALLOWED = (
    "a Sequential of Linear layers with one activation between them, "
    f"{', '.join(layer for layer, _ in LAYERS.values())}"
)


def read(module: Module) -> tuple[list[Array], list[Array], str]:
    """The weights, transposed to (n_in, n_out), the biases, and the activation of a module.

    Raises
    ------
    ValueError : it is no Sequential of Linear layers with one activation between them.
    """
    weights: list[Array] = []
    biases: list[Array] = []
    between: list[list[str]] = []
    layers = [*_flat(module)]
    for position, layer in enumerate(layers):
        kind = type(layer).__name__
        if kind == "Linear":
            weights.append(_array(layer.weight).T)
            bias = layer.bias
            biases.append(_array(layer.weight[:, 0] * 0 if bias is None else bias))
            between.append([])
        elif _changes_nothing(kind, layer, position) or (kind in LAST and layer is layers[-1]):
            continue
        elif weights:
            between[-1].append(_activation(kind, layer))
        else:
            raise ValueError(f"module must be {ALLOWED}, got {layer!r} before the first Linear")
    if not weights:
        raise ValueError(f"module must be {ALLOWED}, got {module!r} without a Linear")
    return weights, biases, _the_one(between)


def write(weights: Sequence[Array], biases: Sequence[Array], activation: str) -> Module:
    """A Sequential of Linear layers with these (n_in, n_out) weights, transposed, and biases.

    Raises
    ------
    ModuleNotFoundError : torch is not installed.
    ValueError : torch has no layer for the activation.
    """
    if activation not in LAYERS:
        raise ValueError(f"activation must be one of {', '.join(LAYERS)}, got {activation!r}")
    try:
        import torch
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError('torch is needed: pip install "minirelprune[torch]"') from error
    kind, settings = LAYERS[activation]
    layers: list[Any] = []
    for W, b in zip(weights, biases, strict=True):
        linear = torch.nn.Linear(*W.shape, device="meta")  # without numbers: none are drawn
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, getattr(torch.nn, kind)(**settings)]
    return torch.nn.Sequential(*layers[:-1])


def _flat(module: Any) -> Iterator[Any]:
    """The layers of a Sequential, of those within it too."""
    if type(module).__name__ == "Sequential":
        for part in module:
            yield from _flat(part)
    else:
        yield module


def _array(tensor: Any) -> Array:
    """A tensor as an array of its own; half precision becomes float32."""
    whole = tensor.detach().cpu()
    array: Array = (whole if whole.element_size() >= 4 else whole.float()).numpy().copy()
    return array


def _changes_nothing(kind: str, layer: Any, position: int) -> bool:
    if kind == "Flatten":
        return position == 0 and (layer.start_dim, layer.end_dim) == (1, -1)
    return kind in NOTHING


def _activation(kind: str, layer: Any) -> str:
    """Our name of an activation of torch."""
    for name, (torchs, settings) in LAYERS.items():
        if torchs == kind:
            for setting, value in settings.items():
                if (got := getattr(layer, setting)) != value:
                    raise ValueError(f"{setting} of {kind} must be {value!r}, got {got!r}")
            return name
    raise ValueError(f"module must be {ALLOWED}, got {layer!r}")


def _the_one(between: Sequence[list[str]]) -> str:
    """The activation of all hidden layers, after each of which there must be the same one."""
    found = between[-1]
    if found:
        raise ValueError(f"module must end with a Linear layer, got {', '.join(found)} after it")
    kinds = {", ".join(names) or "identity" for names in between[:-1]}
    if len(kinds) > 1 or any(len(names) > 1 for names in between):
        got = " | ".join(sorted(kinds))
        raise ValueError(f"module must have one activation between its layers, got {got}")
    return kinds.pop() if kinds else "relu"
