"""Colours keep their contrast."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dash_app.figures.colour import contrast, diverging, growing, ink_on, mix, ramp
from dash_app.theme import DARK, LIGHT, Theme

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@both
def test_cells_of_a_heat_map_carry_legible_text(theme: Theme) -> None:
    for stops in (diverging(theme), growing(theme)):
        for (_, low), (_, high) in pairwise(stops):
            for part in range(11):
                assert contrast(mix(str(low), str(high), part / 10), theme.ink) >= 4.5


@both
def test_text_inside_bars_is_legible_on_every_shade(theme: Theme) -> None:
    for colour in (*theme.segments, theme.muted):
        for shade in ramp(colour, theme, 6):
            assert contrast(shade, ink_on(shade)) >= 4.5


@both
def test_segments_stand_out_from_the_card(theme: Theme) -> None:
    assert min(contrast(colour, theme.surface) for colour in theme.segments) >= 3
