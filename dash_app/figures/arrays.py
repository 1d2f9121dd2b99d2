"""Typed arrays as Plotly reads them: a fifth of the bytes of a list, and no parsing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dash_app.figures.base import PlotlyDict

_KINDS = {"float32": "f4", "int16": "i2", "uint8": "u1"}


def float32(values: ArrayLike) -> PlotlyDict:
    """Return the values as 32-bit floats.

    >>> float32([1.0])
    {'dtype': 'f4', 'bdata': 'AACAPw=='}
    """
    return typed(np.asarray(values, dtype=np.float32))


def typed(values: NDArray[np.generic]) -> PlotlyDict:
    """Return the array under its own type, in little-endian order."""
    kind = _KINDS[values.dtype.name]
    little = np.ascontiguousarray(values, dtype=f"<{kind}" if kind != "u1" else kind)
    return {"dtype": kind, "bdata": b64encode(little.tobytes()).decode("ascii")}


class Grid:
    """A column of coordinates on a grid of 65,001 steps: half the bytes, unseen on a screen."""

    STEPS = 32_500

    def __init__(self, values: ArrayLike, also: Sequence[float] = ()) -> None:
        every = np.concatenate([np.asarray(values, dtype=float).ravel(), np.asarray(also, float)])
        low, high = (float(every.min()), float(every.max())) if every.size else (0.0, 1.0)
        self.middle = (low + high) / 2
        self.half = (high - low) / 2 or 1.0

    def at(self, value: float) -> int:
        """Return the step nearest to a value."""
        return round((value - self.middle) / self.half * self.STEPS)

    def steps(self, values: ArrayLike) -> NDArray[np.int16]:
        """Return the steps nearest to the values."""
        scaled = (np.asarray(values, dtype=float) - self.middle) / self.half * self.STEPS
        return np.rint(scaled).astype(np.int16)
