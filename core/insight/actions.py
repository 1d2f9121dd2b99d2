"""Customers who are worth a call now: high value, and something to talk about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.insight.columns import Segments, ascending_quantile, numbers, numeric_features
from core.insight.wording import named_quantity, number, own_quantity, percent
from core.pipeline.results import ActionRow
from core.scorer import UNLIKE_ANYONE

RECENCY = "recency_days"
INTERVAL = "days_between_mean"
SPENDING_TREND = "spend_trend"  # last three months as a share of the last six

_VALUE_SHARE = 0.75  # quantile of positive values from which value is high
_QUIET_DAYS = 14.0
_QUIET_TIMES = 3.0  # usual intervals without a transaction
_FALLEN = 1 / 3  # of six months' spending in the last three: half of what it was
_NEAR = 0.05
_SHARE_OF_ONE_REASON = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Reason:
    """Whom it concerns, and how it is said of one of them (a row of the frame)."""

    name: str
    concerns: NDArray[np.bool_]
    says: Callable[[int], str]


def top_actions(
    lens: str,
    frame: pd.DataFrame,
    features: Sequence[Feature],
    segments: Segments,
    margin: NDArray[np.float64],
    typicality: NDArray[np.float64],
    value_feature: str | None,
    *,
    currency: str,
    runner_up: Segments | None = None,
    names: Mapping[int, str] | None = None,
    inputs: Sequence[str] = (),
    limit: int = 10,
) -> tuple[ActionRow, ...]:
    """Return the customers of highest value who have a reason to be contacted, with the reason.

    Of high value is the upper quarter of those with a positive value. Reasons, the first that
    applies counting: no transaction for at least 14 days and three times the customer's usual
    interval; spending of the last three months at most half of the three before; unlike any known
    customer (typicality above 99, with the feature that lies furthest out); between two segments
    (margin under 0.05). Customers of a segment by rule have neither margin nor typicality. One
    reason fills at most half of the list, unless there are no others. Ordered by value.

    Parameters
    ----------
    lens : name of the lens, passed on.
    frame : (n, p) feature table.
    features : entries of its columns; reasons whose features are absent do not occur.
    segments, margin, typicality : (n,) as from scoring; NaN in a segment by rule.
    value_feature : what customers are valued with; without one there is no list.
    currency : ISO 4217 code or symbol.
    runner_up : (n,) number of the second nearest segment, -1 for none.
    names : name per segment number, to say which segment is nearly as close.
    inputs : names of the features that the lens measures, among which the furthest out is sought.
    limit : most customers wanted.
    """
    by_name = {feature.name: feature for feature in features}
    if value_feature is None or value_feature not in by_name or not len(frame):
        return ()
    value = numbers(frame, by_name[value_feature])
    measured = numeric_features([by_name[name] for name in inputs if name in by_name])
    reasons = [
        *_gone_quiet(frame, by_name),
        *_spending_less(frame, by_name),
        _unlike_anyone(frame, measured, segments, typicality, currency),
        _between(margin, runner_up, names or {}),
    ]
    first = np.full(len(frame), -1)
    for position in reversed(range(len(reasons))):
        first[reasons[position].concerns] = position
    chosen = _chosen(value, first, limit)
    return tuple(
        ActionRow(
            lens, int(row), int(segments[row]), float(value[row]), reasons[first[row]].says(row)
        )
        for row in chosen
    )


def _chosen(value: NDArray[np.float64], first: NDArray[np.int64], limit: int) -> list[int]:
    """Return rows of high value with a reason, most valuable first, no reason too often."""
    positive = np.sort(value[value > 0])
    if not len(positive):
        return []
    is_high = value >= ascending_quantile(positive, _VALUE_SHARE)
    rows = np.flatnonzero(is_high & (first >= 0))
    rows = rows[np.argsort(-value[rows], kind="stable")]
    most = max(1, int(np.ceil(_SHARE_OF_ONE_REASON * limit)))
    taken: Counter[int] = Counter()
    kept: list[int] = []
    passed_over: list[int] = []
    for row in rows:
        reason = int(first[row])
        if len(kept) < limit and taken[reason] < most:
            kept.append(int(row))
            taken[reason] += 1
        else:
            passed_over.append(int(row))
    kept += passed_over[: limit - len(kept)]
    return sorted(kept, key=lambda row: (-value[row], row))


def _gone_quiet(frame: pd.DataFrame, by_name: Mapping[str, Feature]) -> Iterator[_Reason]:
    if RECENCY in by_name and INTERVAL in by_name:
        since, usual = numbers(frame, by_name[RECENCY]), numbers(frame, by_name[INTERVAL])

        def says(row: int) -> str:
            return f"No transaction for {number(since[row], 0)} days; usually {_every(usual[row])}"

        # A missing number compares as false: who has no usual interval cannot break it.
        quiet = (since >= _QUIET_DAYS) & (since >= _QUIET_TIMES * usual)
        yield _Reason("quiet", quiet, says)


def _spending_less(frame: pd.DataFrame, by_name: Mapping[str, Feature]) -> Iterator[_Reason]:
    if SPENDING_TREND in by_name:
        recent = numbers(frame, by_name[SPENDING_TREND])

        def says(row: int) -> str:
            if recent[row] == 0:
                return "Spent nothing in the last three months, but did in the three before"
            less = percent(1 - recent[row] / (1 - recent[row]))
            return f"Spent {less} less in the last three months than in the three before"

        yield _Reason("less", recent <= _FALLEN, says)


def _unlike_anyone(
    frame: pd.DataFrame,
    measured: Sequence[Feature],
    segments: Segments,
    typicality: NDArray[np.float64],
    currency: str,
) -> _Reason:
    columns = {feature: numbers(frame, feature) for feature in measured}

    def says(row: int) -> str:
        members = segments == segments[row]
        furthest: tuple[float, str] | None = None
        for feature, values in columns.items():
            known = np.sort(values[members & ~np.isnan(values)])
            if np.isnan(values[row]) or not len(known):
                continue
            low, high = ascending_quantile(known, 0.05), ascending_quantile(known, 0.95)
            beyond = max(low - values[row], values[row] - high)
            width = high - low or max(abs(high), 1.0)
            if beyond > 0 and (furthest is None or beyond / width > furthest[0]):
                usual = _range(low, high, feature, currency)
                here = named_quantity(values[row], feature, currency)
                furthest = (beyond / width, f"{here}, in this segment usually {usual}")
        start = "Unlike any known customer"
        return f"{start}: {furthest[1]}" if furthest else f"{start}: an unusual combination"

    return _Reason("unlike", typicality > UNLIKE_ANYONE, says)


def _range(low: float, high: float, feature: Feature, currency: str) -> str:
    """Return from where to where, or the one amount where both ends read the same."""
    ends = (own_quantity(low, feature, currency), own_quantity(high, feature, currency))
    return " to ".join(dict.fromkeys(ends))


def _between(
    margin: NDArray[np.float64], runner_up: Segments | None, names: Mapping[int, str]
) -> _Reason:
    def says(row: int) -> str:
        name = names.get(int(runner_up[row])) if runner_up is not None else None
        other = f"“{name}”" if name else "the next one"
        return f"Between two segments: almost as close to {other}"

    return _Reason("between", margin < _NEAR, says)


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
