"""Why a customer is worth a call now: whom each reason concerns, and how it is said of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.insight.columns import Segments, ascending_quantile, numbers
from core.insight.wording import named_quantity, noun, number, own_quantity, percent, quantity
from core.scorer import UNLIKE_ANYONE

RECENCY = "recency_days"
INTERVAL = "days_between_mean"
SPENDING_TREND = "spend_trend"  # last three months as a share of the last six

_QUIET_DAYS = 14.0
_QUIET_TIMES = 3.0  # usual intervals without a transaction
_FALLEN = 1 / 3  # of six months' spending in the last three: half of what it was
_NEAR = 0.05  # margin that is near a border anywhere,
_NEAREST = 0.1  # or nearer than the rest of the own segment: its nearest tenth,
_FAR = 0.5  # up to this margin: at most twice as far from the next centre as from the own
_APART = 0.1  # of the larger median, from which one segment is worth more than another


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """Whom it concerns, and how it is said of one of them (a row of the frame)."""

    concerns: NDArray[np.bool_]
    says: Callable[[int], str]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What is known of each customer, (n,), in the frame's order.

    ``runner_up`` and ``came_from`` are numbers of segments, -1 for none: the second nearest, and
    the one that the customer was in until now. ``names`` are those of the segments.
    """

    frame: pd.DataFrame
    by_name: Mapping[str, Feature]
    segments: Segments
    margin: NDArray[np.float64]
    typicality: NDArray[np.float64]
    runner_up: Segments
    came_from: Segments
    names: Mapping[int, str]
    value_feature: Feature
    currency: str

    @property
    def value(self) -> NDArray[np.float64]:
        """What each customer is worth."""
        return numbers(self.frame, self.value_feature)


def reasons(standing: Standing, measured: Sequence[Feature]) -> tuple[Reason, ...]:
    """Return the reasons, the one to act on first at the head; the last is mere strangeness.

    ``measured`` are the features among which the furthest out is sought.
    """
    medians = _medians(standing)
    return (
        *_gone_quiet(standing),
        *_spending_less(standing),
        _moved(standing, medians),
        *_near_a_border(standing, medians),
        _unlike_anyone(standing, measured),
    )


def _gone_quiet(standing: Standing) -> Iterator[Reason]:
    frame, by_name = standing.frame, standing.by_name
    if RECENCY in by_name and INTERVAL in by_name:
        since, usual = numbers(frame, by_name[RECENCY]), numbers(frame, by_name[INTERVAL])

        def says(row: int) -> str:
            return f"No transaction for {number(since[row], 0)} days; usually {_every(usual[row])}"

        # A missing number compares as false: who has no usual interval cannot break it.
        yield Reason((since >= _QUIET_DAYS) & (since >= _QUIET_TIMES * usual), says)


def _spending_less(standing: Standing) -> Iterator[Reason]:
    if SPENDING_TREND in standing.by_name:
        recent = numbers(standing.frame, standing.by_name[SPENDING_TREND])

        def says(row: int) -> str:
            if recent[row] == 0:
                return "Spent nothing in the last three months, but did in the three before"
            less = percent(1 - recent[row] / (1 - recent[row]))
            return f"Spent {less} less in the last three months than in the three before"

        yield Reason(recent <= _FALLEN, says)


def _moved(standing: Standing, medians: Mapping[int, float]) -> Reason:
    came_from = standing.came_from

    def says(row: int) -> str:
        then = int(came_from[row])
        more = _worth(then, int(standing.segments[row]), standing, medians)
        return f"Just came from “{standing.names[then]}”{more}"

    moved = (came_from >= 0) & (came_from != standing.segments)
    return Reason(moved & np.isin(came_from, list(standing.names)), says)


def _near_a_border(standing: Standing, medians: Mapping[int, float]) -> Iterator[Reason]:
    """Yield who may slip into a segment worth less, who may rise, and who sits between alike."""

    def says(row: int) -> str:
        other = int(standing.runner_up[row])
        if other not in standing.names:
            return "Between two segments: almost as close to the next one"
        close = "Almost as close" if standing.margin[row] < _NEAR else "Closer than most"
        more = _worth(other, int(standing.segments[row]), standing, medians)
        return f"{close} to “{standing.names[other]}”{more}"

    own, other = (
        np.array([medians.get(int(one), np.nan) for one in found])
        for found in (standing.segments, standing.runner_up)
    )
    near = _is_near(standing)
    apart = np.abs(other - own) >= _APART * np.maximum(np.abs(other), np.abs(own))
    yield Reason(near & apart & (other < own), says)
    yield Reason(near & apart & (other > own), says)
    yield Reason(near, says)


def _is_near(standing: Standing) -> NDArray[np.bool_]:
    """Return who is near a border: anywhere, or nearer than the rest of their own segment."""
    margin = standing.margin
    near = margin < _NEAR
    for segment in np.unique(standing.segments):
        members = np.flatnonzero((standing.segments == segment) & ~np.isnan(margin))
        ascending = np.sort(margin[members])
        as_near = np.searchsorted(ascending, margin[members], side="right")
        near[members] |= (as_near <= _NEAREST * len(members)) & (margin[members] <= _FAR)
    return near


def _worth(other: int, own: int, standing: Standing, medians: Mapping[int, float]) -> str:
    """Return how the value of two segments compares; nothing where it is alike or not known."""
    there, here = (
        quantity(medians[one], standing.value_feature, standing.currency) if one in medians else ""
        for one in (other, own)
    )
    if not there or not here:
        return ""
    difference = medians[other] - medians[own]
    if abs(difference) < _APART * max(abs(medians[other]), abs(medians[own])):
        return ""
    compared = "less" if difference < 0 else "more"
    return f", worth {compared}: median {noun(standing.value_feature)} {there}, {here} here"


def _medians(standing: Standing) -> dict[int, float]:
    value = standing.value
    known = {
        int(segment): value[(standing.segments == segment) & ~np.isnan(value)]
        for segment in np.unique(standing.segments)
    }
    return {segment: float(np.median(of)) for segment, of in known.items() if len(of)}


def _unlike_anyone(standing: Standing, measured: Sequence[Feature]) -> Reason:
    columns = {feature: numbers(standing.frame, feature) for feature in measured}

    def says(row: int) -> str:
        members = standing.segments == standing.segments[row]
        furthest: tuple[float, str] | None = None
        for feature, values in columns.items():
            known = np.sort(values[members & ~np.isnan(values)])
            if np.isnan(values[row]) or not len(known):
                continue
            low, high = ascending_quantile(known, 0.05), ascending_quantile(known, 0.95)
            beyond = max(low - values[row], values[row] - high)
            width = high - low or max(abs(high), 1.0)
            if beyond > 0 and (furthest is None or beyond / width > furthest[0]):
                usual = _range(low, high, feature, standing.currency)
                here = named_quantity(values[row], feature, standing.currency)
                furthest = (beyond / width, f"{here}, in this segment usually {usual}")
        start = "Unlike any known customer"
        return f"{start}: {furthest[1]}" if furthest else f"{start}: an unusual combination"

    return Reason(standing.typicality > UNLIKE_ANYONE, says)


def _range(low: float, high: float, feature: Feature, currency: str) -> str:
    """Return from where to where, or the one amount where both ends read the same."""
    ends = (own_quantity(low, feature, currency), own_quantity(high, feature, currency))
    return " to ".join(dict.fromkeys(ends))


def _every(days: float) -> str:
    """Return an interval as people say it.

    >>> _every(1.1), _every(3.4), _every(7.2), _every(29.0)
    ('every day', 'every 3 days', 'every week', 'every month')
    """
    rounded = round(days)
    words = {0: "every day", 1: "every day", 7: "every week"}
    if rounded in words:
        return words[rounded]
    return "every month" if 28 <= rounded <= 31 else f"every {number(rounded)} days"
