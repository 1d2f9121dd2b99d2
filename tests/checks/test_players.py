"""Every shipped lens that k-means segments has a player, and it ends in the lens's segments."""

from __future__ import annotations

import numpy as np
import pytest

from core.lens import LensSpec
from core.pipeline.eligibility import eligible_rows
from core.preparation import fit_preparation
from core.segmentation.components import OnComponents
from core.segmentation.film import LEAST_FRAMES, filled
from core.segmentation.fit import active_rows
from core.segmentation.kmeans import KMeans
from core.segmentation.trace_search import trace_to
from core.sources.demo.registry import DEMOS
from core.sources.spec import load_spec
from tests.checks.test_fair_treatment import customers

LENSES = [
    pytest.param(name, lens, id=f"{name}-{lens.name}")
    for name in DEMOS
    for lens in load_spec(name).lenses
    if lens.grouping is None and lens.algorithm == KMeans().name
]


@pytest.mark.parametrize(("source", "lens"), LENSES)
def test_the_player_of_a_shipped_lens_ends_as_published(source: str, lens: LensSpec) -> None:
    frame, features = customers(source)
    part = frame[eligible_rows(frame, lens)]
    active = part[active_rows(part, lens)]
    matrix = fit_preparation(active, features, lens).transform(active)
    algorithm = KMeans() if lens.components is None else OnComponents(KMeans(), lens.components)
    for k in sorted({2, lens.k_max}):
        found = algorithm.fit(matrix, k, seed=k, restarts=3)
        run = trace_to(found.place(matrix), found, np.arange(20), seed=k)
        assert run is not None, k
        assert run.labels.tolist() == found.labels.tolist()
        assert len(filled(run.frames)) >= LEAST_FRAMES
