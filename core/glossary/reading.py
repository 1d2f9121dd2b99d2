"""Glossary files as categories, terms and links, each with the row that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from core.errors import one_of
from core.glossary.layout import ARTIFACT_TYPES, CATEGORY, TERM, Kind
from core.glossary.mistakes import Mistake
from core.glossary.model import SEPARATOR, Category, Classification, Link, Term, key
from core.glossary.rows import Record, Value, read_records

_CLASSIFICATIONS = {c.casefold(): c for c in Classification} | {
    "personally identifiable information": Classification.PERSONAL,
    "personal information": Classification.PERSONAL,
    "sensitive personal information": Classification.SENSITIVE,
}


@dataclass(slots=True)
class Draft:
    """What files say, before references are looked up; ``at`` tells the row of each record."""

    categories: list[tuple[Category, Record]] = field(default_factory=list)
    terms: list[tuple[Term, Record]] = field(default_factory=list)
    links: list[tuple[Link, Record]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def read_draft(files: Iterable[tuple[str, bytes]]) -> Draft:
    r"""Return what the files (name, content) say; mistakes are gathered, nothing is raised.

    >>> head = b"Name,Artifact Type,Category,Description,Tags,Stewards"
    >>> draft = read_draft([("c.csv", head + b"\nCards,category,Products,,,")])
    >>> draft.categories[0][0].path, draft.mistakes
    ('Products >> Cards', [])
    """
    draft = Draft()
    for name, content in files:
        for record in read_records(name, content, draft.mistakes):
            _take(record, draft)
    return draft


def _take(record: Record, draft: Draft) -> None:
    if record.kind is Kind.LINKS:
        _require(record, draft.mistakes, "Column_header", "Table")
        term, column = record.one("Business Terms"), record.one("Column_header")
        link = Link(term, column, record.one("Table"), record.one("File"))
        draft.links.append((link, record))
        return
    _check_name(record, draft.mistakes)
    if record.kind is Kind.CATEGORIES:
        _check_artifact(record, CATEGORY, draft.mistakes)
        draft.categories.append((_category(record, draft.mistakes), record))
    else:
        _check_artifact(record, TERM, draft.mistakes)
        _require(record, draft.mistakes, "Category")
        draft.terms.append((_term(record, draft.mistakes), record))


def _category(record: Record, mistakes: list[Mistake]) -> Category:
    parent = _path(record.one("Category"))
    return Category(
        path=f"{parent}{SEPARATOR}{record.one('Name')}" if parent else record.one("Name"),
        description=record.one("Description"),
        tags=_texts(record, "Tags", mistakes),
        stewards=_texts(record, "Stewards", mistakes),
    )


def _term(record: Record, mistakes: list[Mistake]) -> Term:
    start = _day(record, "Business Start", mistakes)
    end = _day(record, "Business End", mistakes)
    if start and end and end < start:
        mistakes.append(Mistake(record.place, "Business End", f"{end} is before {start}."))
    return Term(
        name=record.one("Name"),
        category=_path(record.one("Category")),
        description=record.one("Description"),
        tags=_texts(record, "Tags", mistakes),
        classifications=_classifications(record, mistakes),
        stewards=_texts(record, "Stewards", mistakes),
        related=_paths(record, "Related Terms", mistakes),
        business_start=start,
        business_end=end,
        part_of=_paths(record, "Part Of Terms", mistakes),
        type_of=_paths(record, "Type of Terms", mistakes),
        abbreviations=_texts(record, "Abbreviations", mistakes),
        data_classes=_texts(record, "Data Classes", mistakes),
        synonyms=_texts(record, "Synonyms", mistakes),
        secondary_categories=_paths(record, "Secondary Categories", mistakes),
    )


def _texts(record: Record, header: str, mistakes: list[Mistake]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in record.many(header):
        if key(value.text) in found:
            mistakes.append(
                Mistake(record.at(value), header, f"{value.text!r} stands there twice.")
            )
        found.setdefault(key(value.text), value.text)
    return tuple(found.values())


def _paths(record: Record, header: str, mistakes: list[Mistake]) -> tuple[str, ...]:
    return tuple(_path(text) for text in _texts(record, header, mistakes))


def _classifications(record: Record, mistakes: list[Mistake]) -> tuple[Classification, ...]:
    found: dict[Classification, Value] = {}
    for value in record.many("Classifications"):
        last = value.text.rpartition(">>")[2].strip()  # other tools write the path
        known = _CLASSIFICATIONS.get(last.casefold())
        if known is None:
            sentence = one_of("classification", value.text, Classification)
            mistakes.append(Mistake(record.at(value), "Classifications", sentence))
        elif known in found:
            sentence = f"{value.text!r} stands there twice."
            mistakes.append(Mistake(record.at(value), "Classifications", sentence))
        else:
            found[known] = value
    return tuple(found)


def _day(record: Record, header: str, mistakes: list[Mistake]) -> date | None:
    text = record.one(header)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        sentence = f"{text!r} is not a day. Write it as YYYY-MM-DD, e.g. 1995-12-31."
        mistakes.append(Mistake(record.place, header, sentence))
        return None


def _path(text: str) -> str:
    """Return a path with single separators, however the blanks around them were written."""
    return SEPARATOR.join(part.strip() for part in text.split(">>"))


def _check_name(record: Record, mistakes: list[Mistake]) -> None:
    name = record.one("Name")
    if ">>" in name or "\n" in name:
        sentence = "A name has no “>>” and no line break; the category's path stands in Category."
        mistakes.append(Mistake(record.place, "Name", sentence))


def _check_artifact(record: Record, wanted: str, mistakes: list[Mistake]) -> None:
    given = record.one("Artifact Type")
    if ARTIFACT_TYPES.get(given.casefold()) != wanted:
        sentence = f"Artifact type {given!r} does not belong into this file. Write {wanted}."
        mistakes.append(Mistake(record.place, "Artifact Type", sentence))


def _require(record: Record, mistakes: list[Mistake], *headers: str) -> None:
    mistakes += [
        Mistake(record.place, header, "The cell is blank, and it must not be.")
        for header in headers
        if not record.one(header)
    ]
