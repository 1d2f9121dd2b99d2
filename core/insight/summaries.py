"""One line per segment: size, value, stability and rule, and the order segments come in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError
from core.insight.columns import Segments
from core.insight.identity import Identity
from core.insight.rules import Rules
from core.readmodels import SegmentSummary, Stability
from core.segmentation.stability import HIGHLY_STABLE, STABLE, UNCERTAIN

_BANDS = (
    (HIGHLY_STABLE, Stability.HIGHLY_STABLE),
    (STABLE, Stability.STABLE),
    (UNCERTAIN, Stability.UNCERTAIN),
)


def order_segments(
    labels: NDArray[np.integer],
    value: NDArray[np.float64] | None,
    rule_label: int | None = None,
    *,
    per_customer: bool = False,
) -> NDArray[np.int16]:
    """Return the segment number of each label: by total value, then size; the one by rule last.

    The number of a customer is ``order_segments(...)[label]``. Renaming the labels changes nothing
    but ties of both value and size.

    Parameters
    ----------
    labels : (n,) 0..k-1, the label by rule included; or -1 for customers in the segment by rule,
        whose number is then the last entry of what is returned, so that indexing with -1 finds it.
    value : (n,) what each customer is worth, NaN where not known; None to order by size alone.
    rule_label : the label of the segment by rule, if there is one.
    per_customer : order by mean value instead of total value, as tiers are.

    Examples
    --------
    >>> order_segments(np.array([0, 1, 1, 2]), np.array([5.0, 50.0, 50.0, 9.0]), rule_label=0)
    array([2, 0, 1], dtype=int16)
    >>> labels = np.array([-1, 0, 1, 1])
    >>> order_segments(labels, np.array([0.0, 5.0, 50.0, 50.0]))[labels]
    array([2, 1, 0, 0], dtype=int16)
    """
    if (labels == -1).any():
        rule_label = int(labels.max()) + 1
        labels = np.where(labels == -1, rule_label, labels)
    count = max(int(labels.max(initial=-1)), -1 if rule_label is None else rule_label) + 1
    sizes = np.bincount(labels, minlength=count)
    totals = np.zeros(count) if value is None else _totals(labels, value, count)
    if per_customer and value is not None:
        totals /= np.maximum(np.bincount(labels[~np.isnan(value)], minlength=count), 1)
    order = sorted(
        range(count), key=lambda label: (label == rule_label, -totals[label], -sizes[label], label)
    )
    numbers = np.empty(count, dtype=np.int16)
    numbers[order] = np.arange(count, dtype=np.int16)
    return numbers


def stability_band(jaccard: float | None, *, is_rule: bool = False) -> Stability:
    """Return the band of a mean bootstrap Jaccard similarity (Hennig 2007).

    >>> stability_band(0.8).value, stability_band(None, is_rule=True).value
    ('Stable', 'By rule')

    Raises
    ------
    UsageError
        If a segment that is not by rule has no similarity.
    """
    if is_rule:
        return Stability.BY_RULE
    if jaccard is None:
        raise UsageError(
            "A segment that is not defined by a rule needs its bootstrap similarity. "
            "Give one per segment."
        )
    return next((band for least, band in _BANDS if jaccard >= least), Stability.UNSTABLE)


def summarise(
    segments: Segments,
    identities: Sequence[Identity],
    rules: Rules,
    jaccards: Sequence[float | None],
    value: NDArray[np.float64] | None,
    *,
    rule_number: int | None = None,
) -> tuple[SegmentSummary, ...]:
    """Return the summaries of all segments in order of their number.

    ``value_share`` is of all customers' value, None where that is not positive or a segment owes
    (a share of a sum with negative parts misleads). Missing values count as nothing.

    Parameters
    ----------
    segments : (n,) segment number per row, 0..m-1.
    identities, rules, jaccards : one per segment, in order of its number.
    value : (n,) what each customer is worth; None where the lens has no value feature.
    rule_number : the number of the segment by rule, if there is one.
    """
    m = len(identities)
    if not m == len(rules.rules) == len(jaccards):
        raise UsageError(
            f"{m} identities, {len(rules.rules)} rules and {len(jaccards)} stabilities were given. "
            "Give one of each per segment."
        )
    sizes = np.bincount(segments, minlength=m)
    totals = None if value is None else _totals(segments, value, m)
    has_shares = totals is not None and totals.sum() > 0 and bool((totals >= 0).all())
    found: list[SegmentSummary] = []
    for number, (identity, rule) in enumerate(zip(identities, rules.rules, strict=True)):
        is_rule = number == rule_number
        jaccard = None if is_rule else jaccards[number]
        found.append(
            SegmentSummary(
                number=number,
                key=identity.key,
                name=identity.name,
                sentence=identity.sentence,
                colour=identity.colour,
                is_rule=is_rule,
                size=int(sizes[number]),
                share=float(sizes[number] / len(segments)),
                value_total=None if totals is None else float(totals[number]),
                value_share=(
                    float(totals[number] / totals.sum())
                    if totals is not None and has_shares
                    else None
                ),
                value_median=None if value is None else _median(value[segments == number]),
                jaccard=jaccard,
                stability=stability_band(jaccard, is_rule=is_rule),
                rule=rule.words,
                rule_precision=rule.precision,
                rule_recall=rule.recall,
            )
        )
    return tuple(found)


def _totals(
    labels: NDArray[np.integer], value: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Return the value of each label, summed in ascending order so that rows may come in any."""
    known = np.flatnonzero(~np.isnan(value))
    ascending = known[np.argsort(value[known], kind="stable")]
    totals = np.bincount(labels[ascending], weights=value[ascending], minlength=count)
    return np.asarray(totals, dtype=np.float64)


def _median(values: NDArray[np.float64]) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else None
