"""From the text of a specification to its parts, with every mistake said in words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

_Model = TypeVar("_Model", bound=BaseModel)
_SECTIONS = (
    "source",
    "as_of",
    "tables",
    "either",
    "checks",
    "attributes",
    "measures",
    "lenses",
    "switches",
)


def read_toml(path: Path) -> tuple[dict[str, object], list[str]]:
    """Return the parsed file and what is wrong with it as TOML (nothing, or one sentence)."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8")), []
    except UnicodeDecodeError as error:
        return {}, [f"{path.name} is not UTF-8 text (byte {error.start}); save it as UTF-8."]
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{path.name} is not valid TOML: {error}."]


def merged_tables(raw: Mapping[str, object], mistakes: list[str]) -> dict[str, object]:
    """Return the document flat: [source] at the top, each table with its name, files and columns.

    A table that says `like = "other"` starts from that table's columns, leaves out those that
    `without` names and overrides some. A check with several tables becomes one check for each;
    `{table}` in its query is the table's name.
    """
    unknown = sorted(set(raw) - set(_SECTIONS))
    mistakes += [
        f"'{name}' is not a section; the sections are: {', '.join(_SECTIONS)}." for name in unknown
    ]
    source = raw.get("source")
    if not isinstance(source, Mapping):
        mistakes.append("The section [source] is missing: it has name, title, currency, customers.")
        source = {}
    document: dict[str, object] = {
        **source,
        **{name: raw[name] for name in _SECTIONS[1:] if name in raw},
    }
    tables = mapping(raw.get("tables"))
    document["tables"] = {
        name: _merged(name, table, tables, mistakes)
        for name, table in tables.items()
        if isinstance(table, Mapping)
    }
    if "checks" in document:
        document["checks"] = [one for check in sequence(raw["checks"]) for one in _each(check)]
    return document


def parsed(model: type[_Model], document: object, mistakes: list[str]) -> _Model | None:
    """Return the model, or None after adding one sentence per mistake."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        found: Mapping[str, object]
        for found in error.errors(include_url=False):
            where = ".".join(str(part) for part in sequence(found["loc"])) or "The specification"
            mistakes.append(f"{where}: {_words(found)}")
        return None


def _merged(
    name: str, table: Mapping[str, object], tables: Mapping[str, object], mistakes: list[str]
) -> dict[str, object]:
    own = {key: value for key, value in table.items() if key not in ("like", "without")}
    columns = mapping(own.get("columns"))
    like = table.get("like")
    if like is not None:
        base = mapping(tables.get(str(like)))
        if not base or "like" in base:
            mistakes.append(f"tables.{name}.like: '{like}' is not a table with columns of its own.")
        left_out = texts(table.get("without"))
        mistakes += [
            f"tables.{name}.without: '{like}' has no column '{column}'."
            for column in left_out
            if column not in mapping(base.get("columns"))
        ]
        inherited = {n: c for n, c in mapping(base.get("columns")).items() if n not in left_out}
        columns = {**inherited, **columns}
    return {**own, "name": name, "columns": columns}


def _each(check: object) -> list[object]:
    """Return one check per table that it names."""
    given = mapping(check)
    if not isinstance(given.get("table"), list | tuple):
        return [check]
    return [
        {
            **given,
            "table": table,
            "name": f"{given.get('name')} ({table})",
            **({"query": query.replace("{table}", table)} if query else {}),
        }
        for table in texts(given["table"])
        for query in [str(given.get("query", ""))]
    ]


def _words(found: Mapping[str, object]) -> str:
    context = mapping(found.get("ctx"))
    given = found.get("input")
    match found["type"]:
        case "missing":
            return "is missing."
        case "extra_forbidden":
            return "is not a known key here; check the spelling."
        case "enum" | "literal_error":
            return f"{given!r} is not allowed; choose among {context['expected']}."
        case "union_tag_invalid":
            return (
                f"kind {context['tag']!r} is not allowed; choose among {context['expected_tags']}."
            )
        case "union_tag_not_found":
            return "kind is missing."
        case "value_error":
            return f"{context['error']}."
        case "string_pattern_mismatch":
            return f"{given!r} does not have the form {context['pattern']}."
        case _:
            return f"{found['msg']}, found {type(given).__name__}."


def mapping(value: object) -> Mapping[str, object]:
    """Return the value if it is a table, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> list[object]:
    """Return the value's items if it is an array, else none."""
    return list(value) if isinstance(value, list | tuple) else []


def texts(value: object) -> list[str]:
    """Return a text, or the texts of an array, as a list."""
    if isinstance(value, str):
        return [value]
    return [item for item in sequence(value) if isinstance(item, str)]
