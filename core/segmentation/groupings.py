"""Segments as groups by rule: cut points learned, nothing clustered, judged for what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.lens import TIERS, LensSpec
from core.pipeline.ports import Progress, silent
from core.preparation import fit_preparation
from core.rule_groups import LEVELS, RuleGroups, groups_of, level_scores
from core.sampling import stratified_rows
from core.segmentation.base import Clustering, Matrix
from core.segmentation.fit import LensFit
from core.segmentation.group_verdict import (
    GroupReport,
    group_verdict,
    scores_apart,
    shares_as_stated,
)
from core.segmentation.grouping_rules import grouping_of, learn_groups, with_cuts
from core.segmentation.selection import Sweep

DRAWS = 50
ROWS = 10_000  # that cut points are drawn anew from


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
    lens : names the ``grouping`` and its features
    seed : of the draws that the cut points are tried on
    progress : told the fraction done

    Raises
    ------
    UsageError
        The lens names a grouping that there is not, or other features than it looks at.
    """
    progress(0.0, "Preparing the features")
    preparation = fit_preparation(frame, features, lens)
    matrix = preparation.transform(frame)
    groups = learn_groups(frame, lens)
    labels = groups_of(groups, {name: frame[name].to_numpy() for name in groups.features})
    clustering = _around_middles(matrix, labels, len(grouping_of(lens).groups))
    progress(0.4, "Drawing the cut points anew from other customers")
    draws = cut_point_jaccards(frame, lens, labels, seed=seed)
    said = {feature.name: feature.label for feature in features}
    trust = _judged(frame, lens, groups, clustering, draws, said)
    progress(1.0, "Grouped")
    return LensFit(
        lens=lens,
        preparation=preparation,
        active=np.ones(len(frame), dtype=bool),
        matrix=matrix,
        clustering=clustering,
        sweep=Sweep((), clustering.k, ""),
        reason=_reason(lens, clustering.k, said),
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
    grouping = grouping_of(lens)
    some = frame.iloc[stratified_rows(labels, ROWS, seed, 1)]
    columns = {name: some[name].to_numpy(dtype=np.float64) for name in lens.feature_names}
    mine, count = groups_of(with_cuts(grouping, columns), columns), len(grouping.groups)
    rng = np.random.default_rng([seed, DRAWS])
    found = np.zeros((DRAWS, count))
    for draw in range(DRAWS):
        rows = rng.integers(0, len(some), len(some))
        drawn = {name: values[rows] for name, values in columns.items()}
        theirs = groups_of(with_cuts(grouping, drawn), columns)
        common = np.bincount(mine[mine == theirs], minlength=count)
        union = np.bincount(mine, minlength=count) + np.bincount(theirs, minlength=count) - common
        found[draw] = np.where(union > 0, common / np.maximum(union, 1), 1.0)
    return found


def _judged(
    frame: pd.DataFrame,
    lens: LensSpec,
    groups: RuleGroups,
    clustering: Clustering,
    draws: NDArray[np.float64],
    said: Mapping[str, str],
) -> GroupReport:
    names = [said.get(name, name) for name in groups.features]
    if lens.grouping == TIERS:
        borders = f"at stated shares of the customers, in order of {names[0]}"
        everybody = f"Each value of {names[0]} belongs to one of {clustering.k} tiers"
        spread = shares_as_stated(lens.tiers, lens.tier_shares, clustering.sizes)
    else:
        borders = "at fifths of each feature"
        everybody = (
            f"All {len(groups.cells)} combinations of scores belong to one of {clustering.k} groups"
        )
        spread = scores_apart(
            {name: _level_shares(frame, groups, at) for at, name in enumerate(names)}
        )
    return group_verdict(
        clustering.sizes,
        [float(value) for value in draws.mean(axis=0)],
        borders=borders,
        everybody=everybody,
        spread=spread,
    )


def _reason(lens: LensSpec, k: int, said: Mapping[str, str]) -> str:
    """Return how the groups are made; there is no number of them to give a reason for."""
    if lens.grouping == TIERS:
        shares = ", ".join(
            f"{name} {share:.0%}" for name, share in zip(lens.tiers, lens.tier_shares, strict=True)
        )
        name = lens.feature_names[0]
        return (
            f"{k} tiers by rule: in order of {said.get(name, name)}, from the highest down, the "
            f"stated shares of the customers are {shares}; equal values stay together. No number "
            "was chosen."
        )
    return (
        f"{k} groups by rule: each feature is scored 1 to {LEVELS} by fifths of the customers, and "
        "every combination of scores belongs to one group. No number was chosen."
    )


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
