"""One difference in a few words, said only where it is true of the typical member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.encoding import OTHER
from core.features.base import UNKNOWN, Feature, Kind, Sensitivity
from core.insight.degrees import little_and_much
from core.insight.wording import noun
from core.readmodels import Differentiator, FeatureStatistic

_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_RARE = 0.1  # share of members with any, up to which "no" is true
_OFTEN = 1.5  # ratio of shares from which a level of fewer than half of the members is worth saying
_FILLERS = frozenset(
    word
    for words in (
        ("a", "all", "an", "and", "at", "by", "few", "for", "from", "has", "high", "in", "large"),
        ("less", "little", "long", "low", "many", "more", "mostly", "nearly", "no", "of", "on"),
        ("or", "short", "small", "some", "than", "the", "to", "with", "without"),
    )
    for word in words
)
_FEW_WORDS = ("low ", "few ", "little ")
_LEAST = {Kind.DAYS: 7.0, Kind.YEARS: 1.0, Kind.SHARE: 0.05}  # a difference that matters
_LEAST_RATIO = 0.1
_LACKING = frozenset({"no", "nothing", "few", "little", "low", "average"})
_LITTLE_OR_NO = "little or no "
_ANSWERS = frozenset({"yes", "no", "y", "n", "true", "false", "0", "1"})

Described = Mapping[tuple[int | None, str], FeatureStatistic]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words about a segment, their feature (and level), the strength of the difference."""

    words: str
    feature: Feature
    effect: float
    level: str = ""


def phrase(feature: Feature, difference: Differentiator, described: Described) -> Phrase | None:
    """Return a difference in words; None where they would not be true of the typical member.

    "High" and "low" need the typical member (the median, or more than half) on that side. Where
    nine in ten members have none of it, "low" becomes "no"; where more have some, "no" becomes
    "low". Where a feature takes both signs ("rising", "falling"), the median must have the sign.
    A difference too small to matter (a day, a tenth of an amount) is not worth words, however
    regular it is.
    """
    if difference.level:
        words = _level_words(feature, difference)
    elif feature.kind is Kind.FLAG:
        words = _flag_words(feature, difference)
    elif not _is_material(feature, difference):
        words = ""
    elif difference.effect > 0:
        words = _high_words(feature, difference, described)
    else:
        words = _low_words(feature, difference, described)
    return Phrase(words, feature, difference.effect, difference.level) if words else None


def lacks(said: Phrase) -> bool:
    """Return whether a phrase says what people have little or none of, or just the average."""
    return said.words.split(" ", 1)[0] in _LACKING


def similar(one: Phrase, other: Phrase) -> float:
    """Return how much two phrases repeat each other: 1 the same subject, 0 nothing in common.

    Phrases that end in the same word ("few transactions", "few card transactions") or come from one
    feature are about the same subject.
    """
    if one.feature.name == other.feature.name:
        return 1.0
    first, second = _subject(one.words), _subject(other.words)
    if not first or not second or first[-1] == second[-1]:
        return 1.0
    shared = set(first) & set(second)
    family = 0.15 if one.feature.family == other.feature.family else 0.0
    return min(0.9, family + 0.35 * len(shared))


def _high_words(feature: Feature, difference: Differentiator, described: Described) -> str:
    words = feature.high_words or _plain_words(feature, is_high=True)
    here = described.get((difference.segment, feature.name))
    everyone = described.get((None, feature.name))
    if here is None or everyone is None:
        return words
    if _has_both_signs(everyone):
        return words if (here.median or 0) > 0 else ""
    if feature.kind is Kind.SHARE and "most" in words.split() and (here.median or 0) <= _MOSTLY:
        return ""  # "uses most of the limit" of people who use less than half, though more
    return words if (here.median or 0) > 0 or (here.nonzero_share or 0) > _MOSTLY else ""


def _low_words(feature: Feature, difference: Differentiator, described: Described) -> str:
    words = feature.low_words or _plain_words(feature, is_high=False)
    here = described.get((difference.segment, feature.name))
    everyone = described.get((None, feature.name))
    if here is None or everyone is None:
        return words
    if _has_both_signs(everyone):
        return words if (here.median or 0) < 0 else ""
    with_any = here.nonzero_share or 0.0
    if (everyone.minimum or 0) == 0 and with_any <= _RARE:
        return _as_none(words)
    if _denies(words):  # "no card debt" of people of whom some have debt
        return _as_little(words, feature) if difference.measure == "median" else ""
    if (here.median or 0) == 0 and everyone.minimum == 0 and with_any <= _MOSTLY:
        # Most have none: say so only if that is unusual.
        return words if (everyone.nonzero_share or 0) > _MOSTLY else ""
    return words


def _is_material(feature: Feature, difference: Differentiator) -> bool:
    larger = max(abs(difference.here), abs(difference.elsewhere))
    least = _LEAST.get(feature.kind, _LEAST_RATIO * larger)
    return abs(difference.difference) >= least


def _flag_words(feature: Feature, difference: Differentiator) -> str:
    if difference.effect > 0:
        words = feature.high_words or f"with {noun(feature)}"
        return words if difference.here > _MOSTLY else ""
    words = feature.low_words or f"no {noun(feature)}"
    if difference.here <= _RARE:
        return words
    return f"mostly {words}" if difference.here < 1 - _MOSTLY else ""


def _level_words(feature: Feature, difference: Differentiator) -> str:
    """Return "mostly married", "nearly all married" or "more often married"; nothing for fewer."""
    if difference.effect <= 0 or difference.level == OTHER:
        return ""
    if difference.level == UNKNOWN:
        return f"{noun(feature)} unknown" if difference.here >= _MOSTLY else ""
    level = _level(difference.level, feature)
    if difference.here >= _NEARLY_ALL:
        return f"nearly all {level}"
    if difference.here >= _MOSTLY:
        return f"mostly {level}"
    return f"more often {level}" if difference.here >= _OFTEN * difference.elsewhere else ""


def _level(level: str, feature: Feature) -> str:
    """Return a level as it stands in a sentence: places and abbreviations keep their capitals."""
    if level.casefold() in _ANSWERS:
        return f"“{level}” in {noun(feature)}"
    is_name = feature.sensitivity is Sensitivity.PROXY or len(level) < 3 or level.isupper()
    return level if is_name else level.lower()


def _plain_words(feature: Feature, *, is_high: bool) -> str:
    return little_and_much(feature.label, feature.kind)[is_high]


def _as_none(words: str) -> str:
    """Turn "low savings" into "no savings", "little saved" into "nothing saved"."""
    if words.startswith(_LITTLE_OR_NO):
        return f"no {words.removeprefix(_LITTLE_OR_NO)}"
    for start in _FEW_WORDS:
        if words.startswith(start):
            rest = words.removeprefix(start)
            return f"nothing {rest}" if rest.endswith("ed") and " " not in rest else f"no {rest}"
    return words


def _as_little(words: str, feature: Feature) -> str:
    """Turn "no card debt" into "little card debt"; other denials into plain words."""
    if words.startswith("no "):
        little = "few" if feature.kind is Kind.COUNT else "low"
        return f"{little} {words.removeprefix('no ')}"
    return _plain_words(feature, is_high=False)


def _denies(words: str) -> bool:
    plain = words.removeprefix(_LITTLE_OR_NO)
    return "no" in plain.split() or plain.startswith("nothing ")


def _has_both_signs(everyone: FeatureStatistic) -> bool:
    return (everyone.p05 or 0) < 0 < (everyone.p95 or 0)


def _subject(words: str) -> list[str]:
    return [word for word in words.casefold().split() if word not in _FILLERS]
