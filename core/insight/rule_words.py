"""Conditions on raw features: whether a customer meets them, and how a person says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature, Kind
from core.insight.columns import level_texts, numbers
from core.insight.wording import currency_symbol, joined, names_its_unit, noun

_YES_NO = {"yes", "no", "y", "n", "true", "false", "0", "1", "unknown"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A range of a number, ``at_least`` <= value < ``below``, or a level that is or is not.

    ``from_any`` / ``to_none`` say that the bound separates nothing at all from anything: amounts
    and counts start at zero and the bound lies at or below the smallest one.
    """

    feature: Feature
    at_least: float | None = None
    below: float | None = None
    level: str = ""
    excluded: tuple[str, ...] = ()
    from_any: bool = False
    to_none: bool = False

    def holds(self, frame: pd.DataFrame) -> NDArray[np.bool_]:
        """Return for which rows the condition is met; a missing number meets none."""
        if not self.feature.is_numeric:
            texts = level_texts(frame, self.feature)
            met = texts == self.level if self.level else ~texts.isin(self.excluded)
            return met.to_numpy(dtype=bool)
        values = numbers(frame, self.feature)
        known = ~np.isnan(values)
        if self.at_least is not None:
            known &= values >= self.at_least
        if self.below is not None:
            known &= values < self.below
        return known


def in_words(conditions: Sequence[Condition], currency: str) -> str:
    """Return the conditions as one phrase: "card debt ≥ $212 and at least 9 card purchases".

    >>> from core.features.base import Side
    >>> debt = Feature("debt", "Card debt", "", "credit", Side.BEHAVIOURAL, Kind.MONEY)
    >>> buys = Feature(
    ...     "buys", "Card purchases", "", "credit", Side.BEHAVIOURAL, Kind.COUNT, unit="purchases"
    ... )
    >>> in_words([Condition(debt, at_least=212), Condition(buys, at_least=9)], "USD")
    'card debt ≥ $212 and at least 9 card purchases'
    """
    return joined([_phrase(condition, currency) for condition in conditions])


def _phrase(condition: Condition, currency: str) -> str:
    feature = condition.feature
    if feature.kind is Kind.FLAG:
        return _flag(feature, is_set=condition.at_least is not None)
    if not feature.is_numeric:
        return _levels(condition)
    if condition.to_none:
        return f"no {noun(feature)}"
    if condition.from_any and condition.below is None:
        return f"any {noun(feature)}"
    if feature.kind is Kind.COUNT:
        return _count(condition)
    return _range(condition, currency)


def _flag(feature: Feature, *, is_set: bool) -> str:
    words = feature.high_words if is_set else feature.low_words
    return words or f"{'' if is_set else 'no '}{noun(feature)}"


def _levels(condition: Condition) -> str:
    name = noun(condition.feature)
    if condition.level:
        return f"{name}: {_level(condition.level)}"
    return f"{name}: not {' or '.join(_level(level) for level in condition.excluded)}"


def _level(level: str) -> str:
    return level.lower() if level.lower() in _YES_NO else level


def _count(condition: Condition) -> str:
    """Return bounds on a count: "at least 9 card purchases", "2 to 4 children"."""
    name = noun(condition.feature)
    low = None if condition.at_least is None else np.ceil(condition.at_least)
    high = None if condition.below is None else np.ceil(condition.below) - 1
    if low is not None and high is not None:
        return f"{low:,.0f} to {high:,.0f} {name}" if low < high else f"{name}: {low:,.0f}"
    if low is not None:
        return f"at least {low:,.0f} {name}"
    assert high is not None
    return f"fewer than {high + 1:,.0f} {name}"


def _range(condition: Condition, currency: str) -> str:
    feature, low, high = condition.feature, condition.at_least, condition.below
    name = noun(feature)
    if condition.from_any and high is not None:
        return f"some {name}, under {_bound(high, feature, currency)}"
    if low is not None and high is not None:
        bare = _bound(low, feature, currency, unit=False)
        return f"{name} {bare} to {_bound(high, feature, currency)}"
    if low is not None:
        return f"{name} ≥ {_bound(low, feature, currency)}"
    assert high is not None
    return f"{name} under {_bound(high, feature, currency)}"


def _bound(value: float, feature: Feature, currency: str, *, unit: bool = True) -> str:
    """Return a bound with every digit it has: what is said is what was measured."""
    size = abs(100 * value if feature.kind is Kind.SHARE else value)
    digits = f"{round(size, 9):,.12g}"
    sign = "−" if value < 0 else ""
    if feature.kind is Kind.MONEY:
        return f"{sign}{currency_symbol(currency)}{digits}"
    if feature.kind is Kind.SHARE:
        return f"{sign}{digits}%"
    plain = feature.kind.value if feature.kind in (Kind.DAYS, Kind.YEARS) else ""
    words = (feature.unit or plain) if unit and not names_its_unit(feature) else ""
    return f"{sign}{digits} {words}".rstrip()
