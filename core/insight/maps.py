"""The sample of customers on the map and what its axes mean."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError
from core.insight.columns import Segments
from core.pipeline.results import MapPoints
from core.readmodels import MapAxes, MapLoading
from core.sampling import stratified_rows
from core.segmentation.model import CategoryColumn, MissingFlag, SegmentationModel

MAX_POINTS = 10_000
AXES = 3
_CHUNK = 100_000


def map_points(
    segments: Segments,
    coordinates: NDArray[np.floating],
    *,
    seed: int,
    limit: int = MAX_POINTS,
) -> MapPoints:
    """Return at most ``limit`` customers and where they lie; every segment is represented.

    Parameters
    ----------
    segments : (n,) segment number per row.
    coordinates : (n, p) coordinates of all customers, as from `core.scorer.Scorer.project`;
        missing axes (p < 3) are filled with zeros.
    seed : the same seed gives the same customers.
    """
    if len(coordinates) != len(segments):
        raise UsageError(
            f"{len(coordinates)} coordinates were given for {len(segments)} customers. "
            "Give one row for every customer."
        )
    rows = stratified_rows(segments, limit, seed)
    return MapPoints(rows, _three(coordinates[rows]).astype(np.float32))


def map_axes(
    model: SegmentationModel, matrix: NDArray[np.floating], coordinates: NDArray[np.floating]
) -> MapAxes:
    """Return explained variance, centroids and the inputs' correlations with the axes.

    A loading is the correlation of a prepared input with a component (the circle of correlations,
    Lebart, Morineau and Piron 1995): its arrow stays within the unit circle, and the square of its
    length is the share of the input's variance that the axes show. Centroids come in order of
    their segment number.

    Parameters
    ----------
    model : the fitted lens.
    matrix : (n, d) prepared customers that the model was fitted on.
    coordinates : (n, p) the same customers on the components.
    """
    columns = list(_columns(model))
    if matrix.shape[1] != len(columns) or len(coordinates) != len(matrix):
        raise UsageError(
            f"The model has {len(columns)} columns; the matrix given is {matrix.shape} and the "
            f"coordinates are {coordinates.shape}. Give those that belong to the model."
        )
    mean, components = np.array(model.pca_mean), np.array(model.pca_components)
    centroids = _three((np.array(model.centroids) - mean) @ components.T)
    by_number = np.argsort(np.array(model.numbers), kind="stable")
    correlations = _correlations(matrix, _three(coordinates))
    return MapAxes(
        explained_variance=model.explained_variance,
        centroids=tuple((float(x), float(y), float(z)) for x, y, z in centroids[by_number]),
        loadings=tuple(
            MapLoading(column, feature, float(x), float(y), float(z))
            for (column, feature), (x, y, z) in zip(columns, correlations, strict=True)
        ),
    )


def _columns(model: SegmentationModel) -> Iterator[tuple[str, str]]:
    """Yield a name for each column of the matrix, and the feature it comes from."""
    for column in model.columns:
        if isinstance(column, CategoryColumn):
            yield from ((f"{column.feature} = {level}", column.feature) for level in column.levels)
        elif isinstance(column, MissingFlag):
            yield f"{column.feature} missing", column.feature
        else:
            yield column.feature, column.feature


def _three(coordinates: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return exactly three axes: cut off, or filled with zeros."""
    result = np.zeros((len(coordinates), AXES))
    width = min(AXES, coordinates.shape[1])
    result[:, :width] = coordinates[:, :width]
    return result


def _correlations(
    matrix: NDArray[np.floating], coordinates: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the correlation of each column with each axis, (d, 3); 0 where one is constant."""
    matrix_mean = matrix.mean(axis=0, dtype=np.float64)
    axis_mean = coordinates.mean(axis=0)
    d = matrix.shape[1]
    products, squares, axis_squares = np.zeros((d, AXES)), np.zeros(d), np.zeros(AXES)
    for start in range(0, len(matrix), _CHUNK):
        part = matrix[start : start + _CHUNK].astype(np.float64) - matrix_mean
        axes = coordinates[start : start + _CHUNK] - axis_mean
        products += part.T @ axes
        squares += (part**2).sum(axis=0)
        axis_squares += (axes**2).sum(axis=0)
    lengths = np.sqrt(np.outer(squares, axis_squares))
    found = np.divide(products, lengths, out=np.zeros((d, AXES)), where=lengths > 1e-12)
    return np.clip(np.round(found, 9) + 0.0, -1.0, 1.0)
