"""One file of the corpus and what must come of it, written down beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Category(StrEnum):
    """What is odd about a file."""

    ENCODINGS = "encodings"
    STRUCTURE = "structure"
    QUOTES = "quotes"
    SIZES = "sizes"
    HEADERS = "headers"
    IDENTITY = "identity"
    NUMBERS = "numbers"
    DATES = "dates"
    TIMES = "times"
    SEMANTICS = "semantics"
    FORMS = "forms"
    PARQUET = "parquet"


PEOPLE = """
id = { type = "text", role = "id" }
surname = { type = "text", role = "direct_identifier" }
age = { type = "integer", role = "sensitive", minimum = 0, maximum = 120 }
"""
HEADER = "id;surname;age\n"

Row = tuple[object, ...]
Rejected = tuple[int, str, str]  # line, column, reason
WHOLE = "(whole row)"


@dataclass(frozen=True, slots=True)
class Case:
    """A named file of one table; ``{file}`` in a sentence is its name.

    It is refused as a whole with a sentence, or each of its rows is accepted or rejected.
    """

    name: str
    content: bytes
    accepted: tuple[Row, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    refused: str = ""
    found: tuple[str, ...] = ()  # what the integrity report holds against it
    warned: tuple[str, ...] = ()
    table: str = ""  # lines of TOML: how the table is read
    columns: str = PEOPLE
    key: str = "id"
    extension: str = "csv"
    checks: str = ""  # TOML; {table} is the table's name
    parents: tuple[str, ...] = ()  # ids that rows may refer to, as table "<name>_parents"

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.{self.extension}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case, in the words of `Case`."""

    accepted: tuple[Row, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    refused: str = ""
    found: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    rows_read: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class No:
    """The reason why a cell is rejected."""

    reason: str


def fields(found: int, named: int = 3) -> str:
    """The reason why a ragged row is rejected."""
    return f"has {found} field{'' if found == 1 else 's'} where the header names {named}"


def people(name: str, body: str | bytes, *accepted: Row, **more: object) -> Case:
    """A file of people behind the usual header."""
    rest = body if isinstance(body, bytes) else body.encode()
    return Case(name, HEADER.encode() + rest, accepted=accepted, **more)  # type: ignore[arg-type]


def cells(name: str, column: str, *given: tuple[str, object], **more: object) -> Case:
    """A file with one row per cell of a column ``v``, each with its value or a `No`."""
    lines = ["id;v", *(f"{n};{cell}" for n, (cell, _) in enumerate(given, start=1))]
    return Case(
        name,
        "\n".join([*lines, ""]).encode(),
        accepted=tuple(
            (str(n), value) for n, (_, value) in enumerate(given, 1) if not isinstance(value, No)
        ),
        rejected=tuple(
            (n + 1, "v", value.reason)
            for n, (_, value) in enumerate(given, 1)
            if isinstance(value, No)
        ),
        columns=f'id = {{ type = "text", role = "id" }}\nv = {{ role = "measure", {column} }}\n',
        **more,  # type: ignore[arg-type]
    )
