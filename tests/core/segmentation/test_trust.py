"""The verdict: right on customers with and without planted groups, and in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.readmodels import VerdictLevel
from core.segmentation.base import Clustering, Matrix
from core.segmentation.fit import LensFit, segment_lens
from core.segmentation.kmeans import KMeans
from core.segmentation.nulls import NullComparison, NullComparisons
from core.segmentation.trust import assess
from core.segmentation.trust_tests import trust_tests
from core.segmentation.verdict import Evidence, judge
from tests.core.segmentation.builders import (
    Planted,
    groups,
)


def segmented(planted: Planted, seed: int = 1) -> LensFit:
    return segment_lens(planted.frame, planted.features, planted.lens(), seed=seed)


def passed(z: float = 20.0) -> NullComparison:
    return NullComparison(z, 10, 10, 0.4, 0.2)


def failed(z: float = 0.5) -> NullComparison:
    return NullComparison(z, 6, 10, 0.2, 0.2)


GOOD = Evidence(
    nulls=NullComparisons(permuted=passed(), copula=passed()),
    features=6,
    jaccards=(0.95, 0.9, 0.88),
    sizes=(400, 300, 300),
    border=0.01,
    driver=None,
    redundant=(),
    reproduced=True,
)
NO_GROUPS = NullComparisons(permuted=passed(), copula=failed())
NOTHING = NullComparisons(permuted=failed(), copula=failed())


@pytest.mark.parametrize(
    ("evidence", "level", "words"),
    [
        (GOOD, VerdictLevel.STRONG, "The segments are real groups"),
        (
            replace(GOOD, jaccards=(0.95, 0.9, 0.84)),
            VerdictLevel.CARE,
            "the least certain segment is not found again in full (agreement 0.84).",
        ),
        (replace(GOOD, border=0.2), VerdictLevel.CARE, "20% of customers lie at a border"),
        (replace(GOOD, sizes=(500, 460, 40)), VerdictLevel.CARE, "a segment is very small"),
        (replace(GOOD, sizes=(800, 100, 100)), VerdictLevel.CARE, "holds nearly everyone"),
        (
            replace(GOOD, driver=("Balance", 0.97)),
            VerdictLevel.CARE,
            "Balance alone tells nearly every customer’s segment",
        ),
        (
            replace(GOOD, redundant=(("Balance", "Assets", 0.95),)),
            VerdictLevel.CARE,
            "some features say the same twice",
        ),
        (replace(GOOD, nulls=NO_GROUPS), VerdictLevel.WEAK, "repeatable, but their borders"),
        (
            replace(GOOD, nulls=NO_GROUPS, jaccards=(0.9, 0.9, 0.7)),
            VerdictLevel.WEAK,
            "other draws of customers move them",
        ),
        (
            replace(GOOD, jaccards=(0.95, 0.9, 0.59)),
            VerdictLevel.WEAK,
            "not found again in other draws of customers (agreement 0.59)",
        ),
        (replace(GOOD, sizes=(9000, 8000, 90)), VerdictLevel.WEAK, "only 0.5% of customers"),
        (
            replace(GOOD, nulls=NO_GROUPS, jaccards=(0.7, 0.7, 0.8)),
            VerdictLevel.REFUSE,
            "Customers without any groups would be told apart as well",
        ),
        (
            replace(GOOD, nulls=NOTHING, jaccards=(0.8, 0.8, 0.8)),
            VerdictLevel.REFUSE,
            "The features have nothing to do with one another",
        ),
        (
            replace(GOOD, nulls=NOTHING, jaccards=(0.8, 0.8, 0.8), features=1),
            VerdictLevel.WEAK,
            "A cut through a continuum",
        ),
        (
            replace(GOOD, jaccards=(0.95, 0.5, 0.5)),
            VerdictLevel.REFUSE,
            "Only 1 of 3 segments",
        ),
        (replace(GOOD, reproduced=False), VerdictLevel.REFUSE, "gave other segments"),
    ],
)
def test_the_verdict_follows_from_the_evidence(
    evidence: Evidence, level: VerdictLevel, words: str
) -> None:
    found, reason = judge(evidence)
    assert found is level
    assert words in reason
    assert reason.endswith(".")


def test_every_test_has_figure_threshold_reason_and_a_remedy_where_it_fails() -> None:
    bad = replace(
        GOOD,
        nulls=NOTHING,
        jaccards=(0.5, 0.5, 0.5),
        sizes=(960, 20, 20),
        border=0.3,
        driver=("Balance", 0.97),
        redundant=(("Balance", "Assets", -0.95), ("Income", "Rent", 0.93)),
        reproduced=False,
    )
    for evidence, outcome in ((GOOD, True), (bad, False)):
        tests = trust_tests(evidence)
        assert len({test.name for test in tests}) == 8
        for test in tests:
            assert test.passed is outcome
            assert all((test.figure, test.threshold, test.reason))
            assert bool(test.remedy) is not outcome


def test_the_figures_are_in_words() -> None:
    figures = {test.name: test.figure for test in trust_tests(GOOD)}
    assert figures["More than one smooth cloud"] == (
        "Separation 20.0 standard deviations above one cloud with the same distributions and "
        "correlations; better than 10 of 10 draws (silhouette 0.40 against 0.20 on average "
        "of the draws)"
    )
    assert figures["Sensible sizes"] == (
        "When they were found: smallest 300 customers (30.0%), largest 40.0%"
    )
    redundant = replace(GOOD, redundant=(("Balance", "Assets", -0.953),))
    figures = {test.name: test.figure for test in trust_tests(redundant)}
    assert figures["No feature counted twice"] == "Nearly the same: Balance and Assets (-0.95)"


@pytest.mark.parametrize(
    ("name", "evidence", "printed"),
    [
        ("Found again", replace(GOOD, jaccards=(0.9, 0.8496)), "segment 0.8496, on average 0.87"),
        ("Found again", replace(GOOD, jaccards=(0.9, 0.85)), "segment 0.85, on average"),
        ("Found again", replace(GOOD, jaccards=(0.9, 0.59999999)), "segment just under 0.60, on"),
        ("Clear borders", replace(GOOD, border=0.0603), "6.03% of customers"),
        ("Sensible sizes", replace(GOOD, sizes=(7004, 2700, 296)), "(2.96%), largest 70.04%"),
        (
            "More than one smooth cloud",
            replace(GOOD, nulls=NullComparisons(passed(), NullComparison(2.96, 10, 10, 0.3, 0.2))),
            "Separation 2.96 standard deviations",
        ),
    ],
)
def test_no_figure_is_rounded_onto_the_limit_that_it_misses(
    name: str, evidence: Evidence, printed: str
) -> None:
    figures = {test.name: test.figure for test in trust_tests(evidence)}
    assert printed in figures[name]


def test_the_verdict_calls_a_segment_as_its_band_does() -> None:
    said = [
        judge(replace(GOOD, jaccards=(0.95, 0.9, least)))[1] for least in (0.8496, 0.75, 0.7499)
    ]
    assert [
        words.removeprefix("There are real groups, but the least certain ") for words in said
    ] == [
        "segment is not found again in full (agreement 0.8496).",
        "segment is not found again in full (agreement 0.75).",
        "segment has uncertain members (agreement 0.7499).",
    ]


class Forgetful(KMeans):
    """A k-means that uses another seed each time."""

    calls = 0

    def fit(self, matrix: Matrix, k: int, *, seed: int, restarts: int) -> Clustering:
        type(self).calls += 1
        found = KMeans().fit(matrix, k, seed=seed, restarts=restarts)
        flipped = np.roll(found.labels, self.calls)
        return replace(found, labels=flipped)


def test_what_cannot_be_reproduced_must_not_be_used() -> None:
    matrix = np.ascontiguousarray(groups(1, 6.0, n=300).frame, dtype=np.float32)
    found = KMeans().fit(matrix, 4, seed=1, restarts=5)
    names = [f"input_{i}" for i in range(6)]
    honest = assess(matrix, names, found, KMeans(), seed=1, restarts=5)
    assert honest.evidence.reproduced
    report = assess(matrix, names, found, Forgetful(), seed=1, restarts=5)
    assert report.verdict.level is VerdictLevel.REFUSE
    assert not report.evidence.reproduced


def test_a_lens_with_one_feature_is_judged_without_a_z_that_means_nothing() -> None:
    planted = groups(1, 6.0, n=300, d=1, k=3)
    verdict = segmented(planted).trust.verdict
    assert verdict.level in (VerdictLevel.WEAK, VerdictLevel.REFUSE)
    assert not any(test.passed for test in verdict.tests if test.name == "More than one feature")


def test_the_same_data_and_seed_give_the_same_report() -> None:
    matrix = np.ascontiguousarray(groups(7, 3.0, n=200).frame, dtype=np.float32)
    found = KMeans().fit(matrix, 3, seed=1, restarts=5)
    names = [f"input_{i}" for i in range(6)]
    first, second = (assess(matrix, names, found, KMeans(), seed=1, restarts=5) for _ in range(2))
    assert first == second
