"""A model compiled for scoring: arrays in, arrays out, one customer or a million, numpy alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.cells import Values, as_numbers, is_missing, require
from core.encoding import Encoded, Encoder, InputWarning
from core.rule_groups import groups_of
from core.segmentation.distances import CHUNK_ROWS, squared_distances
from core.segmentation.model import SegmentationModel
from core.segmentation.subspace import Subspace

NO_SEGMENT = -1
SIGNIFICANT_DIGITS = 6
UNLIKE_ANYONE = 99.0  # typicality above which a customer is unlike any known one

_SMALLEST = 1e-200  # below, a distance is left as it is
# 10**0, 10**1, …, 10**230, 10**-230, …, 10**-1: to be looked up at any exponent, negative too.
_POWER_LIST = [
    float(f"1e{exponent if exponent <= 230 else exponent - 461}") for exponent in range(461)
]
_POWERS = np.array(_POWER_LIST)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One row per customer, in the order asked.

    ``runner_up`` is -1 and the numbers are NaN for customers in the segment by rule. ``margin`` is
    1 - distance / distance to the runner-up, 0..1. ``typicality`` is the percentile of the distance
    among the segment's training members, 0..100: above 99 the customer is unlike any known one.
    """

    segment: NDArray[np.int16]
    runner_up: NDArray[np.int16]
    distance: NDArray[np.float64]
    margin: NDArray[np.float64]
    typicality: NDArray[np.float64]
    warnings: tuple[InputWarning, ...]


class Scorer:
    """A model compiled for scoring. It holds no customer and can be shared between threads."""

    def __init__(self, model: SegmentationModel) -> None:
        self.model = model
        self.encoder = Encoder(model.columns, model.references)
        self.centroids = np.array(model.centroids, dtype=np.float64)
        self._subspace = _subspace(model)
        self.places = np.asarray(self.place(self.centroids), dtype=np.float64)
        self.numbers = np.array(model.numbers, dtype=np.int16)
        zero = model.rule.zero if model.rule else ()
        grouped = model.groups.features if model.groups else ()
        needed = (*self.encoder.features, *zero, *grouped, *model.requires)
        self.inputs = tuple(dict.fromkeys(needed))
        self._quantiles = np.array(model.distance_quantiles, dtype=np.float64)
        self._grid = np.linspace(0.0, 100.0, self._quantiles.shape[1])
        self._pca_mean = np.array(model.pca_mean, dtype=np.float64)
        self._pca = np.array(model.pca_components, dtype=np.float64).reshape(
            -1, len(self._pca_mean)
        )

    def cluster_of(self, segment: int) -> int:
        """Return the cluster (row of the centroids) of a segment number."""
        return self.model.numbers.index(segment)

    def training_range(self, feature: str) -> tuple[float, float, bool]:
        """Return the least and greatest training value, and whether all of them are whole."""
        quantiles = next(r.quantiles for r in self.model.references if r.feature == feature)
        return quantiles[0], quantiles[-1], all(value.is_integer() for value in quantiles)

    def encode(self, columns: Mapping[str, Values]) -> Encoded:
        """Return the matrix that distances are measured in, and warnings."""
        require(self.inputs, columns)
        return self.encoder.encode(columns)

    def by_rule(self, columns: Mapping[str, Values]) -> NDArray[np.bool_]:
        """Return which customers belong to the segment by rule: all its features 0 or missing."""
        n = len(columns[self.inputs[0]])  # type: ignore[arg-type]
        rule = self.model.rule
        if rule is None:
            return np.zeros(n, dtype=bool)
        inactive = np.ones(n, dtype=bool)
        for feature in rule.zero:
            values = as_numbers(feature, columns[feature])
            inactive &= np.isnan(values) | (values == 0)
        return inactive

    def score(self, columns: Mapping[str, Values]) -> Scores:
        """Return the scores of all customers; `UsageError` if a feature is absent or unreadable."""
        encoded = self.encode(columns)
        inactive = self.by_rule(columns)
        group = None if self.model.groups is None else groups_of(self.model.groups, columns)
        scores = self.score_matrix(encoded.matrix, inactive, group)
        outside = self.ineligible(columns)
        for values in scores:
            values[outside] = NO_SEGMENT if values.dtype == np.int16 else np.nan
        return Scores(*scores, warnings=_for_active(encoded.warnings, inactive | outside))

    def ineligible(self, columns: Mapping[str, Values]) -> NDArray[np.bool_]:
        """Return which customers lack what the model requires: they are in no segment."""
        n = len(columns[self.inputs[0]])  # type: ignore[arg-type]
        outside = np.zeros(n, dtype=bool)
        for feature in self.model.requires:
            outside |= is_missing(columns[feature])
        return outside

    def score_matrix(
        self,
        matrix: NDArray[np.floating],
        inactive: NDArray[np.bool_] | None = None,
        group: NDArray[np.int64] | None = None,
    ) -> tuple[
        NDArray[np.int16],
        NDArray[np.int16],
        NDArray[np.float64],
        NDArray[np.float64],
        NDArray[np.float64],
    ]:
        """Return segment, runner-up, distance, margin, typicality of encoded customers (n, d).

        Where the cluster is a ``group`` by rule, the distance is to its middle and the runner-up is
        the nearest other one; who is nearer to that has the margin 0.
        """
        squared = squared_distances(self.place(matrix), self.places)
        rows = np.arange(len(squared))
        first = squared.argmin(axis=1) if group is None else group
        nearest = squared[rows, first]
        squared[rows, first] = np.inf
        second = squared.argmin(axis=1)
        distance, further = np.sqrt(nearest), np.sqrt(squared[rows, second])
        # On top of both centroids, the row belongs to neither more than to the other.
        margin = 1 - np.divide(distance, further, out=np.ones_like(distance), where=further > 0)
        margin = np.maximum(margin, 0.0)
        typicality = self._typicality(distance, first)
        segment, runner_up = self.numbers[first], self.numbers[second]
        distance = round_significant(distance)
        if inactive is not None and self.model.rule is not None and inactive.any():
            segment[inactive] = self.model.rule.number
            runner_up[inactive] = NO_SEGMENT
            for values in (distance, margin, typicality):
                values[inactive] = np.nan
        return segment, runner_up, distance, round_significant(margin), typicality

    def place(self, matrix: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return encoded customers (n, d) as distances are measured, (n, m)."""
        return matrix if self._subspace is None else self._subspace.coordinates(matrix)

    def project(self, matrix: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the coordinates of encoded customers on the principal components, (n, p)."""
        result = np.empty((len(matrix), len(self._pca)), dtype=np.float64)
        for start in range(0, len(matrix), CHUNK_ROWS):
            centred = matrix[start : start + CHUNK_ROWS] - self._pca_mean
            for i, component in enumerate(self._pca):
                result[start : start + CHUNK_ROWS, i] = (centred * component).sum(axis=1)
        return result

    def typicality_of(self, distance: float, cluster: int) -> float:
        """Return the percentile of one distance within a cluster, 0..100."""
        return round(float(np.interp(distance, self._quantiles[cluster], self._grid)) * 1e4) / 1e4

    def _typicality(
        self, distance: NDArray[np.float64], cluster: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        percentiles = np.empty_like(distance)
        for i, quantiles in enumerate(self._quantiles):
            members = cluster == i
            percentiles[members] = np.interp(distance[members], quantiles, self._grid)
        return np.rint(percentiles * 1e4) / 1e4


def _subspace(model: SegmentationModel) -> Subspace | None:
    if not model.components:
        return None
    return Subspace(np.array(model.origin), np.array(model.components))


def round_significant(
    values: NDArray[np.float64], digits: int = SIGNIFICANT_DIGITS
) -> NDArray[np.float64]:
    """Return values rounded to significant digits.

    >>> round_significant(np.array([0.0, 123456.789, 0.000123456789])).tolist()
    [0.0, 123457.0, 0.000123457]
    """
    result = np.array(values, dtype=np.float64)
    usable = np.isfinite(result) & (np.abs(result) >= _SMALLEST)
    chosen = result[usable]
    scale = _POWERS[digits - 1 - np.floor(np.log10(np.abs(chosen))).astype(np.int64)]
    result[usable] = np.rint(chosen * scale) / scale
    return result


def rounded(value: float, digits: int = SIGNIFICANT_DIGITS) -> float:
    """Return one value as `round_significant` rounds it."""
    if not math.isfinite(value) or abs(value) < _SMALLEST:
        return value
    scale = _POWER_LIST[digits - 1 - math.floor(math.log10(abs(value)))]
    return round(value * scale) / scale


def _for_active(
    warnings: tuple[InputWarning, ...], inactive: NDArray[np.bool_]
) -> tuple[InputWarning, ...]:
    """Return the warnings without customers who belong to a segment by rule: nothing stood in."""
    if not inactive.any():
        return warnings
    kept = []
    for warning in warnings:
        rows = warning.rows[~inactive[warning.rows]]
        if len(rows):
            kept.append(InputWarning(warning.feature, warning.problem, rows, warning.text))
    return tuple(kept)
