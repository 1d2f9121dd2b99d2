"""How well some features tell the segment of a customer they were not told about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from core.features.base import Feature
from core.insight.columns import Segments
from core.insight.rule_search import TreeInputs
from core.sampling import stratified_rows

_FOLDS = 5
_SAMPLE_ROWS = 20_000
_DEPTH = 6
_LEAF_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Prediction:
    """Cross-validated balanced accuracy, and what guessing gives: 1 / number of segments."""

    accuracy: float
    chance: float


def predict_segments(
    frame: pd.DataFrame, features: Sequence[Feature], segments: Segments, seed: int
) -> Prediction | None:
    """Return how well a small decision tree on the features finds the segments.

    Balanced accuracy is the mean over segments of the share of members found (Brodersen et al.
    2010), so that a large segment cannot hide the others. Each customer is judged by a tree that
    has not seen them (five stratified folds of at most 20,000 customers). None where it cannot be
    computed: fewer than two segments with five members, or no feature that varies. The tree is that
    of Breiman et al. (1984).

    Examples
    --------
    >>> from core.features.base import Kind, Side
    >>> income = Feature("income", "Income", "", "", Side.DEMOGRAPHIC, Kind.MONEY)
    >>> people = pd.DataFrame({"income": [10.0, 11.0, 12.0, 50.0, 51.0, 52.0] * 5})
    >>> predict_segments(people, [income], np.array([0, 0, 0, 1, 1, 1] * 5, dtype=np.int16), 0)
    Prediction(accuracy=1.0, chance=0.5)
    """
    sizes = np.bincount(segments)
    usable = np.flatnonzero(sizes >= _FOLDS)
    kept = np.flatnonzero(np.isin(segments, usable))
    if len(usable) < 2:
        return None
    rows = kept[stratified_rows(segments[kept], _SAMPLE_ROWS, seed)]
    labels = segments[rows]
    matrix = TreeInputs(frame.iloc[rows], features).matrix
    if not matrix.shape[1]:
        return None
    predicted = np.empty_like(labels)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(matrix, labels):
        tree = DecisionTreeClassifier(
            max_depth=_DEPTH,
            min_samples_leaf=max(2, int(_LEAF_SHARE * len(train))),
            class_weight="balanced",
            random_state=seed,
        )
        predicted[test] = tree.fit(matrix[train], labels[train]).predict(matrix[test])
    found = [float((predicted[labels == segment] == segment).mean()) for segment in usable]
    return Prediction(float(np.mean(found)), 1 / len(usable))
