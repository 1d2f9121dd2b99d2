"""From the text of a specification to its parts, with every mistake said in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from core.sources.problems import listed

_Model = TypeVar("_Model", bound=BaseModel)
_SECTIONS = ("source", "as_of", "tables", "either", "checks", "attributes", "lenses")


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

    A table that says `like = "other"` starts from that table's columns and overrides some.
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
    tables = _mapping(raw.get("tables"))
    document["tables"] = {
        name: _merged(name, table, tables, mistakes)
        for name, table in tables.items()
        if isinstance(table, Mapping)
    }
    return document


def parsed(model: type[_Model], document: object, mistakes: list[str]) -> _Model | None:
    """Return the model, or None after adding one sentence per mistake."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=True):
            where = ".".join(str(part) for part in found["loc"]) or "The specification"
            mistakes.append(f"{where}: {_words(found, model)}")
        return None


def reference_mistakes(document: Mapping[str, object]) -> list[str]:
    """Return what names a table or a column that is not there, across the whole document."""
    tables = {
        name: set(_mapping(_mapping(table).get("columns")))
        for name, table in _mapping(document.get("tables")).items()
    }
    found = []
    for where, table, column in _references(document):
        if table not in tables:
            found.append(f"{where}: there is no table '{table}'; the tables are: {listed([*tables])}.")
        elif column is not None and column not in tables[table]:
            found.append(
                f"{where}: table {table} has no column '{column}'; "
                f"its columns are: {listed(sorted(tables[table]))}."
            )
    return found + _structure_mistakes(document)


def _structure_mistakes(document: Mapping[str, object]) -> list[str]:
    tables = _mapping(document.get("tables"))
    customers = document.get("customers")
    found = []
    key = _texts(_mapping(tables.get(str(customers))).get("key"))
    if customers in tables and len(key) != 1:
        found.append(
            f"tables.{customers}.key: the customers' table needs a key of exactly one column, "
            f"it has {len(key)}."
        )
    for attribute in map(_mapping, _sequence(document.get("attributes"))):
        table, _, column = str(attribute.get("column", "")).partition(".")
        role = _mapping(_mapping(_mapping(tables.get(table)).get("columns")).get(column))
        if role.get("role") == "direct_identifier":
            found.append(
                f"attributes.{attribute.get('name')}: {table}.{column} is a direct identifier "
                "and cannot become a feature."
            )
    return found + _doubled(document) + _cycle(tables)


def _doubled(document: Mapping[str, object]) -> list[str]:
    found = []
    for section in ("attributes", "lenses", "checks"):
        names = [str(_mapping(e).get("name")) for e in _sequence(document.get(section))]
        twice = sorted({name for name in names if names.count(name) > 1})
        found += [f"{section}: the name '{name}' is given twice." for name in twice]
    return found


def _cycle(tables: Mapping[str, object]) -> list[str]:
    parents = {
        name: {str(target).partition(".")[0] for target in _targets(table)} - {name}
        for name, table in tables.items()
    }
    left = dict(parents)
    while free := [name for name, above in left.items() if not above & set(left)]:
        for name in free:
            del left[name]
    return [f"tables: {listed(sorted(left))} refer to each other in a circle."] if left else []


def _references(document: Mapping[str, object]) -> Iterator[tuple[str, str, str | None]]:
    if "customers" in document:
        yield "source.customers", str(document["customers"]), None
    for target in _texts(_mapping(document.get("as_of")).get("latest_of")):
        yield "as_of.latest_of", *_split(target)
    for name, table in _mapping(document.get("tables")).items():
        for column in _texts(_mapping(table).get("key")):
            yield f"tables.{name}.key", name, column
        for column, target in _mapping(_mapping(table).get("references")).items():
            yield f"tables.{name}.references", name, column
            yield f"tables.{name}.references.{column}", *_split(str(target))
    for groups in _sequence(document.get("either")):
        for group in _sequence(groups):
            for table in _texts(group):
                yield "either", table, None
    for attribute in map(_mapping, _sequence(document.get("attributes"))):
        yield f"attributes.{attribute.get('name')}", *_split(str(attribute.get("column")))
    yield from _check_references(document)


def _check_references(document: Mapping[str, object]) -> Iterator[tuple[str, str, str | None]]:
    for check in map(_mapping, _sequence(document.get("checks"))):
        where, table = f"checks.{check.get('name')}", str(check.get("table"))
        yield where, table, None
        columns = [*_texts(check.get("columns")), *_texts(check.get("key"))]
        columns += [*_texts(check.get("total")), *_texts(check.get("parts"))]
        for column in columns:
            yield where, table, column
            if "other" in check and column in [
                *_texts(check.get("columns")),
                *_texts(check.get("key")),
            ]:
                yield where, str(check["other"]), column


def _merged(
    name: str, table: Mapping[str, object], tables: Mapping[str, object], mistakes: list[str]
) -> dict[str, object]:
    own = {key: value for key, value in table.items() if key != "like"}
    columns = _mapping(own.get("columns"))
    like = table.get("like")
    if like is not None:
        base = _mapping(tables.get(str(like)))
        if not base or "like" in base:
            mistakes.append(f"tables.{name}.like: '{like}' is not a table with columns of its own.")
        columns = {**_mapping(base.get("columns")), **columns}
    return {"files": f"{name}.csv", **own, "name": name, "columns": columns}


def _words(found: Mapping[str, object], model: type[BaseModel]) -> str:
    del model
    context = _mapping(found.get("ctx"))
    given = found.get("input")
    match found["type"]:
        case "missing":
            return "is missing."
        case "extra_forbidden":
            return "is not a known key here; check the spelling."
        case "enum" | "literal_error":
            return f"{given!r} is not allowed; choose among {context['expected']}."
        case "union_tag_invalid":
            return f"kind {context['tag']!r} is not allowed; choose among {context['expected_tags']}."
        case "union_tag_not_found":
            return "kind is missing."
        case "value_error":
            return f"{context['error']}."
        case "string_pattern_mismatch":
            return f"{given!r} does not have the form {context['pattern']}."
        case _:
            return f"{found['msg']}, found {type(given).__name__}."


def _targets(table: object) -> list[str]:
    return [str(t) for t in _mapping(_mapping(table).get("references")).values()]


def _split(reference: str) -> tuple[str, str]:
    table, _, column = reference.partition(".")
    return table, column


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in _sequence(value) if isinstance(item, str)]
