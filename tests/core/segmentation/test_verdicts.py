"""The verdict on customers whose groups, or lack of them, are known: right on every seed.

None of the seeds was used to tune a threshold. Two of each kind run always; all twenty with
``CLIENTELE_VERDICT_SEEDS=20 pytest tests/core/segmentation/test_verdicts.py``.
"""

from __future__ import annotations

import os

import pytest
from sklearn.metrics import adjusted_mutual_info_score

from core.readmodels import VerdictLevel
from core.segmentation.fit import LensFit, segment_lens
from tests.core.segmentation.builders import (
    Planted,
    correlated_cloud,
    groups,
    heavy_tails,
    isotropic_noise,
)

SEEDS = range(201, 201 + int(os.environ.get("CLIENTELE_VERDICT_SEEDS", "2")))
AT_BEST_WEAK = (VerdictLevel.WEAK, VerdictLevel.REFUSE)

pytestmark = [pytest.mark.parametrize("seed", SEEDS), pytest.mark.slow]


def segmented(planted: Planted) -> LensFit:
    return segment_lens(planted.frame, planted.features, planted.lens(), seed=1)


def test_noise_must_not_be_used(seed: int) -> None:
    assert segmented(isotropic_noise(seed)).trust.verdict.level is VerdictLevel.REFUSE


def test_one_cloud_is_never_better_than_weak(seed: int) -> None:
    verdict = segmented(correlated_cloud(seed)).trust.verdict
    assert verdict.level in AT_BEST_WEAK
    failed = {test.name for test in verdict.tests if not test.passed}
    assert "More than one smooth cloud" in failed
    assert "More than unrelated features" not in failed


def test_heavy_tails_are_never_better_than_weak(seed: int) -> None:
    assert segmented(heavy_tails(seed)).trust.verdict.level in AT_BEST_WEAK


def test_overlapping_groups_are_usable_with_care(seed: int) -> None:
    assert segmented(groups(seed, 2.75)).trust.verdict.level is VerdictLevel.CARE


def test_separated_groups_are_strong_and_recovered(seed: int) -> None:
    planted = groups(seed, 6.0)
    fit = segmented(planted)
    assert fit.trust.verdict.level is VerdictLevel.STRONG
    assert adjusted_mutual_info_score(planted.truth, fit.clustering.labels) >= 0.9
    assert all(test.passed for test in fit.trust.verdict.tests)
    assert min(fit.trust.jaccard) >= 0.85
