"""The glossary's tables as one value and back: ids stay with what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from core.glossary.merging import place_of
from core.glossary.model import Category, Classification, Glossary, Link, Term, key
from db.rows import insert_rows, row_of
from db.tables.glossary import GlossaryCategory, GlossaryLink, GlossaryTerm

Key = tuple[str, ...]  # what something in a glossary is, whatever its capitals


def load_glossary(connection: Connection) -> Glossary:
    """Return everything, in the order in which it is exported."""
    categories = connection.execute(
        select(GlossaryCategory.__table__).order_by(GlossaryCategory.position)
    ).all()
    paths = {row.id: row.path for row in categories}
    terms = {
        row.id: _term(row, paths[row.category_id])
        for row in connection.execute(
            select(GlossaryTerm.__table__).order_by(GlossaryTerm.position)
        )
    }
    links = connection.execute(select(GlossaryLink.__table__).order_by(GlossaryLink.position)).all()
    return Glossary(
        tuple(
            Category(row.path, row.description, tuple(row.tags), tuple(row.stewards))
            for row in categories
        ),
        tuple(terms.values()),
        tuple(
            Link(terms[row.term_id].path, row.column_name, row.table_name, row.file)
            for row in links
        ),
    )


def keys_of(glossary: Glossary) -> set[Key]:
    """Return the keys of everything in a glossary."""
    return {
        *(category_key(c.path) for c in glossary.categories),
        *(term_key(t.path) for t in glossary.terms),
        *(link_key(link) for link in glossary.links),
    }


def shipped_keys(connection: Connection) -> set[Key]:
    """Return the keys of what is there as the product brought it."""
    terms = connection.execute(
        select(GlossaryCategory.path, GlossaryTerm.name)
        .join(GlossaryTerm, GlossaryTerm.category_id == GlossaryCategory.id)
        .where(GlossaryTerm.is_shipped)
    )
    categories = connection.execute(
        select(GlossaryCategory.path).where(GlossaryCategory.is_shipped)
    ).scalars()
    links = connection.execute(select(GlossaryLink.__table__).where(GlossaryLink.is_shipped))
    return {
        *(category_key(path) for path in categories),
        *(term_key(Term(name, path).path) for path, name in terms),
        *(link_key(Link("", row.column_name, row.table_name, row.file)) for row in links),
    }


def category_key(path: str) -> Key:
    """Return what a category is known by."""
    return ("category", key(path))


def term_key(path: str) -> Key:
    """Return what a term is known by."""
    return ("term", key(path))


def link_key(link: Link) -> Key:
    """Return what a link is known by: what it explains."""
    return ("link", *place_of(link))


def write_glossary(connection: Connection, glossary: Glossary, shipped: set[Key]) -> None:
    """Put a glossary in the place of what is there; ``shipped`` is marked as the product's."""
    category_ids, term_ids = _ids(connection)
    for table in (GlossaryLink, GlossaryTerm, GlossaryCategory):
        connection.execute(delete(table))
    categories = _numbered((key(c.path) for c in glossary.categories), category_ids)
    terms = _numbered((key(t.path) for t in glossary.terms), term_ids)
    insert_rows(
        connection,
        GlossaryCategory,
        (
            row_of(
                category,
                id=categories[key(category.path)],
                position=i,
                is_shipped=category_key(category.path) in shipped,
            )
            for i, category in enumerate(glossary.categories)
        ),
    )
    insert_rows(
        connection,
        GlossaryTerm,
        (
            _without(
                row_of(
                    term,
                    id=terms[key(term.path)],
                    category_id=categories[key(term.category)],
                    position=i,
                    is_shipped=term_key(term.path) in shipped,
                ),
                "category",
            )
            for i, term in enumerate(glossary.terms)
        ),
    )
    insert_rows(
        connection,
        GlossaryLink,
        (
            {
                "id": i + 1,
                "term_id": terms[key(link.term)],
                "position": i,
                "table_name": link.table,
                "column_name": link.column,
                "file": link.file,
                "is_shipped": link_key(link) in shipped,
            }
            for i, link in enumerate(glossary.links)
        ),
    )


def _ids(connection: Connection) -> tuple[dict[str, int], dict[str, int]]:
    """Return the ids that categories and terms have now, by path."""
    categories = {
        row.id: row.path
        for row in connection.execute(select(GlossaryCategory.id, GlossaryCategory.path))
    }
    terms = connection.execute(select(GlossaryTerm.id, GlossaryTerm.name, GlossaryTerm.category_id))
    return (
        {key(path): number for number, path in categories.items()},
        {key(Term(row.name, categories[row.category_id]).path): row.id for row in terms},
    )


def _numbered(paths: Iterable[str], known: Mapping[str, int]) -> dict[str, int]:
    """Return an id for every path: the one it has, else the next that nothing had."""
    free: Iterator[int] = count(max(known.values(), default=0) + 1)
    return {path: known[path] if path in known else next(free) for path in paths}


def _without(row: dict[str, object], name: str) -> dict[str, object]:
    return {column: value for column, value in row.items() if column != name}


def _term(row: Row[Any], category: str) -> Term:
    return Term(
        name=row.name,
        category=category,
        description=row.description,
        tags=tuple(row.tags),
        classifications=tuple(Classification(c) for c in row.classifications),
        stewards=tuple(row.stewards),
        related=tuple(row.related),
        business_start=row.business_start,
        business_end=row.business_end,
        part_of=tuple(row.part_of),
        type_of=tuple(row.type_of),
        abbreviations=tuple(row.abbreviations),
        data_classes=tuple(row.data_classes),
        synonyms=tuple(row.synonyms),
        secondary_categories=tuple(row.secondary_categories),
    )
