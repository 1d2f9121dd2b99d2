"""One short readable rule per segment, found by shallow decision trees on raw features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.insight.columns import Segments, segment_count
from core.insight.rule_search import TreeInputs, candidate_rules
from core.insight.rule_words import Condition, in_words
from core.insight.wording import uncapitalised
from core.lens import InactiveRule
from core.sampling import stratified_rows

MAX_CONDITIONS = 4
_SAMPLE_ROWS = 50_000
_PRICE = 0.015  # F1 that a condition must add to be worth reading


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """A rule of thumb for a segment, measured on all customers as it is written.

    ``precision``: share of those who meet it who belong to the segment ("97% right");
    ``recall``: share of the segment who meet it. ``conditions`` is empty and ``words`` comes from
    the lens where the segment is defined by a rule; ``words`` is "" where no rule was found.
    """

    segment: int
    conditions: tuple[Condition, ...]
    words: str
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule per segment, in order. ``fidelity``: share of customers whom the rules put right."""

    rules: tuple[SegmentRule, ...]
    fidelity: float


def find_rules(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    segments: Segments,
    *,
    currency: str,
    inactive: InactiveRule | None = None,
    inactive_number: int | None = None,
    count: int | None = None,
    seed: int = 0,
) -> Rules:
    """Return for each segment the rule of at most four conditions that describes it best.

    Decision trees of depth 4 (Breiman et al. 1984) separate each segment from everyone else. Every
    node of them is a candidate: a conjunction of ranges and levels on raw features. Thresholds are
    rounded to the shortest number that at most half a percent of customers lie beyond, conditions
    that add nothing are dropped, and the candidate with the best F1 (less a small price per
    condition) wins. Precision and recall are measured afterwards, on all customers, so what is
    printed is what holds. Customers who meet several rules count to the most precise one; who meets
    none counts as wrong in ``fidelity``.

    Parameters
    ----------
    frame : (n, p) feature table, one row per customer.
    features : what rules may speak of, usually the inputs of the lens.
    segments : (n,) segment number per row, 0..m-1.
    currency : ISO 4217 code or symbol, for amounts in the words.
    inactive, inactive_number : the lens's rule and the number of the segment that it defines.
    count : m, where the last segments may have lost all their members.
    seed : of the sample (50,000 rows) that trees are grown on, and of the trees.

    Examples
    --------
    >>> from core.features.base import Kind, Side
    >>> debt = Feature("debt", "Card debt", "", "credit", Side.BEHAVIOURAL, Kind.MONEY)
    >>> frame = pd.DataFrame({"debt": [0.0] * 20 + [900.0] * 20})
    >>> rules = find_rules(frame, [debt], np.repeat([1, 0], 20).astype(np.int16), currency="USD")
    >>> [rule.words for rule in rules.rules], rules.fidelity
    (['any card debt', 'no card debt'], 1.0)
    """
    m = segment_count(frame, segments, count)
    rows = stratified_rows(segments, _SAMPLE_ROWS, seed)
    sample, labels = frame.iloc[rows], segments[rows]
    inputs = TreeInputs(sample, features)
    rules: list[SegmentRule] = []
    met: list[NDArray[np.bool_]] = []
    for segment in range(m):
        inside = segments == segment
        if inactive is not None and segment == inactive_number:
            words = uncapitalised(inactive.description.strip().rstrip("."))
            words = words.removeprefix("customers ")
            rules.append(SegmentRule(segment, (), words, 1.0, 1.0))
            met.append(inside)
            continue
        conditions = _best(sample, labels == segment, inputs, seed) if m > 1 else ()
        holds = _all_hold(conditions, frame) if conditions else np.zeros(len(frame), dtype=bool)
        rules.append(_measured(segment, conditions, holds, inside, currency))
        met.append(holds)
    return Rules(tuple(rules), _fidelity(rules, met, segments))


def _best(
    sample: pd.DataFrame, inside: NDArray[np.bool_], inputs: TreeInputs, seed: int
) -> tuple[Condition, ...]:
    """Return the conditions with the best worth on the sample; none where the segment is empty."""
    best: tuple[Condition, ...] = ()
    best_worth = 0.0
    known: dict[Condition, NDArray[np.bool_]] = {}
    for candidate in candidate_rules(inputs, inside, MAX_CONDITIONS, seed):
        for condition in candidate:
            if condition not in known:
                known[condition] = condition.holds(sample)
        kept = _pruned(candidate, known, inside)
        worth = _worth(kept, known, inside)
        if worth > best_worth + 1e-12:
            best, best_worth = kept, worth
    return best


def _pruned(
    conditions: tuple[Condition, ...],
    known: dict[Condition, NDArray[np.bool_]],
    inside: NDArray[np.bool_],
) -> tuple[Condition, ...]:
    """Drop conditions, the least useful first, while the rule is worth more without."""
    while len(conditions) > 1:
        shorter = [
            tuple(other for other in conditions if other is not dropped) for dropped in conditions
        ]
        best = max(shorter, key=lambda rule: _worth(rule, known, inside))
        if _worth(best, known, inside) < _worth(conditions, known, inside):
            break
        conditions = best
    return conditions


def _worth(
    conditions: tuple[Condition, ...],
    known: dict[Condition, NDArray[np.bool_]],
    inside: NDArray[np.bool_],
) -> float:
    """Return F1 less the price of the conditions."""
    holds = np.logical_and.reduce([known[condition] for condition in conditions])
    right = np.count_nonzero(holds & inside)
    f1 = 2 * right / (np.count_nonzero(holds) + np.count_nonzero(inside))
    return float(f1 - _PRICE * len(conditions))


def _all_hold(conditions: tuple[Condition, ...], frame: pd.DataFrame) -> NDArray[np.bool_]:
    holds = np.ones(len(frame), dtype=bool)
    for condition in conditions:
        holds &= condition.holds(frame)
    return holds


def _measured(
    segment: int,
    conditions: tuple[Condition, ...],
    holds: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    currency: str,
) -> SegmentRule:
    met, right = int(holds.sum()), int((holds & inside).sum())
    if not met or not inside.any():
        return SegmentRule(segment, (), "", None, None)
    words = in_words(conditions, currency)
    return SegmentRule(segment, conditions, words, right / met, right / int(inside.sum()))


def _fidelity(
    rules: Sequence[SegmentRule], met: Sequence[NDArray[np.bool_]], segments: Segments
) -> float:
    assigned = np.full(len(segments), -1, dtype=np.int64)
    for rule in sorted(rules, key=lambda r: (r.precision or 0.0, r.recall or 0.0, -r.segment)):
        assigned[met[rule.segment]] = rule.segment  # the most precise rule comes last and stays
    return float((assigned == segments).mean())
