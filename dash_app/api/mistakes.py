"""What is wrong with a request, in words: each field, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from dash_app.answers import Refused

_TOLD = 20
_SHOWN = 60
_ALLOWED = {  # by the kind of a mistake; what is in braces comes with it
    "bool_type": "give true or false",
    "dict_type": "give an object",
    "greater_than_equal": "give at least {ge}",
    "int_parsing": "give a whole number",
    "less_than_equal": "give at most {le}",
    "list_type": "give a list",
    "model_type": "give an object",
    "string_pattern_mismatch": "give text like {pattern}",
    "string_too_long": "give at most {max_length} characters",
    "string_too_short": "give at least {min_length} character",
    "string_type": "give text",
    "too_long": "give at most {max_length}",
    "too_short": "give at least {min_length}",
}

Model = TypeVar("Model", bound=BaseModel)


def checked(shape: type[Model], given: object) -> Model:
    """Return what was given in its shape; refused with 400 and every mistake, the first twenty."""
    try:
        return shape.model_validate(_without_a_flood(given, shape))
    except ValidationError as error:
        raise Refused(400, in_words(error.errors(include_url=False), shape)) from None


def _without_a_flood(given: object, shape: type[BaseModel]) -> object:
    """Return a request with no more unknown fields than are told of; each would be a mistake."""
    if not isinstance(given, dict) or len(given) <= len(shape.model_fields) + _TOLD:
        return given
    known = {name: given[name] for name in shape.model_fields if name in given}
    unknown = (name for name in given if name not in shape.model_fields)
    return known | dict.fromkeys(islice(unknown, _TOLD))


def in_words(errors: Sequence[Any], shape: type[BaseModel]) -> str:
    """Return mistakes as sentences."""
    told = [_sentence(error, shape) for error in errors[:_TOLD]]
    more = len(errors) - _TOLD
    return " ".join([*told, *([f"And {more:,} more."] if more > 0 else [])])


def place(parts: Sequence[str | int]) -> str:
    """Return where a mistake is, as one would write it in a program.

    >>> place(("rows", 3, "income")), place(("limit",)), place(())
    ('rows[3].income', 'limit', 'the request')
    """
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return written.lstrip(".")[:200] or "the request"


def _sentence(error: Any, shape: type[BaseModel]) -> str:
    where, kind = place(error["loc"]), error["type"]
    context = error.get("ctx", {})
    if kind == "value_error":
        said = str(context["error"])
        return f"{said}." if error["loc"] == () else f"{where} is {_shown(error['input'])}; {said}."
    if kind == "extra_forbidden":
        names = ", ".join(shape.model_fields) or "nothing"
        return f"{where} is not known here; there is: {names}."
    if kind == "missing":
        return f"{where} is missing."
    allowed = _ALLOWED[kind].format(**context) if kind in _ALLOWED else error["msg"]
    return f"{where} is {_shown(error['input'])}; {allowed}."


def _shown(value: object) -> str:
    """Return the beginning of what was given, or how many there are."""
    if isinstance(value, list | dict):
        return f"a list of {len(value):,}" if isinstance(value, list) else "an object"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
