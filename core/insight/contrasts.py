"""What tells a segment from the segments it is alike to, in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.features.base import Kind
from core.insight.phrases import Described, Phrase
from core.insight.wording import noun
from core.readmodels import Differentiator

_APART = 0.2  # least difference between two segments that tells them apart (near Cliff's delta)
_MIDDLE = 15.0  # points around the 50th percentile that are "average"
_AVERAGE_EFFECT = 0.1  # what "average" is worth: less than any difference from everyone
_SUPERLATIVE = 0.95  # worth of a superlative against the plain word
_SUPERLATIVES = {
    "older": "oldest",
    "younger": "youngest",
    "high": "highest",
    "low": "lowest",
    "large": "largest",
    "small": "smallest",
    "long": "longest",
    "short": "shortest",
    "many": "the most",
    "much": "the most",
    "few": "the fewest",
    "little": "the least",
}

Phrases = Mapping[int, Sequence[Phrase]]


@dataclass(frozen=True, slots=True)
class Contrasts:
    """How the segments of a view stand to one another.

    ``phrases`` are what is true of each segment against everyone else; ``described`` has where its
    members stand among all customers, ``shares`` how many of them have a level or a flag.
    """

    phrases: Phrases
    described: Described
    shares: Mapping[tuple[int, str, str], float]

    def alike(self, parts: Sequence[Phrase], segment: int) -> int:
        """Return of how many other segments all the parts are true as well."""
        others = (other for other in self.phrases if other != segment)
        return sum(all(self._is_true(part, segment, other) for part in parts) for other in others)

    def superlatives(self, segment: int) -> list[Phrase]:
        """Return "oldest" of the older ones: where the plain words are said of others as well.

        The segment's place among all customers must be clearly beyond that of all others, those by
        rule included. They are worth a little less than the plain words, which do where nothing is
        alike.
        """
        extremes = (self._superlative(said, segment) for said in self.phrases[segment])
        return [extreme for extreme in extremes if extreme is not None]

    def averages(self, segment: int) -> list[Phrase]:
        """Return "average age" and the like: what is said of another segment, but not of this.

        Its members, and the typical one among them, must be in the middle of all customers.
        """
        spoken = {p.feature.name: p.feature for said in self.phrases.values() for p in said}
        for said in self.phrases[segment]:
            spoken.pop(said.feature.name, None)
        return [
            Phrase(f"average {noun(feature)}", feature, _AVERAGE_EFFECT)
            for feature in spoken.values()
            if feature.is_numeric
            and feature.kind is not Kind.FLAG
            and self._is_average(segment, feature.name)
        ]

    def _superlative(self, said: Phrase, segment: int) -> Phrase | None:
        first, _, rest = said.words.partition(" ")
        place = self._place(segment, said.feature.name)
        if said.level or first not in _SUPERLATIVES or place is None:
            return None
        sign = 1 if said.effect > 0 else -1
        rivals = [
            self._place(other, said.feature.name)
            for other, phrases in self.phrases.items()
            if other != segment and any(p.words == said.words for p in phrases)
        ]
        known = [
            one.percentile
            for (other, feature), one in self.described.items()
            if feature == said.feature.name and other not in (None, segment)
        ]
        others = rivals + [one for one in known if one is not None]  # None: nobody has a value
        if not rivals or any(r is None or sign * (place - r) < 50 * _APART for r in others):
            return None
        words = f"{_SUPERLATIVES[first]} {rest}".rstrip()
        return replace(said, words=words, effect=_SUPERLATIVE * said.effect)

    def _is_average(self, segment: int, feature: str) -> bool:
        here, everyone = (self.described.get((s, feature)) for s in (segment, None))
        if here is None or everyone is None or here.percentile is None:
            return False
        quarters = (everyone.p25, here.median, everyone.p75)
        low, median, high = (float("nan") if value is None else value for value in quarters)
        return abs(here.percentile - 50.0) <= _MIDDLE and low <= median <= high

    def _is_true(self, part: Phrase, segment: int, other: int) -> bool:
        """Return whether a part of a segment's name holds for another segment as well."""
        if any(p.words == part.words for p in self.phrases[other]):
            return True
        difference = self._difference(part, segment, other)
        return difference is not None and abs(difference) < _APART

    def _difference(self, part: Phrase, segment: int, other: int) -> float | None:
        """Return how far two segments are apart on a phrase's feature, -1..1; None if unknown."""
        name, level = part.feature.name, part.level
        if level or part.feature.kind is Kind.FLAG:
            share, others = (self.shares.get((s, name, level)) for s in (segment, other))
            return None if share is None or others is None else share - others
        place, its = self._place(segment, name), self._place(other, name)
        return None if place is None or its is None else (place - its) / 50.0

    def _place(self, segment: int, feature: str) -> float | None:
        found = self.described.get((segment, feature))
        return None if found is None else found.percentile


def contrasts(
    phrases: Phrases, described: Described, differentiators: Sequence[Differentiator]
) -> Contrasts:
    """Return how the segments stand to one another, from what is known of each.

    Parameters
    ----------
    phrases : per segment, as from `core.insight.phrases`.
    described : statistics by segment and feature; ``percentile`` is a mean rank, so that the
        difference of two segments' over 50 is near their Cliff's delta.
    differentiators : of the same segments; those with a level or of a flag hold its share.

    Examples
    --------
    >>> from core.features.base import Feature, Side
    >>> age = Feature("age", "Age", "", "who", Side.DEMOGRAPHIC, Kind.YEARS, high_words="older")
    >>> both = {0: [Phrase("older", age, 0.9)], 1: [Phrase("older", age, 0.5)]}
    >>> contrasts(both, {}, []).alike(both[0], 0)
    1
    """
    shares = {(d.segment, d.feature, d.level): d.here for d in differentiators}
    return Contrasts(phrases, described, shares)
