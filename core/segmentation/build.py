"""From a fitted lens to the model that scoring needs: numbers, axes, reference distributions."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError
from core.scorer import round_significant
from core.segmentation.base import Clustering
from core.segmentation.distances import squared_distances
from core.segmentation.fit import LensFit
from core.segmentation.model import RuleSegment, SegmentationModel
from core.segmentation.principal_axes import principal_axes

MODEL_AXES = 3
DIGITS = 10  # of stored parameters that rounding must not make differ between threads
QUANTILES = np.linspace(0.0, 1.0, 101)
VERSIONED = ("numpy", "scipy", "scikit-learn", "pandas")


def build_model(
    fit: LensFit, numbers: Sequence[int], rule_number: int | None = None, *, as_of: date
) -> SegmentationModel:
    """Return everything scoring needs, as a model that is stored as JSON.

    Parameters
    ----------
    fit : what the lens found
    numbers : the segment number of each cluster
    rule_number : the number of the segment by rule; needed exactly if the lens has a rule and
        customers in it
    as_of : the day the customers are looked at

    Raises
    ------
    UsageError
        If the numbers do not fit the clusters.
    """
    taken = [*numbers, *([] if rule_number is None else [rule_number])]
    if len(numbers) != fit.clustering.k or len(set(taken)) != len(taken):
        raise UsageError(
            f"There are {fit.clustering.k} clusters, but the segment numbers given are {taken}. "
            "Give every cluster a number of its own."
        )
    if fit.has_rule_segment and rule_number is None:
        raise UsageError("There are customers in a segment by rule: give it a number too.")
    axes = principal_axes(fit.matrix)
    subspace = fit.clustering.subspace
    return SegmentationModel(
        lens=fit.lens.name,
        columns=fit.preparation.columns,
        centroids=as_tuples(fit.clustering.centroids),
        numbers=tuple(int(number) for number in numbers),
        rule=_rule(fit, rule_number),
        pca_mean=tuple(round_significant(axes.mean, DIGITS).tolist()),
        pca_components=as_tuples(round_significant(axes.components[:MODEL_AXES], DIGITS)),
        explained_variance=tuple(round_significant(axes.explained_variance, DIGITS).tolist()),
        distance_quantiles=as_tuples(_distance_quantiles(fit)),
        references=fit.preparation.references,
        trained_on=int(fit.active.sum()),
        as_of=as_of.isoformat(),
        seed=fit.seed,
        versions=library_versions(),
        origin=() if subspace is None else tuple(subspace.origin.tolist()),
        requires=fit.lens.requires,
        groups=fit.groups,
        components=() if subspace is None else as_tuples(subspace.components),
    )


def library_versions() -> tuple[tuple[str, str], ...]:
    """Return the versions for which the promise of identical answers holds."""
    return (
        ("python", platform.python_version()),
        *((name, version(name)) for name in VERSIONED),
    )


def _rule(fit: LensFit, rule_number: int | None) -> RuleSegment | None:
    if rule_number is None or fit.lens.inactive is None:
        return None
    return RuleSegment(rule_number, fit.lens.inactive.zero)


def _distance_quantiles(fit: LensFit) -> NDArray[np.float64]:
    """Return 101 quantiles of members' distance to their centroid, per cluster."""
    clustering = fit.clustering
    distances = np.sqrt(squared_distances(clustering.place(fit.matrix), clustering.places))
    return np.array(
        [
            round_significant(np.quantile(distances[_of(clustering, i), i], QUANTILES))
            for i in range(clustering.k)
        ]
    )


def _of(clustering: Clustering, cluster: int) -> NDArray[np.bool_]:
    """Return the members of a cluster; of a group by rule that nobody is in, everybody."""
    members = clustering.labels == cluster
    return np.asarray(members if members.any() else ~members)


def as_tuples(rows: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    """Return rows as a model keeps them."""
    return tuple(tuple(row) for row in rows.tolist())
