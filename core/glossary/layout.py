"""The columns of the three files that a glossary is exchanged in, and the fields they fill."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

CATEGORY, TERM = "category", "glossary_term"  # artifact types
ARTIFACT_TYPES = {
    "category": CATEGORY,
    "glossary_term": TERM,
    "glossary term": TERM,
    "business term": TERM,
    "term": TERM,
}


class Kind(StrEnum):
    """Which of the three files one is."""

    CATEGORIES = "categories"
    TERMS = "terms"
    LINKS = "columns"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of file, in order: header → field; those of ``many`` continue."""

    columns: dict[str, str]
    many: frozenset[str]  # headers whose further values stand on rows without a name
    key: str  # the header without which a row continues the one before


LAYOUTS = {
    Kind.CATEGORIES: Layout(
        columns={
            "Name": "name",
            "Artifact Type": "artifact",
            "Category": "category",
            "Description": "description",
            "Tags": "tags",
            "Stewards": "stewards",
        },
        many=frozenset({"Tags", "Stewards"}),
        key="Name",
    ),
    Kind.TERMS: Layout(
        columns={
            "Name": "name",
            "Artifact Type": "artifact",
            "Category": "category",
            "Description": "description",
            "Tags": "tags",
            "Classifications": "classifications",
            "Stewards": "stewards",
            "Related Terms": "related",
            "Business Start": "business_start",
            "Business End": "business_end",
            "Part Of Terms": "part_of",
            "Type of Terms": "type_of",
            "Abbreviations": "abbreviations",
            "Data Classes": "data_classes",
            "Synonyms": "synonyms",
            "Secondary Categories": "secondary_categories",
        },
        many=frozenset(
            {
                "Tags",
                "Classifications",
                "Stewards",
                "Related Terms",
                "Part Of Terms",
                "Type of Terms",
                "Abbreviations",
                "Data Classes",
                "Synonyms",
                "Secondary Categories",
            }
        ),
        key="Name",
    ),
    Kind.LINKS: Layout(
        columns={
            "Business Terms": "term",
            "Column_header": "column",
            "Table": "table",
            "File": "file",
        },
        many=frozenset(),
        key="Business Terms",
    ),
}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_GUARDED = re.compile(r"'+(?=[=+\-@])")
_FORMULA = re.compile(r"'*[=+\-@]")


def same_header(header: str) -> str:
    """Return a header as it is compared: case, underscores and double blanks do not count.

    >>> same_header(" column_Header ") == same_header("Column header")
    True
    """
    return " ".join(header.replace("_", " ").casefold().split())


def read_cell(text: str) -> str:
    r"""Return what a cell says: no blanks around it, line ends as ``\n``, no formula guard.

    >>> read_cell(" '=SUM \r\n of all ")
    '=SUM \n of all'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain[1:] if _GUARDED.match(plain) else plain


def written_cell(text: str) -> str:
    """Return a cell for a file: text that a spreadsheet would run gets an apostrophe.

    >>> written_cell("=SUM"), written_cell("plain"), read_cell(written_cell("'=SUM"))
    ("'=SUM", 'plain', "'=SUM")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def has_control_characters(text: str) -> bool:
    """Whether a text has characters that no one can see or that databases refuse."""
    return _CONTROL.search(text) is not None
