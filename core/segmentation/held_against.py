"""A figure in words beside its limits: never rounded onto, or over, a limit that it misses."""

from __future__ import annotations

_MORE = 2  # further decimals before words have to do


def held_against(value: float, *limits: float, decimals: int = 2, percent: bool = False) -> str:
    """Return a figure with as many decimals as show on which side of its limits it lies.

    Parameters
    ----------
    value, limits : what was measured, and what it is held against
    decimals : how many are printed where rounding hides nothing
    percent : print shares of 0..1 as percent

    Examples
    --------
    >>> held_against(0.841, 0.85), held_against(0.8496, 0.85), held_against(0.85, 0.75, 0.85)
    ('0.84', '0.8496', '0.85')
    >>> held_against(0.849999, 0.85), held_against(0.0604, 0.06, decimals=0, percent=True)
    ('just under 0.85', '6.04%')
    >>> held_against(-0.001, 0.2)
    '0.00'
    """
    scale, sign = (100.0, "%") if percent else (1.0, "")
    hidden = limits
    for digits in range(decimals, decimals + _MORE + 1):
        printed = round(scale * value, digits) + 0.0  # never "-0.00"
        hidden = tuple(x for x in limits if _side(printed, scale * x) != _side(value, x))
        if not hidden:
            return f"{printed:.{digits}f}{sign}"
    side = "under" if value < hidden[0] else "over"
    return f"just {side} {scale * hidden[0]:.{decimals}f}{sign}"


def _side(value: float, limit: float) -> int:
    return (round(value, 9) > round(limit, 9)) - (round(value, 9) < round(limit, 9))
