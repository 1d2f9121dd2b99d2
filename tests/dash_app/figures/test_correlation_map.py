"""What the map of correlations shows beside what every figure keeps."""

from __future__ import annotations

import numpy as np

from core.snapshot_facts import Associations, Measure
from dash_app.figures.correlation_map import blocks, correlation_map
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import info


def like(p: int, *groups: range, measure: Measure = Measure.SPEARMAN) -> Associations:
    """Features that resemble one another within their group only."""
    matrix = np.eye(p)
    for group in groups:
        for a in group:
            for b in group:
                matrix[a, b] = 1.0 if a == b else 0.95
    return Associations(measure, tuple(f"f{at}" for at in range(p)), matrix, 99, 99)


def features(p: int) -> list:
    return [info(f"f{at}", f"Feature {at}", "number") for at in range(p)]


def test_half_of_the_matrix_is_drawn_without_its_diagonal() -> None:
    (trace,) = correlation_map(like(3, range(2)), features(3), theme=LIGHT).figure["data"]
    assert trace["z"] == [[None, None, None], [0.95, None, None], [0.0, 0.0, None]]


def test_the_finding_counts_pairs_that_say_the_same() -> None:
    chart = correlation_map(like(5, range(3)), features(5), theme=LIGHT)
    assert chart.title == "3 pairs of features say nearly the same"
    assert len([row for row in chart.table.rows if abs(row[2]) > 0.9]) == 3


def test_without_such_pairs_the_closest_are_named() -> None:
    found = like(2)
    found.matrix[0, 1] = found.matrix[1, 0] = -0.4
    title = correlation_map(found, features(2), theme=LIGHT).title
    assert title == "No two features say the same: Feature 0 and Feature 1 come closest, at 0.40"


def test_a_feature_that_never_varies_is_left_out() -> None:
    found = like(3, range(2))
    found.matrix[2] = found.matrix[:, 2] = np.nan
    (trace,) = correlation_map(found, features(3), theme=LIGHT).figure["data"]
    assert len(trace["z"]) == 2


def test_many_features_lose_their_names_and_blocks_get_one() -> None:
    found = like(126, range(10, 30), range(50, 53))
    chart = correlation_map(found, features(126), theme=LIGHT)
    assert blocks(found) == [(10, 30)]
    (name,) = chart.figure["layout"]["annotations"]
    assert name["text"] == "Feature 10 and 19 more"
    assert chart.figure["layout"]["yaxis"]["showticklabels"] is False
    assert chart.height < 820


def test_categories_have_strength_without_direction() -> None:
    found = like(3, range(2), measure=Measure.CRAMERS_V)
    chart = correlation_map(found, features(3), theme=LIGHT)
    assert chart.figure["data"][0]["zmin"] == 0
    assert "Cramér's V" in chart.subtitle
    assert "Feature 0 and Feature 1: 0.95." in chart.summary
