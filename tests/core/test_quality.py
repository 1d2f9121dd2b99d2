"""A run leaves behind what its segments can be judged by, and a refresh keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from core.pipeline.results import DatasetInfo, PublishedLens, SegmentationResult, StoredSnapshot
from core.pipeline.steps import fit_lens, score_lens
from core.quality import ExemplarKind, Quality
from core.readmodels import SnapshotId
from core.segmentation.nulls import DRAWS
from core.segmentation.selection import STABILITY_DRAWS
from tests.core.segmentation.builders import groups

CUSTOMERS = groups(3, 9.0, k=3, n=240, d=4)
LENS = CUSTOMERS.lens(k=(2, 4))
SNAPSHOT = StoredSnapshot(
    SnapshotId(1),
    DatasetInfo("bank", "Bank", "USD"),
    date(2024, 12, 31),
    CUSTOMERS.features,
    (LENS,),
    CUSTOMERS.frame,
)


@pytest.fixture(scope="module")
def fitted() -> SegmentationResult:
    return fit_lens(SNAPSHOT, LENS, None, seed=1)


@pytest.fixture(scope="module")
def quality(fitted: SegmentationResult) -> Quality:
    assert fitted.quality is not None
    return fitted.quality


def test_the_draws_behind_the_verdict_are_kept(
    fitted: SegmentationResult, quality: Quality
) -> None:
    cloud = next(t for t in fitted.verdict.tests if t.name == "More than one smooth cloud")
    mean = float(np.mean(quality.null_silhouettes))
    assert len(quality.null_silhouettes) == DRAWS
    assert f"silhouette {quality.silhouette:.2f} against {mean:.2f}" in cloud.figure
    for segment, one in zip(fitted.segments, quality.segments, strict=True):
        assert one.segment == segment.number
        assert len(one.jaccards) == STABILITY_DRAWS
        assert np.mean(one.jaccards) == pytest.approx(segment.jaccard, abs=1e-4)
        assert one.sampled == segment.size


def test_planted_groups_are_told_apart_better_than_any_draw_without_groups(
    quality: Quality,
) -> None:
    assert quality.silhouette is not None
    assert quality.silhouette > max(quality.null_silhouettes)
    assert quality.dendrogram is not None
    assert quality.dendrogram.agreement == 1.0


def test_each_segment_stands_against_the_pieces_of_its_rank(quality: Quality) -> None:
    best_first = sorted(quality.segments, key=lambda one: -one.silhouette)
    drawn = np.array([one.null_silhouettes for one in best_first])  # (rank, draw)
    assert drawn.shape == (3, len(quality.null_silhouettes))
    assert (np.diff(drawn, axis=0) <= 0).all()  # each draw's best piece first
    assert (drawn.min(axis=0) <= quality.null_silhouettes).all()
    assert (drawn.max(axis=0) >= quality.null_silhouettes).all()
    assert all(one.beats_null for one in quality.segments)


def test_the_clustergram_ends_in_the_segments_at_the_chosen_number(
    fitted: SegmentationResult, quality: Quality
) -> None:
    drawn = quality.clustergram
    assert drawn is not None
    assert sorted({one.k for one in drawn.groups}) == [2, 3, 4]
    shares = {one.segment: one.share for one in drawn.groups if one.segment is not None}
    assert shares == pytest.approx({s.number: s.share for s in fitted.segments})


def test_every_input_has_an_influence(quality: Quality) -> None:
    assert sorted(one.feature for one in quality.influences) == sorted(LENS.feature_names)
    assert all(0 <= one.changed <= 1 and 0 <= one.eta_squared <= 1 for one in quality.influences)


def test_customers_to_look_at_are_members_with_their_own_values(
    fitted: SegmentationResult,
) -> None:
    medoids = [one for one in fitted.exemplars if one.kind is ExemplarKind.MEDOID]
    assert sorted(one.segment for one in medoids) == [0, 1, 2]
    for one in fitted.exemplars:
        assert fitted.assignments.segment[one.row] == one.segment
        row = CUSTOMERS.frame.iloc[one.row]
        assert dict(one.features) == {name: row[name] for name in LENS.feature_names}


def test_new_customers_keep_the_quality_of_the_fit_and_get_examples_of_their_own(
    fitted: SegmentationResult,
) -> None:
    published = PublishedLens(
        model=fitted.model,
        segments=fitted.segments,
        lens=LENS,
        verdict=fitted.verdict,
        quality=fitted.quality,
    )
    shuffled = replace(SNAPSHOT, frame=CUSTOMERS.frame.iloc[::2])
    scored = score_lens(shuffled, published, seed=1)
    assert scored.quality is fitted.quality
    assert scored.exemplars
    assert all(scored.assignments.segment[one.row] == one.segment for one in scored.exemplars)


def test_the_same_data_and_seed_give_the_same_quality(
    fitted: SegmentationResult, quality: Quality
) -> None:
    again = fit_lens(SNAPSHOT, LENS, None, seed=1)
    assert (again.quality, again.exemplars) == (quality, fitted.exemplars)
