"""What a document is made of, whatever it is written as: sections, sentences, lists, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """How the cells of a column are to be set."""

    TEXT = "text"
    NUMBER = "number"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    label: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences; ``is_lead`` for the one that a reader in a hurry reads."""

    text: str
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its caption; the first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A title with sections."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


def numbers(*labels: str) -> tuple[Column, ...]:
    """Return columns of numbers."""
    return tuple(Column(label, CellKind.NUMBER) for label in labels)


def texts(*labels: str) -> tuple[Column, ...]:
    """Return columns of words."""
    return tuple(Column(label) for label in labels)


def code(label: str) -> Column:
    """Return a column of fingerprints and names of things in files."""
    return Column(label, CellKind.CODE)


def table(
    caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, none: str
) -> Block:
    """Return a table, or the sentence ``none`` where it would have no rows.

    >>> table("Files", texts("File"), [], none="No file was read.")
    Paragraph(text='No file was read.', is_lead=False)
    """
    if not rows:
        return Paragraph(none)
    width = len(columns)
    if any(len(row) != width for row in rows):
        raise ValueError(f"Every row of “{caption}” needs {width} cells.")
    return Table(caption, tuple(columns), tuple(tuple(row) for row in rows))
