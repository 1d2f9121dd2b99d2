"""A lens looks at customers: split off by rule, prepare, sweep, fit, judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.cells import as_numbers
from core.errors import DataError, UsageError
from core.features.base import Feature
from core.lens import LensSpec
from core.pipeline.options import Overrule
from core.pipeline.ports import Progress, part_of, silent
from core.preparation import Preparation, fit_preparation
from core.rule_groups import RuleGroups
from core.segmentation.base import Algorithm, Clustering, Matrix, count_distinct
from core.segmentation.components import OnComponents
from core.segmentation.group_verdict import GroupReport
from core.segmentation.registry import algorithm_named
from core.segmentation.selection import Sweep, sweep
from core.segmentation.trust import TrustReport, assess

FINAL_RESTARTS = 50


@dataclass(frozen=True, slots=True, eq=False)
class LensFit:
    """What one lens found.

    ``active`` (n,) says which rows of the frame were clustered: the others belong to the segment by
    rule. ``matrix``, ``clustering.labels`` are over the active rows, in the frame's order. The
    sweep's k counts clusters, without the segment by rule; ``reason`` speaks of both.
    """

    lens: LensSpec
    preparation: Preparation
    active: NDArray[np.bool_]
    matrix: Matrix
    clustering: Clustering
    sweep: Sweep
    reason: str
    trust: TrustReport | GroupReport
    seed: int
    groups: RuleGroups | None = None  # where the clusters are groups by rule

    @property
    def has_rule_segment(self) -> bool:
        """Whether there are customers in the segment by rule."""
        return not bool(self.active.all())

    @property
    def cluster(self) -> NDArray[np.int64]:
        """Cluster of every row of the frame, (n,); -1 for the segment by rule."""
        clusters = np.full(len(self.active), -1, dtype=np.int64)
        clusters[self.active] = self.clustering.labels
        return clusters


def segment_lens(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    lens: LensSpec,
    *,
    seed: int,
    overrule: Overrule | None = None,
    progress: Progress = silent,
) -> LensFit:
    """Prepare the lens's inputs, choose the number of segments, fit, and judge the result.

    Customers without the thing the lens measures are split off first; their segment counts among
    the lens's k_min..k_max segments, so one cluster less is looked for when there are any.

    Parameters
    ----------
    frame : one row per customer, in the order of their ids; a column per feature
    features : the catalogue
    lens : what to look at and how many segments to try
    seed : everything random comes from it
    overrule : the number of segments that an analyst decided on; it is tried besides the others
    progress : told the fraction done

    Raises
    ------
    UsageError
        If the lens names an algorithm or feature that there is not, or one it must not use.
    DataError
        If there are fewer different customers than segments asked for.
    """
    algorithm = algorithm_of(lens)
    active = active_rows(frame, lens)
    by_rule = int(not active.all())
    k_min, k_max = max(2, lens.k_min - by_rule), max(2, lens.k_max - by_rule)
    decided = None if overrule is None else max(2, overrule.k - by_rule)
    if not active.any():
        raise _too_few(lens, 0, 0, k_min, bool(by_rule))
    progress(0.0, "Preparing the features")
    clustered = frame[active]
    preparation = fit_preparation(clustered, features, lens)
    matrix = preparation.transform(clustered)
    distinct = count_distinct(matrix, max(k_max, decided or 0) + 1)
    if distinct < (fewest := max(k_min, decided or 0)):
        raise _too_few(lens, len(matrix), distinct, fewest, bool(by_rule))
    swept = sweep(
        matrix,
        k_min,
        min(k_max, distinct),
        seed=seed,
        algorithm=algorithm,
        also=decided,
        progress=part_of(progress, 0.05, 0.45),
    )
    reason = _reason(swept, lens, bool(by_rule), distinct < k_max)
    if overrule is not None and decided is not None:
        reason = _overruled(overrule, swept.k + by_rule, reason)
        swept = swept.decided(decided)
    progress(0.45, f"Fitting {swept.k} segments")
    clustering = algorithm.fit(matrix, swept.k, seed=seed, restarts=FINAL_RESTARTS)
    trust = assess(
        matrix,
        preparation.column_features,
        clustering,
        algorithm,
        seed=seed,
        restarts=FINAL_RESTARTS,
        labels={feature.name: feature.label for feature in features},
        progress=part_of(progress, 0.55, 1.0),
    )
    progress(1.0, "Segmented")
    return LensFit(
        lens=lens,
        preparation=preparation,
        active=active,
        matrix=matrix,
        clustering=clustering,
        sweep=swept,
        reason=reason,
        trust=trust,
        seed=seed,
    )


def algorithm_of(lens: LensSpec) -> Algorithm:
    """Return what clusters the lens's customers.

    Raises
    ------
    UsageError
        If the lens names an algorithm that there is not.
    """
    algorithm: Algorithm = algorithm_named(lens.algorithm)
    return algorithm if lens.components is None else OnComponents(algorithm, lens.components)


def active_rows(frame: pd.DataFrame, lens: LensSpec) -> NDArray[np.bool_]:
    """Return which customers the lens clusters, (n,): those without the thing it measures are not.

    Raises
    ------
    UsageError
        If the rule names a feature that the frame does not have.
    """
    if lens.inactive is None:
        return np.ones(len(frame), dtype=bool)
    inactive = np.ones(len(frame), dtype=bool)
    for name in lens.inactive.zero:
        if name not in frame:
            raise UsageError(
                f"The lens {lens.name!r} calls customers {lens.inactive.name!r} by {name!r}, which "
                "the data set does not have. Correct the rule's list of features."
            )
        values = as_numbers(name, frame[name].to_numpy(dtype=np.float64, na_value=np.nan))
        inactive &= np.isnan(values) | (values == 0)
    return ~inactive


def _reason(swept: Sweep, lens: LensSpec, by_rule: bool, limited: bool) -> str:
    parts = [swept.reason]
    if lens.k_min == lens.k_max:
        asked = f"{lens.k_min} segments were asked for"
        if lens.tiers:
            asked = f"The {len(lens.tiers)} tiers are {', '.join(lens.tiers)}"
        parts = [f"{asked}; no other number was tried."]
    if limited:
        parts.append("More were not tried: there are no more different customers.")
    if by_rule and lens.inactive is not None:
        total = swept.k + 1
        if total == lens.k_min == lens.k_max:
            parts.append(f"“{lens.inactive.name}” is one of them, by rule.")
        else:
            parts.append(
                f"“{lens.inactive.name}” comes on top by rule, which makes {total} segments."
            )
    return " ".join(parts)


def _overruled(overrule: Overrule, by_the_rule: int, reason: str) -> str:
    who = f" by {overrule.by}" if overrule.by else ""
    note = overrule.note if overrule.note.endswith((".", "!", "?")) else f"{overrule.note}."
    if overrule.k == by_the_rule:
        return f"k = {overrule.k} chosen{who}, as the rule would: {note} {reason}"
    return f"k = {overrule.k} chosen{who} instead of {by_the_rule}: {note} The rule: {reason}"


def _too_few(lens: LensSpec, customers: int, distinct: int, k: int, by_rule: bool) -> DataError:
    have = "1 customer" if customers == 1 else f"{customers:,} customers"
    differ = "" if distinct == customers else f" of whom only {distinct} differ"
    besides = f" besides {lens.inactive.name!r}" if by_rule and lens.inactive else ""
    return DataError(
        f"The lens {lens.name!r} has {have} to cluster{differ}, fewer than the {k} segments asked "
        f"for{besides}. Import more customers, ask for fewer segments, or give the lens more "
        "features."
    )
