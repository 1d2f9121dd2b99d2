"""Whether a value has the shape that an OpenAPI document describes: as much as ours uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_KINDS: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}


def departures(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """Every way in which the value differs from what is described; empty if it fits."""
    return list(_departures(value, schema, document, "answer"))


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference leads to."""
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _departures(
    value: Any, schema: dict[str, Any], document: dict[str, Any], at: str
) -> Iterator[str]:
    schema = resolved(schema, document)
    if "anyOf" in schema:
        if all(departures(value, one, document) for one in schema["anyOf"]):
            yield f"{at}: {value!r} is none of {schema['anyOf']}"
        return
    kind = schema["type"]
    if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{at}: {value!r} is no {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if kind == "array":
        for place, item in enumerate(value):
            yield from _departures(item, schema["items"], document, f"{at}[{place}]")
    if kind == "object" and "properties" in schema:
        properties = schema["properties"]
        assert schema["additionalProperties"] is False
        yield from (
            f"{at} lacks {name}" for name in schema.get("required", ()) if name not in value
        )
        yield from (f"{at} has {name}" for name in value if name not in properties)
        for name, one in value.items():
            if name in properties:
                yield from _departures(one, properties[name], document, f"{at}.{name}")
