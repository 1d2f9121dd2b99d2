"""Customers who are worth a call now: high value, and something to talk about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.insight.action_reasons import Standing, reasons
from core.insight.columns import Segments, ascending_quantile, numeric_features
from core.pipeline.results import ActionRow

_VALUE_SHARE = 0.75  # quantile of positive values from which value is high
_SHARE_OF_ONE_REASON = 0.5
_SHARE_OF_UNLIKE = 0.2  # of the list, for those who are merely unlike anyone


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
    came_from: Segments | None = None,
    names: Mapping[int, str] | None = None,
    inputs: Sequence[str] = (),
    limit: int = 10,
) -> tuple[ActionRow, ...]:
    """Return the customers of highest value who have a reason to be contacted, with the reason.

    Of high value is the upper quarter of those with a positive value. The reasons, in the order in
    which they count and are listed:

    1. no transaction for at least 14 days and three times the customer's usual interval;
    2. spending of the last three months at most half of the three before;
    3. just came from another segment;
    4. near the border to a segment that is worth less (by the median), then to one worth more,
       then to any: a margin under 0.05, or among the tenth of the own segment that is nearest to a
       border, and at most twice as far from the next centre as from their own;
    5. unlike any known customer (typicality above 99), with the feature that lies furthest out.

    The last says that a customer is strange, not what to do: it gets at most a fifth of the list.
    Each of the others gets at most half of it, unless there are no others. Customers of a segment
    by rule have neither margin nor typicality. Ordered by reason, then by value.

    Parameters
    ----------
    lens : name of the lens, passed on.
    frame : (n, p) feature table.
    features : entries of its columns; reasons whose features are absent do not occur.
    segments, margin, typicality : (n,) as from scoring; NaN in a segment by rule.
    value_feature : what customers are valued with; without one there is no list.
    currency : ISO 4217 code or symbol.
    runner_up : (n,) number of the second nearest segment, -1 for none.
    came_from : (n,) number of the segment that a customer has just left, -1 for none.
    names : name per segment number, to say which segment is meant.
    inputs : names of the features that the lens measures, among which the furthest out is sought.
    limit : most customers wanted.
    """
    by_name = {feature.name: feature for feature in features}
    if value_feature is None or value_feature not in by_name or not len(frame):
        return ()
    nowhere = np.full(len(frame), -1, dtype=np.int16)
    standing = Standing(
        frame=frame,
        by_name=by_name,
        segments=segments,
        margin=margin,
        typicality=typicality,
        runner_up=nowhere if runner_up is None else runner_up,
        came_from=nowhere if came_from is None else came_from,
        names=names or {},
        value_feature=by_name[value_feature],
        currency=currency,
    )
    found = reasons(
        standing, numeric_features([by_name[name] for name in inputs if name in by_name])
    )
    first = np.full(len(frame), -1)
    for position in reversed(range(len(found))):
        first[found[position].concerns] = position
    value = standing.value
    return tuple(
        ActionRow(
            lens, int(row), int(segments[row]), float(value[row]), found[first[row]].says(row)
        )
        for row in _chosen(value, first, limit, unlike=len(found) - 1)
    )


def _chosen(
    value: NDArray[np.float64], first: NDArray[np.int64], limit: int, *, unlike: int
) -> list[int]:
    """Return rows of high value with a reason, no reason too often; by reason, then by value."""
    positive = np.sort(value[value > 0])
    if not len(positive):
        return []
    is_high = value >= ascending_quantile(positive, _VALUE_SHARE)
    rows = np.flatnonzero(is_high & (first >= 0))
    rows = rows[np.argsort(-value[rows], kind="stable")]
    strange = [int(row) for row in rows if first[row] == unlike]
    strange = strange[: max(1, int(_SHARE_OF_UNLIKE * limit))]
    room = limit - len(strange)
    most = max(1, int(np.ceil(_SHARE_OF_ONE_REASON * limit)))
    taken: Counter[int] = Counter()
    kept: list[int] = []
    passed_over: list[int] = []
    for row in rows:
        reason = int(first[row])
        if reason == unlike:
            continue
        if len(kept) < room and taken[reason] < most:
            kept.append(int(row))
            taken[reason] += 1
        else:
            passed_over.append(int(row))
    kept += passed_over[: room - len(kept)]
    return sorted([*kept, *strange], key=lambda row: (first[row], -value[row], row))
