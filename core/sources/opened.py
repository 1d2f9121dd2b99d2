"""What every form of a table hands over once it passed as a whole: cells, rows, their places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.sources.blocks import PlainLines
from core.sources.structure import Structure


class Native(StrEnum):
    """As what a file or a database holds a value; its words end "the file holds …"."""

    TEXT = "text"
    INTEGER = "whole numbers"
    NUMBER = "numbers with decimals"
    FLAG = "true and false"
    DATE = "dates"
    TIME = "times of day"
    TIMESTAMP = "times with their date"
    ZONED = "times with a time zone"
    OTHER = "nested or binary values"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a column's cells are found: SQL over the rows, and as what they are held."""

    sql: str
    native: Native = Native.TEXT


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFile:
    """A file, or a table of a database, that passed as a whole.

    ``rows`` is what follows FROM in SQL, with ``parameters``: the whole records in their order.
    """

    name: str
    sha256: str
    rows: str
    parameters: tuple[object, ...]
    cells: dict[str, Cell]  # by the specification's names
    structure: Structure
    unknown: tuple[str, ...]  # columns that the specification does not know
    absent: tuple[str, ...]  # optional columns that the file lacks
    has_lines: bool = True  # a text file; else records are numbered from 1
    lines: PlainLines | None = None  # where the rows are as plain as that
