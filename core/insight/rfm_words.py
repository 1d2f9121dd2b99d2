"""What an RFM group does, in words that its own figures bear out."""

from __future__ import annotations

from core.rule_groups import LEVELS

_MIDDLE = (LEVELS + 1) / 2
_APART = 0.5  # of a score: how far from the middle a group is early or late, often or seldom
_WHEN = ("Long ago", "Some time ago", "Lately")
_HOW_OFTEN = ("seldom", "now and then", "often")
_ALIKE = (0.95, 1.05)  # ratios that round to the average


def rfm_words(recency: float, frequency: float, money_ratio: float | None) -> str:
    """Return when, how often and for how much a group's customers were active.

    Parameters
    ----------
    recency, frequency : mean scores of its customers, 1 to 5; a high recency is late
    money_ratio : money per customer over that of all customers; None where there is none

    Examples
    --------
    >>> rfm_words(4.6, 4.2, 2.13)
    'Lately, often, for 2.1 times the average'
    >>> rfm_words(1.4, 2.1, 0.31), rfm_words(1.0, 1.0, None)
    ('Long ago, seldom, for 0.3 times the average', 'Long ago, seldom')
    >>> rfm_words(3.0, 3.0, 1.0)
    'Some time ago, now and then, for the average'
    """
    said = f"{_of_three(recency, _WHEN)}, {_of_three(frequency, _HOW_OFTEN)}"
    if money_ratio is None:
        return said
    low, high = _ALIKE
    if low <= money_ratio < high:
        return f"{said}, for the average"
    if 0 < money_ratio < low / 10:
        return f"{said}, for under 0.1 times the average"
    return f"{said}, for {money_ratio:.1f} times the average"


def _of_three(score: float, words: tuple[str, str, str]) -> str:
    if abs(score - _MIDDLE) < _APART:
        return words[1]
    return words[2] if score > _MIDDLE else words[0]
