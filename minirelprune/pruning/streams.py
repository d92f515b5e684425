"""The random numbers of a run of Alg. 1, kept with its result so that a stopped run can go on.

A run has two generators: one draws the examples to score on and then whatever a criterion draws,
the other orders the minibatches. Their states are plain numbers and texts, which JSON can hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

State = dict[str, Any]
STREAMS = ("subset", "scoring", "tuning")
KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        np.random.PCG64,
        np.random.PCG64DXSM,
        np.random.MT19937,
        np.random.Philox,
        np.random.SFC64,
    )
}


@dataclass(frozen=True)
class Streams:
    """The generators of one run.

    Parameters
    ----------
    first : the state from which the examples to score on are drawn; None of a foreign generator.
    drawing : draws these examples. In a new run this is `scoring` itself.
    scoring : draws what a criterion draws.
    tuning : orders the minibatches.
    """

    first: State | None
    drawing: np.random.Generator
    scoring: np.random.Generator
    tuning: np.random.Generator

    def states(self) -> State | None:
        """All that is needed to go on; None if a generator is not one of NumPy's own."""
        now = self.first, state_of(self.scoring), state_of(self.tuning)
        return None if None in now else dict(zip(STREAMS, now, strict=True))


def streams_of(rng: np.random.Generator | None, states: Any) -> Streams:
    """The streams of a new run, spawned from `rng`; without one, those that have these states."""
    if rng is None:
        return Streams(states["subset"], *(generator_of(states[name]) for name in STREAMS))
    scoring, tuning = rng.spawn(2)
    return Streams(state_of(scoring), scoring, scoring, tuning)


def state_of(rng: np.random.Generator) -> State | None:
    """Where a generator stands, as JSON can hold it; None if it is not one of NumPy's own kinds.

    >>> rng = np.random.default_rng(0)
    >>> state = state_of(rng)
    >>> rng.random() == generator_of(state).random()
    True
    """
    bits = rng.bit_generator
    seed = bits.seed_seq
    if type(bits) is not KINDS.get(type(bits).__name__) or type(seed) is not np.random.SeedSequence:
        return None
    state: State = _plain({"seed": seed.state, "bits": bits.state})
    return state


def generator_of(state: object) -> np.random.Generator:
    """The generator that `state_of` described.

    Raises
    ------
    ValueError : not such a description.
    """
    try:
        seed, bits = state["seed"], state["bits"]  # type: ignore[index]
        bit_generator = KINDS[bits["bit_generator"]](np.random.SeedSequence(**seed))
        bit_generator.state = bits
        rng = np.random.Generator(bit_generator)
    except Exception as error:  # NumPy has a dozen ways to say that a state is none
        raise ValueError(f"the state of a generator cannot be read: {error!r}") from error
    if state_of(rng) != state:
        raise ValueError("the state of a generator must be one that NumPy has, got another")
    return rng


def saved_states(states: object) -> State | None:
    """The states in a file, checked; None in a file that has none."""
    if states is None:
        return None
    if not isinstance(states, dict) or set(states) != set(STREAMS):
        raise ValueError(f"generators must be {', '.join(STREAMS)}, got {states!r:.80}")
    for name in STREAMS:
        try:
            generator_of(states[name])
        except ValueError as error:
            raise ValueError(f"generators[{name!r}]: {error}") from error
    return states


def _plain(value: Any) -> Any:
    """Arrays and tuples as lists, and NumPy's whole numbers as Python's."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
