"""No shipped lens hangs on an attribute that it must not use: shuffled, not one bit changes.

Every step of a fit is done again on the shuffled customers: who takes part, preparation, search for
clusters, order of the segments.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest

from core.features.base import Feature
from core.features.build import build_features
from core.insight.fairness import columns_not_used, shuffled
from core.insight.summaries import order_segments
from core.lens import LensSpec
from core.pipeline.eligibility import eligible_rows
from core.preparation import fit_preparation
from core.rule_groups import groups_of
from core.segmentation.fit import active_rows
from core.segmentation.grouping_rules import learn_groups
from core.segmentation.registry import algorithm_named
from core.sources.canonical import read_source
from core.sources.demo.registry import DEMOS
from core.sources.spec import catalogue, load_spec

CUSTOMERS = 300
LENSES = [
    pytest.param(name, lens, id=f"{name}-{lens.name}")
    for name in catalogue()
    for lens in load_spec(name).lenses
]


@cache
def customers(source: str) -> tuple[pd.DataFrame, tuple[Feature, ...]]:
    """Demo customers of a source with their features."""
    with TemporaryDirectory() as folder:
        truth = DEMOS[source](Path(folder), customers=CUSTOMERS)  # type: ignore[call-arg]
        with read_source(load_spec(source), Path(folder), as_of=truth.as_of) as read:
            return build_features(read.tables)


def fingerprint(frame: pd.DataFrame, features: tuple[Feature, ...], lens: LensSpec) -> str:
    """Return the sha256 of everybody's segment and of the matrix that they were found in."""
    eligible = eligible_rows(frame, lens)
    part = frame[eligible]
    if lens.grouping is not None:
        groups = learn_groups(part, lens)
        segment = groups_of(groups, {name: part[name].to_numpy() for name in groups.features})
        matrix = fit_preparation(part, features, lens).transform(part)
    else:
        active = active_rows(part, lens)
        matrix = fit_preparation(part[active], features, lens).transform(part[active])
        found = algorithm_named(lens.algorithm).fit(matrix, lens.k_min, seed=0, restarts=3)
        cluster = np.full(len(part), -1)
        cluster[active] = found.labels
        value = None if lens.value is None else part[lens.value].to_numpy(dtype=np.float64)
        segment = order_segments(cluster, value, per_customer=bool(lens.tiers))[cluster]
    parts = (eligible.tobytes(), matrix.tobytes(), np.asarray(segment, dtype="<i8").tobytes())
    return hashlib.sha256(b"".join(parts)).hexdigest()


@pytest.mark.parametrize(("source", "lens"), LENSES)
def test_shuffling_what_a_lens_must_not_use_changes_not_one_bit(
    source: str, lens: LensSpec
) -> None:
    frame, features = customers(source)
    other = shuffled(frame, columns_not_used(features, lens), seed=7)
    assert fingerprint(other, features, lens) == fingerprint(frame, features, lens)


@pytest.mark.parametrize(("source", "lens"), LENSES)
def test_shuffling_an_input_does_change_the_segments(source: str, lens: LensSpec) -> None:
    frame, features = customers(source)
    other = shuffled(frame, lens.feature_names[:1], seed=7)
    assert fingerprint(other, features, lens) != fingerprint(frame, features, lens)


def test_there_are_marked_attributes_to_shuffle() -> None:
    shuffled_somewhere = {
        name for name in catalogue()
        if any(columns_not_used(customers(name)[1], lens) for lens in load_spec(name).lenses)
    }  # fmt: skip
    assert {"bank", "wealth"} <= shuffled_somewhere
