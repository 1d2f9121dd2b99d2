"""What was written into the form, read field by field: values and mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import UsageError
from dash_app.tabs.score.fields import Field, Value, parsed, written


@dataclass(frozen=True, slots=True)
class Entered:
    """Values by feature, and a sentence for each field that cannot be read.

    ``changed`` counts the fields that say something else than the form was filled with.
    """

    values: Mapping[str, Value]
    mistakes: Mapping[str, str]
    changed: int


def entered(
    fields: Sequence[Field], filled: Mapping[str, Value], texts: Mapping[str, object]
) -> Entered | None:
    """Read the form; None if the texts are not of these fields (the form is being replaced).

    A field that still says what it was filled with keeps the value at its full precision.
    """
    if set(texts) != {field.name for field in fields}:
        return None
    values: dict[str, Value] = {}
    mistakes: dict[str, str] = {}
    changed = 0
    for field in fields:
        before, text = filled.get(field.name), texts[field.name]
        if (text or written(field, None)) == written(field, before):
            values[field.name] = before
            continue
        changed += 1
        try:
            values[field.name] = parsed(field, text)
        except UsageError as mistake:
            mistakes[field.name] = str(mistake)
    return Entered(values, mistakes, changed)


def texts_by_name(ids: Sequence[Mapping[str, str]], texts: Sequence[object]) -> dict[str, object]:
    """Return the texts by the feature whose field they stand in."""
    return {identity["index"]: text for identity, text in zip(ids, texts, strict=True)}
