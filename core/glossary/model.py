"""What a glossary is: categories in a tree, terms with definitions, and what terms explain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SEPARATOR = " >> "  # between the parts of a path
FEATURES = "features"  # the table name by which a link means a feature of the product

Texts = tuple[str, ...]


class Classification(StrEnum):
    """How carefully what a term describes is to be handled."""

    PERSONAL = "Personal"  # says something of a person's life
    SENSITIVE = "Sensitive"  # age, gender, marital status, nationality, place
    CONFIDENTIAL = "Confidential"


@dataclass(frozen=True, slots=True)
class Category:
    """One branch of the tree, known by its path ("Products >> Cards and credit")."""

    path: str
    description: str = ""
    tags: Texts = ()
    stewards: Texts = ()

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(SEPARATOR)[2]

    @property
    def parent(self) -> str:
        """The path without its last part; empty at the top."""
        return self.path.rpartition(SEPARATOR)[0]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the bank and what it means.

    ``related``, ``part_of`` and ``type_of`` are paths of terms, ``category`` and
    ``secondary_categories`` paths of categories.
    """

    name: str
    category: str
    description: str = ""
    tags: Texts = ()
    classifications: tuple[Classification, ...] = ()
    stewards: Texts = ()
    related: Texts = ()
    business_start: date | None = None
    business_end: date | None = None
    part_of: Texts = ()
    type_of: Texts = ()
    abbreviations: Texts = ()
    data_classes: Texts = ()
    synonyms: Texts = ()
    secondary_categories: Texts = ()

    @property
    def path(self) -> str:
        """What the term is known by: its category and its name."""
        return f"{self.category}{SEPARATOR}{self.name}"


@dataclass(frozen=True, slots=True)
class Link:
    """What a term explains: a feature (table "features"), or a column of a source's table."""

    term: str  # path
    column: str
    table: str
    file: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What is explained; it has one term."""
        return self.table, self.column, self.file


@dataclass(frozen=True, slots=True)
class Glossary:
    """Categories, terms and links, each in the order in which they are written."""

    categories: tuple[Category, ...] = ()
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()


def key(path: str) -> str:
    """Return a path as it is compared: capitals do not count.

    >>> key("Value >> Card Debt") == key("value >> card debt")
    True
    """
    return path.casefold()
