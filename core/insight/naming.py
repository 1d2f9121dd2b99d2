"""Drafted names and sentences: what stands out about a segment, in the features' own words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.errors import UsageError
from core.features.base import Feature, Sensitivity
from core.insight.contrasts import Contrasts, contrasts
from core.insight.phrases import Phrase, lacks, phrase, similar
from core.insight.ranking import speakable
from core.insight.wording import capitalised, uncapitalised
from core.lens import InactiveRule
from core.readmodels import Differentiator, FeatureStatistic

IDEAL_LENGTH = 28
MAX_LENGTH = 40
SEPARATOR = " · "
AVERAGE_NAME = "Close to average"
AVERAGE_SENTENCE = "No large difference from other customers"
_IN_NAME = 0.25  # least effect that a name may speak of (Cliff's delta)
_IN_SENTENCE = 0.15  # a small effect (Romano et al. 2006)
_SENTENCE_PHRASES = 4
_CONSIDERED = 6
_LONG = 0.015  # effect that a character beyond the ideal length must be worth
_SECOND = 0.6  # weight of the second phrase of a name
_REPEATS = 0.3  # price of two phrases with a subject in common
_ALIKE = 1.0  # price of a name per other segment that it is true of as well
_LACKS_ONLY = 0.25  # price of a name that says only what people have little or none of


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed name and one sentence for a segment; people may overwrite both."""

    name: str
    sentence: str


def draft_names(
    differentiators: Sequence[Differentiator],
    statistics: Sequence[FeatureStatistic],
    features: Sequence[Feature],
    segment_count: int,
    *,
    taken: Collection[str] = (),
    inactive: InactiveRule | None = None,
    inactive_number: int | None = None,
) -> tuple[Draft, ...]:
    """Return a name and a sentence per segment; the names are distinct and not among ``taken``.

    The name joins the two phrases that set the segment apart most and fit into 40 characters
    ("Older · high savings"), preferring names of up to 28; the sentence joins up to four. Phrases
    are the features' ``low_words`` and ``high_words``, used only where they are true of the typical
    member, not merely relative to others. Where two segments would share a name, in whatever order
    of its parts, the one that it fits better keeps it. A name that would be true of another segment
    as well gives way to one that tells the two apart, by a superlative ("oldest") or "average age"
    where need be. A segment without clear differences is "Close to average". The segment that a
    rule defines has the rule's name and description. Nothing depends on chance.

    Parameters
    ----------
    differentiators : ranked, as from `core.insight.differentiators`.
    statistics : as from `core.insight.profiles`, for all customers and per segment.
    features : what names may speak of, usually the inputs of the lens.
    segment_count : m; segments are numbered 0..m-1.
    taken : names that are in use already, e.g. those kept from the published run.
    inactive, inactive_number : the lens's rule and the number of the segment that it defines.

    Examples
    --------
    >>> from core.features.base import Kind, Side
    >>> age = Feature(
    ...     "age",
    ...     "Age",
    ...     "",
    ...     "demographics",
    ...     Side.DEMOGRAPHIC,
    ...     Kind.YEARS,
    ...     "years",
    ...     low_words="younger",
    ...     high_words="older",
    ... )
    >>> differences = [
    ...     Differentiator(0, "age", "", 60.0, 30.0, 30.0, 0.9, 1),
    ...     Differentiator(1, "age", "", 30.0, 60.0, -30.0, -0.9, 1),
    ... ]
    >>> [draft.name for draft in draft_names(differences, [], [age], 2)]
    ['Older', 'Younger']
    """
    by_name = {f.name: f for f in features if f.sensitivity is not Sensitivity.DIRECT}
    described = {(s.segment, s.feature): s for s in statistics}
    phrases: dict[int, list[Phrase]] = {}
    for segment in range(segment_count):
        said = [
            phrase(by_name[d.feature], d, described)
            for d in speakable(differentiators, segment, by_name)
            if abs(d.effect) >= _IN_SENTENCE
        ]
        phrases[segment] = [p for p in said if p is not None]
    used = {_comparable(name) for name in taken}
    drafts: dict[int, Draft] = {}
    if inactive is not None and inactive_number is not None:
        drafts[inactive_number] = _by_rule(inactive)
        used.add(_comparable(inactive.name))
    said_of = {s: said for s, said in phrases.items() if s not in drafts}
    for segment, name in _named(contrasts(said_of, described, differentiators), used):
        drafts[segment] = Draft(name, _sentence(phrases[segment]))
    if set(drafts) != set(range(segment_count)):
        raise UsageError(
            f"The segment by rule has number {inactive_number}, but there are {segment_count} "
            f"segments. Give a number from 0 to {segment_count - 1}."
        )
    return tuple(drafts[segment] for segment in range(segment_count))


def distinct_name(name: str, sentence: str, used: Collection[str]) -> str:
    """Return the name, made different from those in use by more of the sentence, else by a word.

    >>> distinct_name("Older", "Older · high savings", ["older"])
    'Older · high savings'
    """
    in_use = {_comparable(other) for other in used}
    for candidate in _variants(name, sentence):
        if _comparable(candidate) not in in_use:
            return candidate
    raise AssertionError("There are endless variants of a name.")


def _named(found: Contrasts, used: set[str]) -> Iterator[tuple[int, str]]:
    """Yield a name for each segment; where two want the same, the better fit is served first."""
    options = {segment: _options(found, segment) for segment in found.phrases}
    order = sorted(options, key=lambda s: (-(options[s][0][0] if options[s] else 0.0), s))
    for segment in order:
        free = [name for _, name in options[segment] if _comparable(name) not in used]
        name = free[0] if free else AVERAGE_NAME
        if not free:
            sentence = _sentence(found.phrases[segment])
            wanted = options[segment][0][1] if options[segment] else AVERAGE_NAME
            name = distinct_name(wanted, sentence, used)
        used.add(_comparable(name))
        yield segment, name


def _options(found: Contrasts, segment: int) -> list[tuple[float, str]]:
    """Return possible names with their worth, best first; each part of a name is a phrase.

    A name loses worth for every other segment that it is true of as well.
    """
    said = found.phrases[segment]
    strong = [p for p in said if abs(p.effect) >= _IN_NAME][:_CONSIDERED] or list(said[:1])
    options: list[tuple[float, str]] = []
    candidates = [*found.superlatives(segment), *strong, *found.averages(segment)]
    for parts in combinations(candidates, 2):
        name = _joined(*parts)
        if len(name) <= MAX_LENGTH and similar(*parts) < 1:
            options.append((_worth(parts, name) - _ALIKE * found.alike(parts, segment), name))
    for single in strong:
        name = capitalised(single.words)
        if len(name) <= MAX_LENGTH:
            worth = abs(single.effect) / 2 - _ALIKE * found.alike([single], segment)
            options.append((worth, name))
    return sorted(options, key=lambda option: -option[0])


def _worth(parts: tuple[Phrase, Phrase], name: str) -> float:
    """Return how much a name of two phrases says of a segment against everyone else."""
    first, second = parts
    worth = abs(first.effect) + _SECOND * abs(second.effect)
    worth -= _LONG * max(0, len(name) - IDEAL_LENGTH) + _REPEATS * similar(first, second)
    return worth - _LACKS_ONLY * (lacks(first) and lacks(second))


def _joined(first: Phrase, second: Phrase) -> str:
    """Return a name of two phrases: the stronger first, but what is had before what is not."""
    if lacks(first) and not lacks(second):
        first, second = second, first
    return capitalised(f"{first.words}{SEPARATOR}{second.words}")


def _sentence(said: Sequence[Phrase]) -> str:
    """Return up to four phrases that say different things; two at least where there are."""
    chosen: list[Phrase] = []
    for threshold in (0.5, 1.0):
        for candidate in said:
            if len(chosen) < (_SENTENCE_PHRASES if threshold < 1 else 2) and all(
                similar(candidate, other) < threshold for other in chosen
            ):
                chosen.append(candidate)
    if not chosen:
        return AVERAGE_SENTENCE
    chosen.sort(key=lambda p: -abs(p.effect))
    return capitalised(SEPARATOR.join(p.words for p in chosen))


def _by_rule(inactive: InactiveRule) -> Draft:
    return Draft(inactive.name, capitalised(inactive.description.strip().rstrip(".")))


def _variants(name: str, sentence: str) -> Iterator[str]:
    yield name
    for part in sentence.split(SEPARATOR):
        if part.casefold() not in name.casefold() and sentence != AVERAGE_SENTENCE:
            yield f"{name}{SEPARATOR}{uncapitalised(part)}"
    words = ("another group", "a third group", "a fourth group")
    yield from (f"{name}{SEPARATOR}{word}" for word in words)
    number = 5
    while True:
        yield f"{name}{SEPARATOR}group {number}"
        number += 1


def _comparable(name: str) -> str:
    """Return what makes a name the same: its parts, in whatever order and letters."""
    parts = (" ".join(part.split()).casefold() for part in name.split(SEPARATOR.strip()))
    return SEPARATOR.join(sorted(parts))
