"""Choosing k: the rule on stated scores, and on customers with a known number of groups."""

from __future__ import annotations

import numpy as np
import pytest

from core.pipeline.ports import Cancelled
from core.readmodels import KScore
from core.segmentation.base import Matrix
from core.segmentation.kmeans import KMeans
from core.segmentation.selection import choose, sweep
from tests.core.segmentation.builders import groups


def a_score(
    k: int, *, jaccard: float = 0.9, macro: float = 0.4, smallest: float = 0.1, largest: float = 0.5
) -> KScore:
    return KScore(
        k=k,
        inertia=100.0 / k,
        silhouette=0.4,
        silhouette_macro=macro,
        calinski_harabasz=10.0,
        davies_bouldin=1.0,
        jaccard_min=jaccard,
        jaccard_mean=jaccard,
        smallest_share=smallest,
        largest_share=largest,
        chosen=False,
    )


def matrix_of(seed: int, apart: float, k: int, n: int = 500) -> Matrix:
    return np.ascontiguousarray(groups(seed, apart, k=k, n=n).frame, dtype=np.float32)


def test_the_largest_good_number_is_chosen() -> None:
    k, reason = choose((a_score(3), a_score(4, macro=0.35), a_score(5, jaccard=0.6)))
    assert k == 4
    assert reason == (
        "Of 3 to 5 segments, 4 is the largest number at which every segment is found again when "
        "customers are drawn anew (lowest agreement 0.90, at least 0.75 is wanted), the segments "
        "are told apart about as well as at best (silhouette 0.35, best 0.40) and none is tiny or "
        "holds nearly everyone."
    )


@pytest.mark.parametrize(
    "bad",
    [
        a_score(4, jaccard=0.74),
        a_score(4, macro=0.31),
        a_score(4, smallest=0.02),
        a_score(4, largest=0.75),
    ],
)
def test_a_number_that_fails_any_condition_is_not_chosen(bad: KScore) -> None:
    assert choose((a_score(3), bad))[0] == 3


def test_without_a_good_number_the_most_stable_is_chosen_and_the_reason_says_so() -> None:
    k, reason = choose((a_score(3, jaccard=0.5), a_score(4, jaccard=0.6), a_score(5, jaccard=0.4)))
    assert k == 4
    assert reason.startswith("No number from 3 to 5 gives segments that are all found again")
    assert "With 4 the least certain segment is found again best (agreement 0.60" in reason


def test_a_given_number_is_taken() -> None:
    found = sweep(matrix_of(1, 4.0, 3), 4, 4, seed=1, algorithm=KMeans())
    assert (found.k, len(found.scores)) == (4, 1)
    assert found.reason == "No other number than 4 was tried."


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("k", [3, 4, 5])
def test_the_planted_number_of_separated_groups_is_chosen(k: int, seed: int) -> None:
    found = sweep(matrix_of(seed, 6.0, k), 2, 6, seed=1, algorithm=KMeans())
    assert found.k == k
    assert [score.k for score in found.scores if score.chosen] == [k]
    assert [score.k for score in found.scores] == [2, 3, 4, 5, 6]


def test_progress_is_told_and_can_cancel() -> None:
    told: list[tuple[float, str]] = []

    def progress(fraction: float, step: str) -> None:
        told.append((fraction, step))
        if len(told) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        sweep(matrix_of(1, 4.0, 3), 2, 5, seed=1, algorithm=KMeans(), progress=progress)
    assert told == [(0.0, "Trying 2 segments"), (0.25, "Trying 3 segments")]


def test_the_same_seed_gives_the_same_scores() -> None:
    matrix = matrix_of(3, 2.0, 3, n=300)
    first, second = (sweep(matrix, 2, 3, seed=7, algorithm=KMeans()) for _ in range(2))
    assert first == second


def test_a_few_customers_far_from_all_others_stand_in_the_sample_of_very_many() -> None:
    rng = np.random.default_rng(0)
    crowd = rng.normal(0, 1, (30_000, 2)) + np.repeat([[0, 0], [8, 8]], 15_000, axis=0)
    matrix = np.vstack([crowd, rng.normal(500, 0.1, (3, 2))]).astype(np.float32)
    found = sweep(matrix, 2, 3, seed=1, algorithm=KMeans())
    assert found.scores[1].smallest_share == 3 / len(matrix)
