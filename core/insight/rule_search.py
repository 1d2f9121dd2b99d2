"""Candidate rules: the nodes of shallow decision trees, with thresholds people can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeClassifier

from core.encoding import OTHER
from core.features.base import Feature, Kind
from core.insight.columns import (
    categorical_features,
    coded_column,
    numbers,
    numeric_features,
)
from core.insight.round_numbers import roundest
from core.insight.rule_words import Condition

_TOLERANCE = 0.005  # share of customers that rounding may move across a threshold
_LEAF_SHARE = 0.02  # of the segment, the least that a leaf holds
_FINALISTS = 12


@dataclass(frozen=True, slots=True, eq=False)
class _Input:
    """A column of the trees' matrix: a number, or whether a category has a level.

    ``ascending`` are the known values; ``smallest`` the least positive one of a feature that is
    never negative, else 0.
    """

    feature: Feature
    level: str
    ascending: NDArray[np.float64]
    smallest: float


class TreeInputs:
    """Raw features as a matrix that trees can split; missing numbers count as the median.

    ``matrix``: (n, d) float32.
    """

    def __init__(self, sample: pd.DataFrame, features: Sequence[Feature]) -> None:
        self.inputs: list[_Input] = []
        columns: list[NDArray[np.float64]] = []
        for feature in numeric_features(features):
            values = numbers(sample, feature)
            known = np.sort(values[~np.isnan(values)])
            if len(known) and known[0] < known[-1]:
                positive = known[known > 0]
                smallest = float(positive[0]) if known[0] == 0 else 0.0
                self.inputs.append(_Input(feature, "", known, smallest))
                columns.append(np.where(np.isnan(values), np.median(known), values))
        for feature in categorical_features(features):
            coded = coded_column(sample, feature)
            for code, level in enumerate(coded.levels):
                if level != OTHER and len(coded.levels) > 1:
                    self.inputs.append(_Input(feature, level, np.array([0.0, 1.0]), 0.0))
                    columns.append((coded.codes == code).astype(np.float64))
        matrix = np.column_stack(columns) if columns else np.empty((len(sample), 0))
        self.matrix = matrix.astype(np.float32)


def candidate_rules(
    inputs: TreeInputs, inside: NDArray[np.bool_], max_conditions: int, seed: int
) -> Iterator[tuple[Condition, ...]]:
    """Yield the most promising conjunctions of conditions for the rows inside a segment.

    Two trees are grown (Breiman et al. 1984), one of them with both sides weighted equally, which
    finds small segments.

    >>> from core.features.base import Side
    >>> savings = Feature("savings", "Savings", "Money saved.", "x", Side.BEHAVIOURAL, Kind.MONEY)
    >>> known = TreeInputs(pd.DataFrame({"savings": np.arange(40.0)}), [savings])
    >>> first = next(candidate_rules(known, np.arange(40) >= 30, max_conditions=4, seed=1))
    >>> [(condition.feature.name, condition.at_least) for condition in first]
    [('savings', 30.0)]
    """
    if inside.all() or not inside.any() or not inputs.inputs:
        return
    smallest_leaf = max(5, int(np.ceil(_LEAF_SHARE * inside.sum())))
    for class_weight in (None, "balanced"):
        tree = DecisionTreeClassifier(
            max_depth=max_conditions,
            min_samples_leaf=min(smallest_leaf, max(1, len(inside) // 2)),
            class_weight=class_weight,
            random_state=seed,
        ).fit(inputs.matrix, inside)
        paths = _paths(tree.tree_)
        visits = tree.decision_path(inputs.matrix)
        met = np.asarray(visits.sum(axis=0)).ravel()
        right = np.asarray(visits[np.flatnonzero(inside)].sum(axis=0)).ravel()
        f1 = 2 * right / (met + inside.sum())
        for node in np.argsort(-f1, kind="stable")[:_FINALISTS]:
            if paths[node]:
                yield _conditions(paths[node], inputs.inputs)


_Split = tuple[int, float, bool]  # input, threshold, whether above it


def _paths(tree: Any) -> list[tuple[_Split, ...]]:
    """Return for every node the splits that lead to it."""
    left, right = tree.children_left, tree.children_right
    feature, threshold = tree.feature, tree.threshold
    paths: list[tuple[_Split, ...]] = [()] * len(left)
    for node in range(len(left)):  # parents come before their children
        if left[node] >= 0:
            split = (int(feature[node]), float(threshold[node]))
            paths[left[node]] = (*paths[node], (*split, False))
            paths[right[node]] = (*paths[node], (*split, True))
    return paths


def _conditions(path: Sequence[_Split], inputs: Sequence[_Input]) -> tuple[Condition, ...]:
    """Merge the splits on a path into one condition per feature, in the order of the splits."""
    order = list(dict.fromkeys(inputs[at].feature for at, _, _ in path))
    merged = []
    for feature in order:
        splits = [
            (inputs[at], threshold, above)
            for at, threshold, above in path
            if inputs[at].feature is feature
        ]
        merged.append(_on_levels(splits) if splits[0][0].level else _on_number(splits))
    return tuple(merged)


def _on_levels(splits: Sequence[tuple[_Input, float, bool]]) -> Condition:
    feature = splits[0][0].feature
    chosen = [source.level for source, _, above in splits if above]
    if chosen:
        return Condition(feature, level=chosen[0])
    return Condition(feature, excluded=tuple(source.level for source, _, _ in splits))


def _on_number(splits: Sequence[tuple[_Input, float, bool]]) -> Condition:
    source = splits[0][0]
    above = [threshold for _, threshold, is_above in splits if is_above]
    below = [threshold for _, threshold, is_above in splits if not is_above]
    low = _readable(source, max(above)) if above else None
    high = _readable(source, min(below)) if below else None
    if low is not None and high is not None and low >= high:  # rounded onto each other
        low, high = max(above), min(below)
    return Condition(
        source.feature,
        at_least=low,
        below=high,
        from_any=low is not None and 0 < low <= source.smallest,
        to_none=high is not None and 0 < high <= source.smallest,
    )


def _readable(source: _Input, threshold: float) -> float:
    """Return the shortest number that parts the customers (nearly) as the threshold does."""
    values = source.ascending
    n = len(values)
    at = int(np.clip(np.searchsorted(values, threshold, side="right"), 1, n - 1))
    if source.feature.kind is Kind.FLAG:
        return 1.0
    if source.smallest and values[at - 1] == 0:
        return roundest(0.0, source.smallest, source.smallest)  # none at all against any
    slack = int(_TOLERANCE * n)  # at most so many customers move
    low, high = values[max(at - 1 - slack, 0)], values[min(at + slack, n - 1)]
    return roundest(float(low), float(high), threshold)
