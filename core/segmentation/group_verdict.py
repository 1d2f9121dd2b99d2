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
OFF_SHARE = 0.05  # of customers that a tier may have more or fewer than stated


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
    *,
    borders: str,
    everybody: str,
    spread: TrustTest,
) -> GroupReport:
    """Return the verdict on groups by rule: never better than *Usable with care*.

    Whether customers form groups is not asked: a rule divides anybody, so nothing is said of
    separation. Tested are whether other draws of customers give the same cut points, how the rule
    spreads customers, and sizes.

    Parameters
    ----------
    sizes : customers per group
    jaccards : per group, how well it is found again with cut points from other draws
    borders : where the rule draws them, after "the borders are drawn"
    everybody : how the rule gives everybody exactly one group
    spread : how the rule spreads customers (`scores_apart`, `shares_as_stated`)
    """
    worst = min(jaccards)
    level = VerdictLevel.WEAK if worst < UNCERTAIN else VerdictLevel.CARE
    reason = (
        f"Groups by rule: the borders are drawn {borders}, and say nothing about whether customers "
        "form groups by themselves"
    )
    if not spread.passed:
        reason += f"; {spread.reason[0].lower()}{spread.reason[1:].rstrip('.')}"
    if worst < UNCERTAIN:
        reason += f"; other draws of customers move the borders (agreement {worst:.2f})"
    tests = (
        TrustTest(
            "Everybody in one group",
            True,
            everybody,
            "Exhaustive and disjoint",
            "The rule leaves nobody out and puts nobody into two groups.",
            "",
        ),
        _cut_test(worst),
        spread,
        _size_test(sizes),
    )
    return GroupReport(Verdict(level, f"{reason}.", tests), tuple(jaccards))


def scores_apart(levels: Mapping[str, tuple[float, ...]]) -> TrustTest:
    """Return whether the scores of each feature tell customers apart.

    Parameters
    ----------
    levels : per feature (by its label), the share of customers with each score, lowest first

    Examples
    --------
    >>> scores_apart({"Orders": (0.9, 0.0, 0.0, 0.0, 0.1)}).reason
    '90% of customers have one score of Orders.'
    """
    flat = {name: max(shares) for name, shares in levels.items() if max(shares) > SAME_SCORE}
    reason = "Each feature divides the customers."
    if flat:
        name, share = max(flat.items(), key=lambda item: (item[1], item[0]))
        others = [other for other in flat if other != name]
        also = f", and most have one of {', '.join(others)}" if others else ""
        reason = f"{share:.0%} of customers have one score of {name}{also}."
    return TrustTest(
        "Scores tell customers apart",
        not flat,
        "; ".join(
            f"{name}: {np.count_nonzero(shares)} of {len(shares)} scores, {max(shares):.0%} have "
            "the commonest"
            for name, shares in levels.items()
        ),
        f"No score that more than {SAME_SCORE:.0%} of customers have",
        reason,
        "" if not flat else "Read the groups by the other features.",
    )


def shares_as_stated(
    names: Sequence[str], stated: Sequence[float], sizes: NDArray[np.int64]
) -> TrustTest:
    """Return whether each tier has the share of customers that is stated for it.

    Customers of one value stay together, in the lower tier: where many have the same value (none,
    mostly), tiers are larger or smaller than stated.

    Examples
    --------
    >>> shares_as_stated(["VIP", "Low"], [0.5, 0.5], np.array([20, 80])).reason
    'VIP has 20% of customers instead of 50%: many have the same value, and they stay together.'
    """
    shares = [float(size) / max(int(sizes.sum()), 1) for size in sizes]
    off = {
        name: (share, wanted)
        for name, share, wanted in zip(names, shares, stated, strict=True)
        if abs(share - wanted) > OFF_SHARE
    }
    reason = "The tiers are as large as the rule states."
    if off:
        name, (share, wanted) = next(iter(off.items()))
        reason = (
            f"{name} has {share:.0%} of customers instead of {wanted:.0%}: many have the same "
            "value, and they stay together."
        )
    return TrustTest(
        "Tiers as large as stated",
        not off,
        ", ".join(f"{name} {share:.0%}" for name, share in zip(names, shares, strict=True)),
        ", ".join(f"{name} {wanted:.0%}" for name, wanted in zip(names, stated, strict=True)),
        reason,
        "" if not off else "Read the lowest tiers as one, or state other shares.",
    )


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
