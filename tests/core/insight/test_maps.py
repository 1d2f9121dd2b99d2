from __future__ import annotations

import numpy as np
import pytest

from core.errors import UsageError
from core.insight.maps import map_axes, map_points
from core.readmodels import MapAxes, MapLoading
from core.segmentation.model import CategoryColumn, NumericColumn, SegmentationModel
from tests.core.insight.builders import numbered


def model(**changes):
    numeric = NumericColumn("debt", 0.0, None, None, log=False, centre=0.0, factor=1.0)
    level = CategoryColumn("status", ("Single",), (), (0.0,), (1.0,))
    values = {
        "lens": "x",
        "columns": (numeric, level),
        "centroids": ((1.0, 0.0), (3.0, 2.0)),
        "numbers": (1, 0),
        "rule": None,
        "pca_mean": (1.0, 0.0),
        "pca_components": ((1.0, 0.0), (0.0, 1.0)),
        "explained_variance": (0.7, 0.3),
        "distance_quantiles": (),
        "references": (),
        "trained_on": 4,
        "as_of": "1995-12-31",
        "seed": 0,
        "versions": (),
    }
    return SegmentationModel(**(values | changes))


def test_axes_have_centroids_by_segment_number_and_correlations_with_inputs():
    matrix = np.array([[0, 1], [1, -1], [2, -1], [1, 1]], dtype=np.float32)
    coordinates = matrix - np.array([1.0, 0.0])
    found = map_axes(model(), matrix, coordinates)
    correlation = round(float(np.corrcoef(matrix[:, 0], matrix[:, 1])[0, 1]), 9)
    assert found == MapAxes(
        explained_variance=(0.7, 0.3),
        centroids=((2.0, 2.0, 0.0), (0.0, 0.0, 0.0)),
        loadings=(
            MapLoading("debt", "debt", 1.0, correlation, 0.0),
            MapLoading("status = Single", "status", correlation, 1.0, 0.0),
        ),
    )


def test_a_constant_input_points_nowhere():
    matrix = np.array([[5, 1], [5, -1]], dtype=np.float32)
    found = map_axes(model(), matrix, matrix)
    assert (found.loadings[0].x, found.loadings[0].y) == (0.0, 0.0)


def test_a_matrix_of_another_model_is_refused():
    with pytest.raises(UsageError, match="The model has 2 columns"):
        map_axes(model(), np.zeros((3, 5)), np.zeros((3, 2)))


def test_points_are_float32_on_three_axes():
    found = map_points(numbered(0, 1), np.array([[1.0, 2.0], [3.0, 4.0]]), seed=0)
    assert found.rows.tolist() == [0, 1]
    assert found.xyz.dtype == np.float32
    assert found.xyz.tolist() == [[1.0, 2.0, 0.0], [3.0, 4.0, 0.0]]


def test_coordinates_of_other_customers_are_refused():
    with pytest.raises(UsageError, match="1 coordinates were given for 2 customers"):
        map_points(numbered(0, 1), np.zeros((1, 2)), seed=0)
