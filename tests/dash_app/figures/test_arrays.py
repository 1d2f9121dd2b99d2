"""Typed arrays carry what lists would."""

from __future__ import annotations

from base64 import b64decode

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dash_app.figures.arrays import Grid, float32, typed


def test_32_bit_floats_come_back() -> None:
    spec = float32([1.5, -2.0, 1e6])
    assert np.frombuffer(b64decode(spec["bdata"]), "<f4").tolist() == [1.5, -2.0, 1e6]


def test_the_type_is_told() -> None:
    assert typed(np.array([1], np.int16))["dtype"] == "i2"
    assert typed(np.array([1], np.uint8))["dtype"] == "u1"


@given(hnp.arrays(np.float64, st.integers(1, 30), elements=st.floats(-1e6, 1e6)))
def test_the_grid_moves_no_point_by_more_than_half_a_step(values: np.ndarray) -> None:
    grid = Grid(values)
    back = grid.steps(values).astype(float) / grid.STEPS * grid.half + grid.middle
    assert np.abs(back - values).max() <= 0.51 * grid.half / grid.STEPS


def test_a_grid_of_nothing_has_room() -> None:
    assert Grid(np.empty(0)).at(0.5) == 0
