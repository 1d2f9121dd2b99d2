"""Three sentences with numbers: who is most of the book, who holds its value, who stands out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.features.base import Feature
from core.insight.ranking import speakable
from core.insight.wording import (
    about_one_in,
    capitalised,
    named_quantity,
    noun,
    number,
    own_quantity,
    percent,
    quantity,
    uncapitalised,
)
from core.readmodels import Differentiator, FeatureStatistic, SegmentSummary

_CONCENTRATED = 1.15  # share of value over share of customers from which it is worth a sentence
_TYPICAL = frozenset({"median", "mean", "share"})


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything sentences are made of, looked up by segment."""

    segments: Sequence[SegmentSummary]
    statistics: Mapping[tuple[int | None, str], FeatureStatistic]
    differences: Mapping[int, Sequence[Differentiator]]
    features: Mapping[str, Feature]
    currency: str

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return sum(segment.size for segment in self.segments)


def headlines(
    segments: Sequence[SegmentSummary],
    statistics: Sequence[FeatureStatistic],
    differentiators: Sequence[Differentiator],
    features: Sequence[Feature],
    currency: str,
    *,
    inputs: Collection[str] = (),
    value_feature: str | None = None,
) -> tuple[str, ...]:
    """Return up to three sentences about different segments, each with its numbers.

    First the largest segment, as "about 1 in 2", with what sets it apart; then the one that holds
    clearly more of the value than of the customers, if it is another one; then those that differ
    most among the ones not yet mentioned, the segment by rule last of all.
    Names stand in “quotes” exactly as in ``SegmentSummary.name``, so that whoever shows a sentence
    can put a newer name in their place.

    Parameters
    ----------
    segments : as from `core.insight.summaries.summarise`.
    statistics, differentiators : as from the functions of those names.
    features : entries of all features.
    currency : ISO 4217 code or symbol.
    inputs : names of the features that sentences may speak of, usually the inputs of the lens;
        default all.
    value_feature : what segments are valued with, to name it.
    """
    by_name = {feature.name: feature for feature in features}
    facts = _Facts(
        segments=segments,
        statistics={(s.segment, s.feature): s for s in statistics},
        differences={
            segment.number: speakable(differentiators, segment.number, inputs or by_name)
            for segment in segments
        },
        features=by_name,
        currency=currency,
    )
    peopled = [segment for segment in segments if segment.size]
    if not peopled:
        return ()
    by_size = sorted(peopled, key=lambda s: (s.is_rule, -s.size, s.number))
    largest, rest = by_size[0], by_size[1:]
    concentrated = _most_concentrated(peopled)
    value = by_name.get(value_feature or "")
    said = [_largest(largest, facts, value if concentrated is largest else None)]
    if concentrated is not None and concentrated is not largest:
        said.append(_holds(concentrated, value, facts))
        rest = [segment for segment in rest if segment is not concentrated]
    rest.sort(key=lambda s: (s.is_rule, -_strength(s, facts), s.number))
    said += [_stands_out(segment, facts) for segment in rest[: 3 - len(said)]]
    return tuple(said)


def _largest(segment: SegmentSummary, facts: _Facts, value: Feature | None) -> str:
    total = facts.customers
    fraction = capitalised(about_one_in(segment.size, total))
    of = f"({number(segment.size)} of {number(total)})"
    belong = "belongs" if "1 in" in fraction else "belong"
    start = f"{fraction} customers {of} {belong} to {_quoted(segment)}"
    if value is not None:
        start += f", with {percent(segment.value_share or 0.0)} of all {noun(value)}"
    told = _told(segment, facts, limit=1)
    return f"{start}: {told}." if told else f"{start}."


def _quoted(segment: SegmentSummary) -> str:
    return f"“{segment.name}”"


def _most_concentrated(segments: Sequence[SegmentSummary]) -> SegmentSummary | None:
    """Return the segment whose share of value most exceeds that of customers, if clearly."""
    surplus = [
        (s.value_share - s.share, s)
        for s in segments
        if s.value_share is not None and s.value_share >= _CONCENTRATED * s.share and not s.is_rule
    ]
    return max(surplus, key=lambda pair: (pair[0], -pair[1].number))[1] if surplus else None


def _holds(segment: SegmentSummary, value: Feature | None, facts: _Facts) -> str:
    what = f"all {noun(value)}" if value is not None else "all value"
    share = percent(segment.value_share or 0.0)
    people = f"with {percent(segment.share)} of customers"
    sentence = (
        f"{_quoted(segment)} ({number(segment.size)}) accounts for {share} of {what} {people}"
    )
    if value is None or segment.value_median is None:
        return f"{sentence}."
    median = quantity(segment.value_median, value, facts.currency)
    return f"{sentence}; {median} each at the median."


def _stands_out(segment: SegmentSummary, facts: _Facts) -> str:
    start = f"{_quoted(segment)} ({number(segment.size)} customers)"
    if segment.is_rule:
        return f"{start}: {segment.rule}."
    told = _told(segment, facts, limit=2)
    return f"{start}: {told}." if told else f"{start} differs little from other customers."


def _told(segment: SegmentSummary, facts: _Facts, limit: int) -> str:
    """Return the strongest differences in numbers: "median card debt $1,190, against $0"."""
    parts = [
        _numbers(difference, facts)
        for difference in facts.differences[segment.number]
        if difference.measure in _TYPICAL and abs(difference.effect) >= 0.15
    ]
    parts = [part for part in parts if part][:limit]
    if not parts:
        return ""
    return f"{'; '.join(parts)} for everyone else"


def _numbers(difference: Differentiator, facts: _Facts) -> str:
    feature, currency = facts.features[difference.feature], facts.currency
    if difference.measure == "share":
        here, elsewhere = percent(difference.here), percent(difference.elsewhere)
        if difference.level:
            words = f"{noun(feature)} is {difference.level} for {here}"
        else:
            words = f"{here} {_have(feature)}"
    else:
        here = own_quantity(difference.here, feature, currency)
        elsewhere = own_quantity(difference.elsewhere, feature, currency)
        named = named_quantity(difference.here, feature, currency)
        words = f"median {named}" if difference.measure == "median" else f"{named} on average"
    return f"{words}, against {elsewhere}" if here != elsewhere else ""


def _have(feature: Feature) -> str:
    """Return what people with a flag do: "have a credit card"."""
    label = uncapitalised(feature.label)
    verb, _, rest = label.partition(" ")
    return f"have {rest}" if verb == "has" and rest else f"have {label}"


def _strength(segment: SegmentSummary, facts: _Facts) -> float:
    return max((abs(d.effect) for d in facts.differences[segment.number]), default=0.0)
