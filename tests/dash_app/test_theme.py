"""The colours: the same in Python and in the stylesheet, and readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dash_app.components.segments import COLOURS
from dash_app.figures.colour import contrast
from dash_app.theme import DARK, LIGHT, Theme, theme_named

TOKENS = Path(__file__).parents[2] / "assets" / "css" / "0-tokens.css"
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def tokens(theme: Theme) -> dict[str, str]:
    """The variables of a theme's block in the stylesheet."""
    pattern = r"^([^\s{/][^{\n]*) \{\n(.*?)^\}"
    blocks = dict(re.findall(pattern, TOKENS.read_text(), re.MULTILINE | re.DOTALL))
    block = blocks[":root" if theme is LIGHT else '[data-theme="dark"]']
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block))


@THEMES
def test_the_stylesheet_has_the_colours_of_the_figures(theme: Theme) -> None:
    found = tokens(theme)
    names = ("ground", "surface", "ink", "muted", "line", "accent", "accent_ground", "good")
    names += ("good_ground", "care", "care_ground", "bad", "bad_ground")
    wanted = {name.replace("_", "-"): getattr(theme, name) for name in names}
    wanted |= {f"segment-{i}": colour for i, colour in enumerate(theme.segments)}
    assert {name: found[name] for name in wanted} == wanted
    assert len(theme.segments) == COLOURS


@THEMES
def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    pairs = [
        (theme.ink, theme.ground),
        (theme.ink, theme.surface),
        (theme.muted, theme.ground),
        (theme.muted, theme.surface),
        (theme.muted, tokens(theme).get("hover", theme.surface)),
        (theme.accent, theme.surface),
        (theme.accent, theme.accent_ground),
        (theme.good, theme.good_ground),
        (theme.good, theme.surface),
        (theme.care, theme.care_ground),
        (theme.care, theme.surface),
        (theme.bad, theme.bad_ground),
        (theme.bad, theme.surface),
        (theme.ink, theme.accent_ground),
        (theme.ink, theme.care_ground),
        (tokens(theme)["on-accent"], theme.accent),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@THEMES
def test_segments_and_edges_of_fields_stand_out_from_the_surface(theme: Theme) -> None:
    colours = [*theme.segments, tokens(theme)["control-line"]]
    assert [c for c in colours if contrast(c, theme.surface) < 3] == []


def test_a_theme_is_found_by_name_and_light_is_the_default() -> None:
    assert [theme_named(name) for name in ("dark", "light", None, "nonsense", 3)] == [
        DARK,
        LIGHT,
        LIGHT,
        LIGHT,
        LIGHT,
    ]
