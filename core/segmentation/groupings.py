"""Segments as groups by rule: cut points learned, nothing clustered, judged for what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import UsageError, one_of
from core.features.base import Feature
from core.insight.rfm_groups import RFM_GROUPS, rfm_cells
from core.lens import LensSpec
from core.pipeline.ports import Progress, silent
from core.preparation import fit_preparation
from core.rule_groups import LEVELS, RuleGroups, groups_of, level_scores, quintile_cuts
from core.sampling import stratified_rows
from core.segmentation.base import Clustering, Matrix
from core.segmentation.fit import LensFit
from core.segmentation.group_verdict import group_verdict
from core.segmentation.selection import Sweep

DRAWS = 50
ROWS = 10_000  # that cut points are drawn anew from


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a lens may name as its ``grouping``: the groups, and which triple is in which."""

    name: str
    groups: tuple[str, ...]  # best first
    cells: tuple[int, ...]  # of the triples of scores
    low_is_good: tuple[bool, bool, bool]


RFM = Grouping("rfm", tuple(group.name for group in RFM_GROUPS), rfm_cells(), (True, False, False))
GROUPINGS: Mapping[str, Grouping] = MappingProxyType({RFM.name: RFM})


def grouping_named(name: str) -> Grouping:
    """Return a grouping; `UsageError` names those there are.

    >>> grouping_named("rfm").groups[0]
    'Champions'
    """
    if name not in GROUPINGS:
        raise UsageError(one_of("grouping", name, GROUPINGS))
    return GROUPINGS[name]


def group_names(lens: LensSpec) -> tuple[str, ...]:
    """Return the names of a lens's groups by rule, in order; none where it clusters."""
    return () if lens.grouping is None else grouping_named(lens.grouping).groups


def learn_groups(frame: pd.DataFrame, lens: LensSpec) -> RuleGroups:
    """Return the lens's groups with cut points between the fifths of these customers.

    Raises
    ------
    UsageError
        The lens does not name exactly three numeric features: recency, frequency, monetary value.
    """
    grouping = grouping_named(lens.grouping or "")
    names = lens.feature_names
    if len(names) != len(grouping.low_is_good) or any(
        not pd.api.types.is_numeric_dtype(frame[name]) for name in names
    ):
        raise UsageError(
            f"The lens {lens.name!r} groups by rule and names {', '.join(names)}. Give it three "
            "numeric features: recency, frequency and monetary value, in this order."
        )
    cuts = tuple(quintile_cuts(frame[name].to_numpy(dtype=np.float64)) for name in names)
    return RuleGroups(names, cuts, grouping.low_is_good, grouping.cells)


def group_lens(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    lens: LensSpec,
    *,
    seed: int,
    progress: Progress = silent,
) -> LensFit:
    """Give every customer a group by rule, and judge the groups for what they are.

    The matrix and the middles of the groups in it are only there to draw customers and to measure
    how far one is from the middle of the group; cluster i is group i, whoever is nearest.

    Parameters
    ----------
    frame : one row per eligible customer; a column per feature
    features : the catalogue
    lens : names the ``grouping`` and three features
    seed : of the draws that the cut points are tried on
    progress : told the fraction done

    Raises
    ------
    UsageError
        The lens names a grouping that there is not, or other than three numeric features.
    """
    progress(0.0, "Preparing the features")
    preparation = fit_preparation(frame, features, lens)
    matrix = preparation.transform(frame)
    groups = learn_groups(frame, lens)
    labels = groups_of(groups, {name: frame[name].to_numpy() for name in groups.features})
    clustering = _around_middles(matrix, labels, len(group_names(lens)))
    progress(0.4, "Drawing the cut points anew from other customers")
    draws = cut_point_jaccards(frame, lens, labels, seed=seed)
    by_name = {feature.name: feature.label for feature in features}
    trust = group_verdict(
        clustering.sizes,
        [float(value) for value in draws.mean(axis=0)],
        {by_name.get(n, n): _level_shares(frame, groups, i) for i, n in enumerate(groups.features)},
    )
    progress(1.0, "Grouped")
    return LensFit(
        lens=lens,
        preparation=preparation,
        active=np.ones(len(frame), dtype=bool),
        matrix=matrix,
        clustering=clustering,
        sweep=Sweep((), clustering.k, ""),
        reason=(
            f"{clustering.k} groups by rule: each feature is scored 1 to {LEVELS} by fifths of the "
            "customers, and every combination of scores belongs to one group. No number was chosen."
        ),
        trust=replace(trust, draws=tuple(tuple(group) for group in draws.T.tolist())),
        seed=seed,
        groups=groups,
    )


def cut_point_jaccards(
    frame: pd.DataFrame, lens: LensSpec, labels: NDArray[np.int64], *, seed: int
) -> NDArray[np.float64]:
    """Return how well each group is found again with cut points from bootstrap samples.

    Jaccard similarity of the same group in `DRAWS` samples of at most `ROWS` customers, as Hennig
    (2007) does with clusters, (draws, groups); 1 for a group that nobody is in either way.
    """
    count = len(group_names(lens))
    some = frame.iloc[stratified_rows(labels, ROWS, seed, 1)]
    mine = groups_of(learn_groups(frame, lens), _columns(some, lens))
    rng = np.random.default_rng([seed, DRAWS])
    found = np.zeros((DRAWS, count))
    for draw in range(DRAWS):
        sample = some.iloc[np.sort(rng.integers(0, len(some), len(some)))]
        theirs = groups_of(learn_groups(sample, lens), _columns(some, lens))
        common = np.bincount(mine[mine == theirs], minlength=count)
        union = np.bincount(mine, minlength=count) + np.bincount(theirs, minlength=count) - common
        found[draw] = np.where(union > 0, common / np.maximum(union, 1), 1.0)
    return found


def _columns(frame: pd.DataFrame, lens: LensSpec) -> dict[str, NDArray[np.generic]]:
    return {name: frame[name].to_numpy() for name in lens.feature_names}


def _around_middles(matrix: Matrix, labels: NDArray[np.int64], k: int) -> Clustering:
    exact = matrix.astype(np.float64)
    middles = np.array(
        [
            exact[labels == i].mean(axis=0) if (labels == i).any() else exact.mean(axis=0)
            for i in range(k)
        ]
    )
    return Clustering(labels, middles, float(((exact - middles[labels]) ** 2).sum()))


def _level_shares(frame: pd.DataFrame, groups: RuleGroups, at: int) -> tuple[float, ...]:
    values = frame[groups.features[at]].to_numpy(dtype=np.float64)
    scores = level_scores(values, groups.cuts[at], low_is_good=groups.low_is_good[at])
    counts = np.bincount(scores, minlength=LEVELS + 1)[1:]
    return tuple(float(count) / len(values) for count in counts)
