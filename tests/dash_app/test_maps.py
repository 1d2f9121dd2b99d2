"""Maps show nothing of segments that have too few customers."""

import numpy as np

from core.readmodels import MapAxes, MapSample
from dash_app.maps import without_small
from tests.dash_app.profiles.builders import segment

SAMPLE = MapSample(
    pseudonyms=("C-A", "C-B", "C-C", "C-D"),
    xyz=np.arange(12, dtype=np.float32).reshape(4, 3),
    segment=np.array([0, 1, 2, 0], dtype=np.int16),
    margin=np.array([0.1, 0.2, np.nan, 0.4], dtype=np.float32),
    sampled_from=4,
)
AXES = MapAxes((0.6, 0.4), ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), ())
SEGMENTS = (segment(0), segment(1), segment(2, is_rule=True))


def test_a_map_of_large_segments_stays_as_it_is() -> None:
    assert without_small(SAMPLE, AXES, SEGMENTS, 10) == (SAMPLE, AXES)


def test_a_small_segment_loses_its_customers_and_its_centroid() -> None:
    small = (segment(0, size=3), segment(1), segment(2, is_rule=True))
    sample, axes = without_small(SAMPLE, AXES, small, 10)
    assert sample.pseudonyms == ("C-B", "C-C")
    assert sample.segment.tolist() == [1, 2]
    assert sample.xyz.tolist() == [[3, 4, 5], [6, 7, 8]]
    assert axes.centroids == ((1.0, 1.0, 1.0),)


def test_a_small_segment_by_rule_takes_no_centroid_away() -> None:
    small = (segment(0), segment(1), segment(2, size=1, is_rule=True))
    sample, axes = without_small(SAMPLE, AXES, small, 10)
    assert sample.pseudonyms == ("C-A", "C-B", "C-D")
    assert axes.centroids == AXES.centroids
