"""Groups of too few customers: what a document says in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.document.facts import LensFacts, RunFacts
from core.document.figures import whole
from core.readmodels import KScore, SegmentSummary, TrustTest

_COUNTS_CUSTOMERS = re.compile(r"\d customers?\b")


def hidden(lens: LensFacts, smallest: int) -> tuple[SegmentSummary, ...]:
    """Return the segments that are not described."""
    return tuple(segment for segment in lens.segments if segment.size < smallest)


def shown(lens: LensFacts, smallest: int) -> tuple[SegmentSummary, ...]:
    """Return the segments that are described."""
    return tuple(segment for segment in lens.segments if segment.size >= smallest)


def can_be_subtracted(lens: LensFacts, smallest: int) -> bool:
    """Return whether exact sizes of the others would tell how many customers are not described."""
    return 0 < sum(segment.size for segment in hidden(lens, smallest)) < smallest


def without_names(sentence: str, segments: Sequence[SegmentSummary]) -> str:
    """Return a sentence that names, in quotes, none of the segments.

    >>> without_names("All is well.", ())
    'All is well.'
    """
    for segment in segments:
        sentence = re.sub(f"“{re.escape(segment.name)}”", "a small group", sentence)
    return sentence


def guarded_tests(lens: LensFacts, smallest: int) -> tuple[TrustTest, ...]:
    """Return the tests behind the verdict.

    Where a group is not described, figures that count customers are left out: they can be its size.
    """
    if not hidden(lens, smallest):
        return lens.verdict.tests
    said = f"Not shown: a segment has fewer than {smallest} customers"
    return tuple(
        replace(test, figure=said) if _COUNTS_CUSTOMERS.search(test.figure) else test
        for test in lens.verdict.tests
    )


def share_is_shown(share: float, lens: LensFacts, smallest: int) -> bool:
    """Return whether a share of the clustered customers stands for enough of them."""
    return share * lens.model.trained_on >= smallest - 0.5


def model_is_shown(lens: LensFacts, smallest: int) -> bool:
    """Return whether every group of the model has enough customers, now and when it was fitted.

    A model keeps the middle and the distances of each of its groups: of one customer, their row.
    """
    chosen = [score.smallest_share for score in lens.scores if score.chosen]
    is_large = all(share_is_shown(share, lens, smallest) for share in chosen)
    return is_large and not hidden(lens, smallest)


def largest_is_shown(score: KScore, lens: LensFacts, smallest: int) -> bool:
    """Return whether the largest share may be told: of two, it tells the smallest."""
    return score.k > 2 or share_is_shown(score.smallest_share, lens, smallest)


def people(count: int, facts: RunFacts) -> str:
    """Return a count of customers; of a few only that they are few, of none that there are none."""
    if 0 < count < facts.smallest:
        return f"fewer than {facts.smallest}"
    return whole(count)
