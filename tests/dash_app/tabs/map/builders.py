"""A map of five customers."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.readmodels import MapAxes, MapLoading, MapSample
from dash_app.tabs.map.reading import Mapped
from tests.dash_app.profiles.builders import feature, segment

SEGMENTS = (segment(0, "Savers"), segment(1, "Borrowers"), segment(2, "Idle", is_rule=True))


def sample(**parts: Any) -> MapSample:
    made: dict[str, Any] = {
        "pseudonyms": ("C-A", "C-B", "C-C", "C-D", "C-E"),
        "xyz": np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 1], [2, 2, 0]], dtype=np.float32),
        "segment": np.array([1, 0, 1, 2, 0], dtype=np.int16),
        "margin": np.array([0.05, 0.5, 0.7, np.nan, 0.02], dtype=np.float32),
        "sampled_from": 5,
    }
    return MapSample(**{**made, **parts})


AXES = MapAxes(
    (0.5, 0.3, 0.2),
    ((0.0, 0.0, 0.0), (1.0, 1.0, 0.0)),
    (
        MapLoading("card_debt", "card_debt", 0.9, -0.1, 0.0),
        MapLoading("age_years", "age_years", -0.45, 0.5, 0.0),
        MapLoading("region = North", "region", 0.1, 0.8, 0.45),
        MapLoading("age_years missing", "age_years", -0.41, 0.0, 0.0),
    ),
)
FEATURES = (
    feature("card_debt", label="Card debt"),
    feature("age_years", "years", label="Age"),
    feature("region", "category", label="Region"),
)


def mapped(**parts: Any) -> Mapped:
    made: dict[str, Any] = {
        "sample": sample(),
        "axes": AXES,
        "segments": SEGMENTS,
        "features": FEATURES,
        "own": (sample(), SEGMENTS),
    }
    return Mapped(**{**made, **parts})
