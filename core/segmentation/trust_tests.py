"""The tests behind a verdict in words: what was measured, what is wanted, why, what to do."""

from __future__ import annotations

from core.readmodels import TrustTest
from core.segmentation.evidence import SAME_LABELS
from core.segmentation.held_against import held_against
from core.segmentation.nulls import NEEDED_Z, NullComparison
from core.segmentation.stability import HIGHLY_STABLE, STABLE, UNCERTAIN
from core.segmentation.verdict import (
    BORDER_SHARE,
    LARGE_SHARE,
    SMALL_SHARE,
    SMALL_SIZE,
    Evidence,
    listed,
)


def trust_tests(evidence: Evidence) -> tuple[TrustTest, ...]:
    """Return the tests behind the verdict, in words."""
    return (
        _null_test(
            "More than unrelated features",
            evidence.nulls.permuted,
            "the same features with their connections cut",
            "Choose features that have to do with one another.",
        ),
        _null_test(
            "More than one smooth cloud",
            evidence.nulls.copula,
            "one cloud with the same distributions and correlations",
            "Treat the segments as bands of a continuum, or choose features in which customers "
            "really differ in kind.",
        ),
        _stability_test(evidence),
        _border_test(evidence),
        _size_test(evidence),
        _driver_test(evidence),
        _redundancy_test(evidence),
        _reproduction_test(evidence),
    )


def _null_test(name: str, comparison: NullComparison, what: str, remedy: str) -> TrustTest:
    z = held_against(comparison.z, NEEDED_Z, decimals=1)
    return TrustTest(
        name=name,
        passed=comparison.passed,
        figure=(
            f"Separation {z} standard deviations above {what}; better than {comparison.exceeded} "
            f"of {comparison.draws} draws (silhouette {comparison.silhouette:.2f} against "
            f"{comparison.null_silhouette:.2f} on average of the draws)"
        ),
        threshold=f"At least {NEEDED_Z:.0f} standard deviations, and better than every draw",
        reason=(
            "The customers form groups that such data would not show."
            if comparison.passed
            else "Such data, which have no groups, are told apart about as well."
        ),
        remedy="" if comparison.passed else remedy,
    )


def _stability_test(evidence: Evidence) -> TrustTest:
    passed = evidence.jaccard_min >= HIGHLY_STABLE
    least = held_against(evidence.jaccard_min, HIGHLY_STABLE, STABLE, UNCERTAIN)
    if passed:
        reason = "Other draws of customers give the same segments."
    elif evidence.jaccard_min >= STABLE:
        reason = "Other draws of customers give nearly the same segments."
    elif evidence.jaccard_min >= UNCERTAIN:
        reason = "The pattern returns in other draws of customers, but members at the edge change."
    else:
        reason = "At least one segment does not return in other draws of customers."
    return TrustTest(
        name="Found again",
        passed=passed,
        figure=(
            f"Agreement of the least certain segment {least}, "
            f"on average {evidence.jaccard_mean:.2f}"
        ),
        threshold=(
            f"{HIGHLY_STABLE:.2f} for every segment; under {UNCERTAIN:.2f} one is not to be trusted"
        ),
        reason=reason,
        remedy="" if passed else "Try fewer segments, or leave features out that add only noise.",
    )


def _border_test(evidence: Evidence) -> TrustTest:
    passed = evidence.border <= BORDER_SHARE
    border = held_against(evidence.border, BORDER_SHARE, decimals=1, percent=True)
    return TrustTest(
        name="Clear borders",
        passed=passed,
        figure=f"{border} of customers lie at a border between two segments",
        threshold=f"At most {BORDER_SHARE:.0%}",
        reason=(
            "Nearly everyone clearly belongs to one segment."
            if passed
            else "The groups overlap: some customers could as well belong to the next segment."
        ),
        remedy=""
        if passed
        else "Look at the margin before treating a single customer differently.",
    )


def _size_test(evidence: Evidence) -> TrustTest:
    smallest, largest = min(evidence.shares), max(evidence.shares)
    small, large = evidence.has_small_segment, evidence.has_large_segment
    reason = "Every segment is large enough to act on, and none holds nearly everyone."
    remedy = ""
    if small:
        reason = "One segment is too small to rely on its figures."
        remedy = "Try fewer segments, or cap the feature that sets these few apart."
    if large:
        reason = "One segment holds nearly everyone."
        remedy = "Try more segments, or take logarithms of very uneven features."
    return TrustTest(
        name="Sensible sizes",
        passed=not small and not large,
        figure=(
            f"When they were found: smallest {min(evidence.sizes):,} customers "
            f"({held_against(smallest, SMALL_SHARE, decimals=1, percent=True)}), largest "
            f"{held_against(largest, LARGE_SHARE, decimals=1, percent=True)}"
        ),
        threshold=(
            f"Smallest at least {SMALL_SHARE:.0%} and {SMALL_SIZE} customers, "
            f"largest at most {LARGE_SHARE:.0%}"
        ),
        reason=reason,
        remedy=remedy,
    )


def _driver_test(evidence: Evidence) -> TrustTest:
    if evidence.driver is None:
        figure, reason, remedy = (
            "No feature alone tells nearly every customer’s segment",
            "The segments come from several features together.",
            "",
        )
    else:
        name, share = evidence.driver
        figure = (
            f"{name} alone tells the segment of {share:.0%} of customers, the other features "
            f"together of under {SAME_LABELS:.0%}"
        )
        reason = f"Who knows {name} knows the segment: these are really bands of it."
        remedy = f"Call them bands of {name}, lower its weight, or leave it out."
    return TrustTest(
        name="More than one feature",
        passed=evidence.driver is None,
        figure=figure,
        threshold=f"Under {SAME_LABELS:.0%}, or as many are told without it",
        reason=reason,
        remedy=remedy,
    )


def _redundancy_test(evidence: Evidence) -> TrustTest:
    pairs = [f"{a} and {b} ({rho:+.2f})" for a, b, rho in evidence.redundant]
    return TrustTest(
        name="No feature counted twice",
        passed=not pairs,
        figure=f"Nearly the same: {listed(pairs)}"
        if pairs
        else "No two features are nearly the same",
        threshold="No correlation beyond 0.9, within segments too",
        reason=(
            "What they have in common counts twice in every distance."
            if pairs
            else "Every feature adds something of its own."
        ),
        remedy="Keep one of each pair." if pairs else "",
    )


def _reproduction_test(evidence: Evidence) -> TrustTest:
    return TrustTest(
        name="Repeatable",
        passed=evidence.reproduced,
        figure="Identical" if evidence.reproduced else "Different",
        threshold="Identical segments from the same data and seed",
        reason=(
            "The same data and seed give the same segments."
            if evidence.reproduced
            else "The same data and seed gave other segments."
        ),
        remedy="" if evidence.reproduced else "Report this: it should never happen.",
    )
