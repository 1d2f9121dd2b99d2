"""What the player plays: the fit's own customers, from a start to the published segments."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.features.base import Feature, Kind, Side
from core.insight.iterations import kmeans_iterations
from core.lens import LensFeature, LensSpec
from core.segmentation.build import build_model
from core.segmentation.film import LEAST_FRAMES
from core.segmentation.fit import LensFit, segment_lens
from tests.core.segmentation.test_trace import groups

NAMES = ("spend", "balance", "visits")
FEATURES = [
    Feature(name, name.title(), "", "made", Side.BEHAVIOURAL, Kind.NUMBER) for name in NAMES
]


def fitted(components: int | None) -> LensFit:
    frame = pd.DataFrame(groups(5), columns=list(NAMES), dtype=np.float64)
    frame.index = pd.Index([f"c{i:04d}" for i in range(len(frame))], name="customer_id")
    lens = LensSpec(
        name="made",
        label="Made",
        side=Side.BEHAVIOURAL,
        question="Who?",
        features=tuple(LensFeature(name=name) for name in NAMES),
        k_min=3,
        k_max=3,
        components=components,
    )
    return segment_lens(frame, FEATURES, lens, seed=3)


@pytest.mark.parametrize("components", [None, 2])
def test_the_last_frame_is_what_the_model_says(components: int | None) -> None:
    fit = fitted(components)
    numbers = [2, 0, 1]
    model = build_model(fit, numbers, None, as_of=date(2024, 12, 31))
    trace = kmeans_iterations(fit.matrix, fit.clustering, model, seed=3)
    assert trace is not None
    assert len(trace.frames) >= LEAST_FRAMES
    assert trace.sampled_from == len(fit.matrix)
    last = trace.frames[-1]
    assert last.segment.tolist() == np.array(numbers)[fit.clustering.labels].tolist()
    assert last.inertia == pytest.approx(fit.clustering.inertia, rel=1e-6)
    mean, axes = np.array(model.pca_mean), np.array(model.pca_components)[:2]
    by_number = np.argsort(numbers)
    places = (np.array(model.centroids) - mean) @ axes.T
    np.testing.assert_allclose(last.centroids, places[by_number], atol=1e-6)
    assert (trace.frames[0].segment == -1).all()
