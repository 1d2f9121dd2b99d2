"""The check of a run segments anew with marked columns shuffled, and finds every segment again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.pipeline.fairness import permutation_check
from core.pipeline.results import SegmentationResult, StoredSnapshot
from core.pipeline.steps import fit_lens
from core.readmodels import SnapshotId
from tests.documented import documented_snapshot, lenses


def fitted(components: int | None) -> tuple[StoredSnapshot, SegmentationResult]:
    data = documented_snapshot()
    lens = lenses()[0].model_copy(update={"k_max": 2, "components": components})
    snapshot = StoredSnapshot(
        SnapshotId(1), data.dataset, data.as_of, data.features, (lens,), data.frame
    )
    return snapshot, fit_lens(snapshot, lens, None, seed=3)


@pytest.mark.parametrize("components", [None, 2])
def test_after_a_fit_segments_are_searched_for_anew_and_are_the_same_to_the_last_bit(
    components: int | None,
) -> None:
    snapshot, result = fitted(components)
    check = permutation_check(snapshot, result, seed=9, is_fitted=True)
    assert (check.columns, check.is_refitted) == (("age_years", "town"), True)
    assert check.is_identical
    # With other centroids in the model: only who searches anew comes to the same segments.
    other = tuple(tuple(value + 0.5 for value in row) for row in result.model.centroids)
    moved = replace(result, model=replace(result.model, centroids=other))
    assert permutation_check(snapshot, moved, seed=9, is_fitted=True) == check
    assert not permutation_check(snapshot, moved, seed=9, is_fitted=False).is_identical
