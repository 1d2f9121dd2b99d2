"""From evidence to a verdict: Strong, Usable with care, Weak or Do not use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from core.readmodels import VerdictLevel
from core.segmentation.held_against import held_against
from core.segmentation.nulls import NullComparisons
from core.segmentation.stability import HIGHLY_STABLE, STABLE, UNCERTAIN

TINY_SHARE = 0.01
SMALL_SHARE = 0.03
SMALL_SIZE = 50
LARGE_SHARE = 0.70
BORDER_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured of a segmentation; ``jaccards`` and ``sizes`` are per cluster."""

    nulls: NullComparisons
    features: int
    jaccards: tuple[float, ...]
    sizes: tuple[int, ...]
    border: float
    driver: tuple[str, float] | None
    redundant: tuple[tuple[str, str, float], ...]
    reproduced: bool

    def with_reproduction(self, reproduced: bool) -> Self:
        """Return the same evidence with the outcome of running everything again."""
        return replace(self, reproduced=reproduced)

    @property
    def jaccard_min(self) -> float:
        """The least stable segment's."""
        return min(self.jaccards)

    @property
    def jaccard_mean(self) -> float:
        """The average segment's."""
        return sum(self.jaccards) / len(self.jaccards)

    @property
    def shares(self) -> tuple[float, ...]:
        """Sizes as shares."""
        return tuple(size / sum(self.sizes) for size in self.sizes)

    @property
    def beats_nulls(self) -> bool:
        """Whether the groups are more than unrelated inputs and more than one smooth cloud."""
        return self.nulls.permuted.passed and self.nulls.copula.passed

    @property
    def has_small_segment(self) -> bool:
        """Whether a segment is too small to rely on its figures."""
        return min(self.shares) < SMALL_SHARE or min(self.sizes) < SMALL_SIZE

    @property
    def has_large_segment(self) -> bool:
        """Whether a segment holds nearly everyone."""
        return max(self.shares) > LARGE_SHARE

    @property
    def usable(self) -> int:
        """How many segments are neither tiny nor chance finds."""
        return sum(
            jaccard >= UNCERTAIN and share >= TINY_SHARE
            for jaccard, share in zip(self.jaccards, self.shares, strict=True)
        )


def judge(evidence: Evidence) -> tuple[VerdictLevel, str]:
    """Return the verdict and its reason as a sentence.

    Bands of stability are Hennig's (2007), Cluster-wise assessment of cluster stability.

    >>> from core.segmentation.nulls import NullComparison
    >>> clear = NullComparison(30.0, 10, 10, silhouette=0.6, null_silhouette=0.3)
    >>> evidence = Evidence(
    ...     NullComparisons(clear, clear),
    ...     features=4,
    ...     jaccards=(0.97, 0.7),
    ...     sizes=(600, 400),
    ...     border=0.01,
    ...     driver=None,
    ...     redundant=(),
    ...     reproduced=True,
    ... )
    >>> judge(evidence)[1]
    'There are real groups, but the least certain segment has uncertain members (agreement 0.70).'
    """
    for decide in (_refusal, _weakness, _caution):
        reason = decide(evidence)
        if reason:
            return _LEVELS[decide.__name__], reason
    return (
        VerdictLevel.STRONG,
        (
            "The segments are real groups: far better told apart than chance or one smooth cloud "
            "would be, found again in other draws of customers, with clear borders and sensible "
            "sizes."
        ),
    )


_LEVELS = {
    "_refusal": VerdictLevel.REFUSE,
    "_weakness": VerdictLevel.WEAK,
    "_caution": VerdictLevel.CARE,
}


def _refusal(evidence: Evidence) -> str:
    if not evidence.reproduced:
        return "Running the same data with the same seed again gave other segments."
    if evidence.usable < 2:
        return (
            f"Only {evidence.usable} of {len(evidence.sizes)} segments can be found again in other "
            "draws of customers and is not tiny; at least two are needed."
        )
    nothing = not evidence.nulls.copula.passed
    if nothing and evidence.jaccard_mean < STABLE:
        return (
            "Customers without any groups would be told apart as well, and other draws of "
            f"customers give other segments (agreement {evidence.jaccard_mean:.2f} on average)."
        )
    # Two unrelated inputs cut into quarters are found again fairly often, and still are chance.
    unrelated = not evidence.nulls.permuted.passed and evidence.features > 1
    if nothing and unrelated and evidence.jaccard_mean < HIGHLY_STABLE:
        return (
            "The features have nothing to do with one another, and customers without any groups "
            "would be told apart as well."
        )
    return ""


def _weakness(evidence: Evidence) -> str:
    if not evidence.beats_nulls:
        repeatable = evidence.jaccard_min >= STABLE
        return (
            "A cut through a continuum: the segments are repeatable, but their borders are "
            "arbitrary."
            if repeatable
            else "A cut through a continuum: the borders are arbitrary, and other draws of "
            "customers move them."
        )
    if evidence.jaccard_min < UNCERTAIN:
        return (
            "There are groups, but at least one segment is not found again in other draws of "
            f"customers (agreement {held_against(evidence.jaccard_min, UNCERTAIN)})."
        )
    if min(evidence.shares) < TINY_SHARE:
        return (
            "There are groups, but one segment holds only "
            f"{held_against(min(evidence.shares), TINY_SHARE, decimals=1, percent=True)} "
            "of customers."
        )
    return ""


def _caution(evidence: Evidence) -> str:
    warnings = []
    if evidence.jaccard_min < HIGHLY_STABLE:
        least = held_against(evidence.jaccard_min, HIGHLY_STABLE, STABLE, UNCERTAIN)
        how = (
            "is not found again in full"
            if evidence.jaccard_min >= STABLE
            else ("has uncertain members")
        )
        warnings.append(f"the least certain segment {how} (agreement {least})")
    if evidence.border > BORDER_SHARE:
        border = held_against(evidence.border, BORDER_SHARE, decimals=0, percent=True)
        warnings.append(f"{border} of customers lie at a border between two segments")
    if evidence.has_small_segment or evidence.has_large_segment:
        warnings.append("a segment is very small or holds nearly everyone")
    if evidence.driver is not None:
        warnings.append(f"{evidence.driver[0]} alone tells nearly every customer’s segment")
    if evidence.redundant:
        warnings.append("some features say the same twice")
    return f"There are real groups, but {listed(warnings)}." if warnings else ""


def listed(items: list[str]) -> str:
    """Return items as "a", "a and b" or "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
