"""Little and much, less and more of what a label names, in words that go with it.

A label may name what is counted ("Number of purchases", "Months paid in full"), an amount ("Card
debt", "Payments") or a level ("Age", "Share of fees"): each takes other words.
"""

from __future__ import annotations

from core.features.base import Kind
from core.insight.wording import uncapitalised

_NUMBER_OF = "number of "
_UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "quarters", "years", "times"})
_LENGTHS = (Kind.DAYS, Kind.YEARS)


def little_and_much(label: str, kind: Kind) -> tuple[str, str]:
    """Return a label with the word for a low value before it, and with that for a high one.

    >>> little_and_much("Number of purchases", Kind.COUNT)
    ('few purchases', 'many purchases')
    >>> little_and_much("Months paid in full", Kind.SHARE)
    ('few months paid in full', 'many months paid in full')
    >>> little_and_much("Balance", Kind.MONEY), little_and_much("Tenure", Kind.YEARS)
    (('low balance', 'high balance'), ('short tenure', 'long tenure'))
    """
    counted, words = _counted(label, kind)
    if counted:
        return f"few {words}", f"many {words}"
    if kind in _LENGTHS and not _is_age(words):
        return f"short {words}", f"long {words}"
    return f"low {words}", f"high {words}"


def less_and_more(label: str, kind: Kind) -> tuple[str, str]:
    """Return a label with the word for less before it, and with that for more.

    >>> less_and_more("Number of purchases", Kind.NUMBER)
    ('fewer purchases', 'more purchases')
    >>> less_and_more("Months paid in full", Kind.SHARE)
    ('fewer months paid in full', 'more months paid in full')
    >>> less_and_more("Share of fees", Kind.SHARE), less_and_more("Payments", Kind.MONEY)
    (('a lower share of fees', 'a higher share of fees'), ('lower payments', 'higher payments'))
    >>> less_and_more("Card debt", Kind.MONEY), less_and_more("Account balance", Kind.MONEY)
    (('less card debt', 'more card debt'), ('lower account balance', 'higher account balance'))
    """
    counted, words = _counted(label, kind)
    if counted:
        return f"fewer {words}", f"more {words}"
    if kind is Kind.MONEY and _is_mass(words):
        return f"less {words}", f"more {words}"
    article = "a " if words.startswith("share of ") else ""
    return f"{article}lower {words}", f"{article}higher {words}"


def _counted(label: str, kind: Kind) -> tuple[bool, str]:
    """Return whether a label names things that are counted, and the words for them."""
    words = uncapitalised(label)
    if words.startswith(_NUMBER_OF):
        return True, words.removeprefix(_NUMBER_OF)
    return kind is Kind.COUNT or words.split(" ", 1)[0] in _UNITS, words


_MASS = frozenset({"debt", "money", "spending", "cash", "credit", "wealth", "turnover", "revenue"})


def _is_mass(words: str) -> bool:
    """Return whether an amount is called by a word that takes "more" rather than "higher"."""
    said = words.split(",", 1)[0].split()
    return bool(_MASS & {said[0], said[-1]})


def _is_age(words: str) -> bool:
    return "age" in words.split()
