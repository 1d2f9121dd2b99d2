"""The verdict on groups by rule: what can be tested of them, and what cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.readmodels import TrustTest, Verdict, VerdictLevel
from core.segmentation.stability import STABLE, UNCERTAIN
from core.segmentation.verdict import SMALL_SIZE

SAME_SCORE = 0.5  # a feature with which more than this share has one score tells few apart


@dataclass(frozen=True, slots=True)
class GroupReport:
    """The verdict; per group, how well it is found again with cut points from other draws.

    ``jaccard`` is the mean over ``draws``.
    """

    verdict: Verdict
    jaccard: tuple[float, ...]
    draws: tuple[tuple[float, ...], ...] = ()


def group_verdict(
    sizes: NDArray[np.int64],
    jaccards: Sequence[float],
    levels: Mapping[str, tuple[float, ...]],
) -> GroupReport:
    """Return the verdict on groups by rule: never better than *Usable with care*.

    Whether customers form groups is not asked: a rule divides anybody. Tested are whether other
    draws of customers give the same cut points, whether scores tell customers apart, and sizes.

    Parameters
    ----------
    sizes : customers per group
    jaccards : per group, how well it is found again with cut points from other draws
    levels : per feature (by its label), the share of customers with each score, lowest first
    """
    flat = {name: max(shares) for name, shares in levels.items() if max(shares) > SAME_SCORE}
    worst = min(jaccards)
    level = VerdictLevel.WEAK if worst < UNCERTAIN else VerdictLevel.CARE
    reason = (
        "Groups by rule: the borders are drawn at fifths, and say nothing about whether customers "
        "form groups"
    )
    if flat:
        name, share = max(flat.items(), key=lambda item: (item[1], item[0]))
        reason += f"; {share:.0%} of customers have one score of {name}"
    if worst < UNCERTAIN:
        reason += f"; other draws of customers move the borders (agreement {worst:.2f})"
    tests = (
        TrustTest(
            "Found in the data",
            False,
            "Not found but made: fifths of each feature",
            "Groups that customers form by themselves",
            "A rule divides any customers, alike or not.",
            "Use a lens that clusters to learn whether there are groups.",
        ),
        TrustTest(
            "Everybody in one group",
            True,
            f"All 125 combinations of scores belong to one of {len(sizes)} groups",
            "Exhaustive and disjoint",
            "The rule leaves nobody out and puts nobody into two groups.",
            "",
        ),
        _cut_test(worst),
        _level_test(levels, flat),
        _size_test(sizes),
    )
    return GroupReport(Verdict(level, f"{reason}.", tests), tuple(jaccards))


def _cut_test(worst: float) -> TrustTest:
    passed = worst >= STABLE
    return TrustTest(
        "The same cut points in other draws",
        passed,
        f"Least certain group: agreement {worst:.2f}",
        f"At least {STABLE:.2f}",
        "Other draws of customers give about the same groups."
        if passed
        else "Other draws of customers put many into another group.",
        "" if passed else "Read neighbouring groups together.",
    )


def _level_test(levels: Mapping[str, tuple[float, ...]], flat: Mapping[str, float]) -> TrustTest:
    used = {name: int(np.count_nonzero(shares)) for name, shares in levels.items()}
    return TrustTest(
        "Scores tell customers apart",
        not flat,
        "; ".join(
            f"{name}: {used[name]} of 5 scores, {max(shares):.0%} have the commonest"
            for name, shares in levels.items()
        ),
        f"No score that more than {SAME_SCORE:.0%} of customers have",
        "Each feature divides the customers."
        if not flat
        else f"Nearly alike for most customers: {', '.join(flat)}.",
        "" if not flat else "Read the groups by the other features.",
    )


def _size_test(sizes: NDArray[np.int64]) -> TrustTest:
    small = int((sizes < SMALL_SIZE).sum())
    return TrustTest(
        "Sizes",
        small == 0,
        f"Smallest group: {int(sizes.min()):,} customers",
        f"At least {SMALL_SIZE}",
        "Every group is large enough for its figures."
        if not small
        else f"{small} of {len(sizes)} groups are too small to rely on their figures.",
        "" if not small else "Do not compare figures of the small groups.",
    )
