"""Names within a specification that lead nowhere: tables, columns, doubled names, circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.sources.parsing import mapping, sequence, texts
from core.sources.problems import listed


def reference_mistakes(document: Mapping[str, object]) -> list[str]:
    """Return what names a table or a column that is not there, across the whole document."""
    tables = {
        name: set(mapping(mapping(table).get("columns")))
        for name, table in mapping(document.get("tables")).items()
    }
    found = []
    for where, table, column in _references(document):
        if table not in tables:
            found.append(
                f"{where}: there is no table '{table}'; the tables are: {listed([*tables])}."
            )
        elif column is not None and column not in tables[table]:
            found.append(
                f"{where}: table {table} has no column '{column}'; "
                f"its columns are: {listed(sorted(tables[table]))}."
            )
    return found + _structure_mistakes(document)


def _structure_mistakes(document: Mapping[str, object]) -> list[str]:
    tables = mapping(document.get("tables"))
    customers = document.get("customers")
    found = []
    key = texts(mapping(tables.get(str(customers))).get("key"))
    told_apart = "identities" in mapping(document.get("queries"))  # says whose each row is
    if customers in tables and len(key) != 1 and not told_apart:
        found.append(
            f"tables.{customers}.key: the customers' table needs a key of exactly one column, "
            f"it has {len(key)}; or write identities.sql."
        )
    for target in texts(mapping(document.get("as_of")).get("latest_of")):
        table, column = _split(target)
        given = mapping(mapping(mapping(tables.get(table)).get("columns")).get(column))
        if given and given.get("type") not in ("date", "timestamp"):
            found.append(
                f"as_of.latest_of: {target} is of type {given.get('type')}; "
                "the last day is found in a date or a timestamp."
            )
    for attribute in map(mapping, sequence(document.get("attributes"))):
        table, _, column = str(attribute.get("column", "")).partition(".")
        role = mapping(mapping(mapping(tables.get(table)).get("columns")).get(column))
        if role.get("role") == "direct_identifier":
            found.append(
                f"attributes.{attribute.get('name')}: {table}.{column} is a direct identifier "
                "and cannot become a feature."
            )
    for measure in map(mapping, sequence(document.get("measures"))):
        table, _, column = str(measure.get("column", "")).partition(".")
        given = mapping(mapping(mapping(tables.get(table)).get("columns")).get(column))
        if given and given.get("role") != "measure":
            found.append(
                f"measures.{measure.get('name')}: {table}.{column} has the role "
                f"{given.get('role')}; "
                "what is measured every period has the role measure."
            )
    return found + _doubled(document) + _cycle(tables)


def _doubled(document: Mapping[str, object]) -> list[str]:
    found = []
    for section in ("attributes", "measures", "lenses", "checks"):
        names = [str(mapping(e).get("name")) for e in sequence(document.get(section))]
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
    for target in texts(mapping(document.get("as_of")).get("latest_of")):
        yield "as_of.latest_of", *_split(target)
    for name, table in mapping(document.get("tables")).items():
        for column in texts(mapping(table).get("key")):
            yield f"tables.{name}.key", name, column
        for linked, aim in mapping(mapping(table).get("references")).items():
            yield f"tables.{name}.references", name, linked
            yield f"tables.{name}.references.{linked}", *_split(str(aim))
    for either in map(mapping, sequence(document.get("either"))):
        for group in sequence(either.get("groups")):
            yield from (("either", member, None) for member in texts(group))
    for attribute in map(mapping, sequence(document.get("attributes"))):
        yield f"attributes.{attribute.get('name')}", *_split(str(attribute.get("column")))
    for measure in map(mapping, sequence(document.get("measures"))):
        yield f"measures.{measure.get('name')}", *_split(str(measure.get("column")))
    yield from _check_references(document)


def _check_references(document: Mapping[str, object]) -> Iterator[tuple[str, str, str | None]]:
    for check in map(mapping, sequence(document.get("checks"))):
        where, table = f"checks.{check.get('name')}", str(check.get("table"))
        yield where, table, None
        compared = [*texts(check.get("columns")), *texts(check.get("key"))]
        summed = [*texts(check.get("total")), *texts(check.get("parts"))]
        yield from ((where, table, column) for column in compared + summed)
        if "other" in check:
            yield from ((where, str(check["other"]), column) for column in compared)


def _targets(table: object) -> list[str]:
    return [str(t) for t in mapping(mapping(table).get("references")).values()]


def _split(reference: str) -> tuple[str, str]:
    table, _, column = reference.partition(".")
    return table, column
