"""Colours beside the segments' own: tints, translucency, scales, and ink that reads on them."""

from __future__ import annotations

from dash_app.theme import Theme

LOW = "#D55E00"  # below the middle of a diverging scale
HIGH = "#0072B2"  # above it
_LEGIBLE = 4.6  # with a reserve for rounding
Stops = list[list[float | str]]


def mix(colour: str, other: str, part: float) -> str:
    """Return the first colour with ``part`` of the other in it.

    >>> mix("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def fade(colour: str, alpha: float) -> str:
    """Return the colour, translucent.

    >>> fade("#0072B2", 0.25)
    'rgba(0,114,178,0.25)'
    """
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{alpha:g})"


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """Return white or black, whichever reads better: at least 4.5 on any ground."""
    return max(("#FFFFFF", "#000000"), key=lambda ink: contrast(ink, colour))


def ramp(colour: str, theme: Theme, steps: int) -> list[str]:
    """Return shades of one colour, from itself towards the surface."""
    return [mix(colour, theme.surface, 0.78 * step / max(steps - 1, 1)) for step in range(steps)]


def quiet(theme: Theme) -> str:
    """Return the grey of what is there but not told apart."""
    return mix(theme.muted, theme.surface, 0.5)


def under_ink(colour: str, theme: Theme) -> str:
    """Return the strongest tint on which the theme's ink has a contrast of 4.5 (WCAG 2.2, AA)."""
    tints = (mix(colour, theme.surface, part / 20) for part in range(21))
    return next(tint for tint in tints if contrast(tint, theme.ink) >= _LEGIBLE)


def diverging(theme: Theme) -> Stops:
    """Return a scale through the surface's own tone, so that the middle is quiet."""
    middle = mix(theme.surface, theme.line, 0.6)
    low, high = under_ink(LOW, theme), under_ink(HIGH, theme)
    return [
        [0.0, low],
        [0.25, mix(low, middle, 0.55)],
        [0.5, middle],
        [0.75, mix(high, middle, 0.55)],
        [1.0, high],
    ]


def growing(theme: Theme) -> Stops:
    """Return a scale of magnitude from the quiet tone to the accent."""
    return [[0.0, mix(theme.surface, theme.line, 0.6)], [1.0, under_ink(theme.accent, theme)]]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if (c := channel / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
