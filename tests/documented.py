"""A run worth a document: 200 customers, of whom six are a group too small to be described."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from core.features.base import Feature, Kind, Sensitivity, Side
from core.lens import LensFeature, LensSpec
from core.pipeline.fairness import with_fairness
from core.pipeline.results import RunResult, SnapshotData, StoredSnapshot
from core.pipeline.steps import fit_lens
from core.readmodels import SnapshotId
from tests.builders import snapshot_data
from tests.core.segmentation.builders import mixed_customers, mixed_lens

IDLE = 6
HOW, WHO = "how", "who"
CONFIG = {"lenses": "all", "purpose": "service", "note": "a | b <b>*c*</b>"}
VERSIONS = {"python": "3.11", "numpy": "2.4"}
AGE = Feature(
    "age_years", "Age", "", "", Side.DEMOGRAPHIC, Kind.YEARS, "years", Sensitivity.SENSITIVE
)
TOWN = Feature("town", "Town", "", "", Side.DEMOGRAPHIC, Kind.CATEGORY, "", Sensitivity.PROXY)


def lenses() -> tuple[LensSpec, LensSpec]:
    """How customers bank, and who they are."""
    how = mixed_lens(k=(2, 3)).model_copy(
        update={"name": HOW, "label": "How they bank", "side": Side.BEHAVIOURAL, "value": "savings"}
    )
    who = LensSpec(
        name=WHO,
        label="Who they are",
        side=Side.DEMOGRAPHIC,
        question="Who are they?",
        features=(LensFeature(name="age_years"), LensFeature(name="channel")),
        k_min=2,
        k_max=2,
    )
    return how, who


@cache
def documented_snapshot() -> SnapshotData:
    """Customers whose town tells how they bank."""
    frame, catalogue = mixed_customers(n=300)
    idle = (frame[["savings", "debt", "transactions"]] == 0).all(axis=1)
    kept = frame[~idle | (idle.cumsum() <= IDLE)].iloc[:200]
    generator = np.random.default_rng(1)
    busy = kept["transactions"].to_numpy() > 20
    town = np.where(busy ^ (generator.random(len(kept)) < 0.1), "north", "south")
    people = kept.assign(age_years=generator.integers(18, 90, len(kept)), town=town)
    data = snapshot_data()
    return replace(
        data,
        features=(*catalogue, AGE, TOWN),
        lenses=lenses(),
        frame=people,
        identities=data.identities.reindex(people.index).fillna(""),
    )


@cache
def documented_run() -> RunResult:
    """What a run of both lenses finds."""
    data = documented_snapshot()
    snapshot = StoredSnapshot(
        SnapshotId(1), data.dataset, data.as_of, data.features, data.lenses, data.frame
    )
    found = [
        with_fairness(snapshot, fit_lens(snapshot, lens, None, seed=3), seed=3, is_fitted=True)
        for lens in data.lenses
    ]
    return RunResult(tuple(found), (), (), (("fit", 0.5),))
