"""The answer in words: the lead sentence, warnings, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from core.features.base import Kind
from core.scoring import UNLIKE_ANYONE, InputWarning, Problem, SmallestChange
from dash_app.figures.text import in_sentence
from dash_app.formats import count, format_value, percent, whole_percent
from dash_app.tabs.score.answer import Answer
from dash_app.tabs.score.fields import Field, said

CLEAR, NARROW = 0.25, 0.1  # margins from which a decision is clear, and from which it is one
EDGE = 90.0  # percentile of distance from which a customer is at the edge of the segment
_MOST = 3
_HAS = "Has "


def lead(found: Answer) -> str:
    """Return where the customer belongs, by what margin, and how typical they are."""
    name = found.segment.name
    margin, typicality = found.explanation.margin, found.explanation.typicality
    if found.lens.grouping:
        scores = (
            "the score of 1 feature"
            if len(found.values) == 1
            else (f"the scores of {len(found.values)} features")
        )
        return f"Belongs to **{name}** by rule: by {scores}."
    if found.runner_up is None or margin is None or typicality is None:
        return (
            f"Belongs to **{name}** by rule, whatever the other values: "
            f"{_in_a_sentence(found.segment.rule or found.segment.sentence)}."
        )
    other = found.runner_up.name
    if margin < NARROW:
        closer = f"Sits between **{name}** and **{other}**, a hair closer to the first."
    else:
        how = "a clear margin" if margin >= CLEAR else "a narrow margin"
        closer = f"Closer to **{name}** than to the runner-up **{other}** by {how}."
    return f"{closer} {typicality_words(typicality)}"


def typicality_words(percentile: float) -> str:
    """Return how typical a customer at that percentile of distance is.

    >>> typicality_words(59.0)
    'Typical of the segment: 41% of its customers are further from its centre.'
    """
    further = percent(1 - percentile / 100, 0) if percentile <= 99 else "fewer than 1%"
    rest = f"{further} of its customers are further from its centre."
    if percentile > UNLIKE_ANYONE:
        return f"**Unlike any known customer** of the segment: {rest}"
    if percentile > EDGE:
        return f"At the edge of the segment: only {rest}"
    return f"{'Typical' if percentile <= 75 else 'Not quite typical'} of the segment: {rest}"


def nearer_words(percentile: float | None) -> str:
    """Return how many of a segment's customers are nearer to its centre: high is unusual.

    >>> nearer_words(59.2), nearer_words(99.9), nearer_words(0.1), nearer_words(None)
    ('59%', 'over 99%', 'under 1%', '')
    """
    if percentile is None:
        return ""
    if percentile > UNLIKE_ANYONE:
        return "over 99%"
    return "under 1%" if 0 < percentile < 1 else whole_percent(percentile / 100)


def average_words(found: Answer) -> str:
    """Return why the middle values in the form are like hardly anybody; "" where like many.

    Each value is the middle one of its own feature, and few may have them all at once.
    """
    typicality = found.explanation.typicality
    if typicality is None or typicality <= EDGE:
        return ""
    return (
        "Hardly anybody is in the middle of everything: each value in the form is a middle one, "
        "and few may have them all at once. Load a customer, or change values."
    )


def place_words(margin: float | None) -> str:
    """Return in a few words how sure a place is."""
    if margin is None:
        return "by rule"
    if margin < NARROW:
        return "on the border"
    return "clearly" if margin >= CLEAR else "narrowly"


def warning_sentences(
    warnings: Sequence[InputWarning], fields: Mapping[str, Field], currency: str
) -> tuple[str, ...]:
    """Return what was unusual about the values, under the names that people know."""
    return tuple(_warning(warning, fields[warning.feature], currency) for warning in warnings)


def change_sentences(
    found: Answer, fields: Mapping[str, Field], zero: Sequence[str], currency: str
) -> tuple[str, ...]:
    """Return the smallest single changes that would move the customer, the least effort first.

    ``zero`` are the features that a rule asks to be 0.
    """
    if found.lens.grouping:
        return ("The group follows from the cut points of each feature, not from a distance.",)
    if found.runner_up is None:
        return (_rule_sentence(fields, zero),)
    sentences = [_change(change, found, fields, currency) for change in found.changes[:_MOST]]
    unmoved = [_lower(fields[name].feature.label) for name in found.unmoved]
    if unmoved:
        sentences.append(f"No single change of {_either(unmoved)} would change the segment.")
    if not sentences:
        return (_nothing_changes(fields),)
    return tuple(sentences)


def rounded_outwards(value: float, *, upwards: bool, step: float) -> float:
    """Return the value on a step that is at least as far.

    >>> rounded_outwards(37.2, upwards=False, step=1.0)
    37.0
    >>> rounded_outwards(0.2501, upwards=True, step=0.001)
    0.251
    """
    steps = round(value / step, 9)
    return round((math.ceil(steps) if upwards else math.floor(steps)) * step, 9)


def _rule_sentence(fields: Mapping[str, Field], zero: Sequence[str]) -> str:
    """Return when a rule would no longer decide."""
    labels = [_lower(fields[name].feature.label) for name in zero]
    return (
        f"As soon as **{_either(labels)}** is more than 0, the rule no longer decides and the "
        "customer goes to the nearest of the other segments."
    )


def _nothing_changes(fields: Mapping[str, Field]) -> str:
    """Return why there is no change to tell of."""
    if not any(field.feature.actionable for field in fields.values()):
        return "These are facts about a person: neither customer nor bank can change them."
    return "What could be changed is not known of this customer."


def _change(
    change: SmallestChange, found: Answer, fields: Mapping[str, Field], currency: str
) -> str:
    field = fields[change.feature]
    is_flag = field.kind is Kind.FLAG
    what = _answer_to(change, field) if is_flag else _value_beyond(change, field, currency)
    return f"With **{what}** this customer would be in **{found.named(change.segment)}**."


def _answer_to(change: SmallestChange, field: Field) -> str:
    """Return the other answer to a question of yes or no: *a card*, *no card*."""
    is_yes = change.after > change.before
    label = field.feature.label
    if not label.startswith(_HAS):
        return f"{_lower(label)}: {'yes' if is_yes else 'no'}"
    thing = label.removeprefix(_HAS)
    return thing if is_yes else f"no {thing.removeprefix('a ').removeprefix('an ')}"


def _value_beyond(change: SmallestChange, field: Field, currency: str) -> str:
    """Return from which value on the change is enough: *card debt of $37 or less*."""
    upwards = change.after > change.before
    shown = rounded_outwards(change.after, upwards=upwards, step=_step(field, change.after))
    is_least = not upwards and field.low is not None and shown <= field.low
    ends = "" if is_least else " or more" if upwards else " or less"
    if field.kind is Kind.COUNT:
        ends = ends.replace("less", "fewer")
        if field.feature.unit == field.feature.label.lower():
            return f"{count(shown)} {field.feature.unit}{ends}"
        return f"{_lower(field.feature.label)} of {count(shown)}{ends}"
    value = format_value(shown, field.feature.kind, field.feature.unit, currency)
    return f"{_lower(field.feature.label)} of {value}{ends}"


def _step(field: Field, value: float) -> float:
    if field.kind is Kind.SHARE:
        return 0.001
    if field.kind is Kind.NUMBER:
        return 0.01
    return 1.0 if abs(value) >= 10 or field.kind is not Kind.MONEY else 0.01


def _warning(warning: InputWarning, field: Field, currency: str) -> str:
    label = field.feature.label
    if warning.problem is Problem.MISSING:
        if field.is_level:
            return f"{label} is not known; the answer does without it."
        return f"{label} is not known; the typical value stands in."
    if warning.problem is Problem.UNKNOWN_LEVEL:
        return f"{label}: the model was not trained on this one; the answer does without it."
    low, high = (said(field, end, currency) for end in (field.low, field.high))
    return f"{label} lies outside what the model was trained on: {low} to {high}."


def _either(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _lower(label: str) -> str:
    return in_sentence(label)


def _in_a_sentence(words: str) -> str:
    return _lower(words.rstrip("."))
