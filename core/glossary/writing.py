"""A glossary as the three files that `core.glossary.reading` reads back identically."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from core.glossary.layout import CATEGORY, LAYOUTS, TERM, Kind, written_cell
from core.glossary.model import Category, Glossary, Link, Term

FILE_NAMES = {
    Kind.CATEGORIES: "categories.csv",
    Kind.TERMS: "terms.csv",
    Kind.LINKS: "columns.csv",
}


def write_files(glossary: Glossary) -> dict[str, bytes]:
    """Return the name and content of the three files: UTF-8 with BOM, CRLF, for spreadsheets too.

    >>> files = write_files(Glossary((Category("Products", "What we offer."),)))
    >>> files["categories.csv"].decode("utf-8-sig").splitlines()[1]
    'Products,category,,What we offer.,,'
    """
    return {
        FILE_NAMES[Kind.CATEGORIES]: _file(Kind.CATEGORIES, map(_category, glossary.categories)),
        FILE_NAMES[Kind.TERMS]: _file(Kind.TERMS, map(_term, glossary.terms)),
        FILE_NAMES[Kind.LINKS]: _file(Kind.LINKS, map(_link, glossary.links)),
    }


def _file(kind: Kind, records: Iterable[dict[str, Sequence[str]]]) -> bytes:
    fields = LAYOUTS[kind].columns.values()
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(LAYOUTS[kind].columns)
    for record in records:
        for i in range(max(len(values) for values in record.values())):
            cells = [record[name][i : i + 1] for name in fields]
            writer.writerow([written_cell(cell[0]) if cell else "" for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _category(category: Category) -> dict[str, Sequence[str]]:
    return {
        "name": (category.name,),
        "artifact": (CATEGORY,),
        "category": (category.parent,),
        "description": (category.description,),
        "tags": category.tags,
        "stewards": category.stewards,
    }


def _term(term: Term) -> dict[str, Sequence[str]]:
    return {
        "name": (term.name,),
        "artifact": (TERM,),
        "category": (term.category,),
        "description": (term.description,),
        "tags": term.tags,
        "classifications": tuple(c.value for c in term.classifications),
        "stewards": term.stewards,
        "related": term.related,
        "business_start": _day(term.business_start),
        "business_end": _day(term.business_end),
        "part_of": term.part_of,
        "type_of": term.type_of,
        "abbreviations": term.abbreviations,
        "data_classes": term.data_classes,
        "synonyms": term.synonyms,
        "secondary_categories": term.secondary_categories,
    }


def _link(link: Link) -> dict[str, Sequence[str]]:
    return {
        "term": (link.term,),
        "column": (link.column,),
        "table": (link.table,),
        "file": (link.file,),
    }


def _day(day: date | None) -> tuple[str, ...]:
    return () if day is None else (day.isoformat(),)
