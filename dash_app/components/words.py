"""Sentences with emphasis, and terms that explain themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

WORD = "data-word"  # what `assets/js/terms.js` looks a label's meaning up by

_STRONG = re.compile(r"\*\*(.+?)\*\*")


def emphasised(text: str) -> list[str | Component]:
    """Return text in which ``**words**`` are bold; everything else stays plain text."""
    parts = _STRONG.split(text)
    return [
        html.Strong(part) if position % 2 else part for position, part in enumerate(parts) if part
    ]


def feature_label(text: Any, feature: str) -> Component:
    """Return the label of a feature, known by the feature's name; the browser adds its meaning."""
    return html.Span(text, **{WORD: feature_key(feature)})


def word(text: Any, name: str) -> Component:
    """Return a label of the app's own that means a term of the glossary, known by its name."""
    return html.Span(text, **{WORD: name.casefold()})


def feature_key(feature: str) -> str:
    """Return what a feature's meaning is sent under; no term is called so.

    >>> feature_key("age_years")
    'feature:age_years'
    """
    return f"feature:{feature}"


def led_by_label(text: str, labels: Mapping[str, str]) -> str | list[str | Component]:
    """Return the head of a row or column with the feature's label in it marked as one.

    ``labels`` are features' names by label; see `leading_label` for what may stand around it.
    """
    label = leading_label(text, labels)
    if label is None:
        return text
    start = 0 if _begins(text, label) else len(text) - len(_without_measure(text))
    end = start + len(label)
    parts = (text[:start], feature_label(text[start:end], labels[label]), text[end:])
    return [part for part in parts if part]


def leading_label(text: str, labels: Iterable[str]) -> str | None:
    """Return the label that the head of a row or column is about, the longest that fits.

    >>> heads = "Balance, median", "Tenure (years)", "Gender: female", "Share of balance", "Age 30"
    >>> [leading_label(head, ["Balance", "Tenure", "Gender", "Age"]) for head in heads]
    ['Balance', 'Tenure', 'Gender', 'Balance', None]
    """
    known = tuple(labels)
    for said in (text, _without_measure(text)):
        fitting = [label for label in known if _begins(said, label)]
        if fitting:
            return max(fitting, key=len)
    return None


def _begins(text: str, label: str) -> bool:
    return re.match(rf"{re.escape(label)}(?:$|, |: | \()", text, re.IGNORECASE) is not None


def _without_measure(text: str) -> str:
    return re.sub(r"^(?:Median|Share of|Total) ", "", text)


def naming_labels(text: str, labels: Mapping[str, str]) -> str | list[str | Component]:
    """Return a sentence in which features' labels are marked, each where it stands first."""
    known = {label.casefold(): feature for label, feature in labels.items()}
    if not known:
        return text
    longest_first = sorted(known, key=len, reverse=True)
    anyone = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    parts: list[str | Component] = []
    for position, part in enumerate(anyone.split(text)):
        feature = known.pop(part.casefold(), None) if position % 2 else None
        parts += [feature_label(part, feature)] if feature else [part] if part else []
    return parts


def only_read_aloud(text: str, **attributes: object) -> Component:
    """Return text for listeners that is not shown."""
    return html.Span(text, className="visually-hidden", **attributes)
