"""A file's first record: the delimiter, the names it gives, and which column each of them is."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from core.sources.columns import ColumnSpec, Role, plain
from core.sources.problems import listed
from core.sources.quoting import Dialect
from core.sources.tables import DELIMITERS, TableSpec

_HEADER_LIMIT = 1 << 20


class UnreadableFileError(Exception):
    """A whole file that cannot be read; its text is a sentence (and becomes a `DataError`)."""


@dataclass(frozen=True, slots=True)
class Header:
    """A file's first record: the names it gives and where the rows begin."""

    names: tuple[str, ...]
    dialect: Dialect
    end: int  # byte of the first row
    lines: int  # lines that the header takes


def read_header(data: NDArray[np.uint8], table: TableSpec, name: str) -> Header:
    """Return the header of a file's bytes; the delimiter is the stated or the likely one.

    Where the table has none, the specification's columns are the names, in its order.
    """
    raw = data[:_HEADER_LIMIT].tobytes()
    bom = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    end = _record_end(raw, bom, table.quote)
    try:
        text = raw[bom:end].decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{name}: the {_first(table)} is not {table.encoding} text."
        ) from error
    if not text.strip():
        needed = "name the columns" if table.header else "be a row"
        raise UnreadableFileError(f"{name}: the first line is blank; it must {needed}.")
    if "\r" in text and "\n" not in text:
        raise UnreadableFileError(f"{name} ends its lines with CR alone; save it with LF or CRLF.")
    if "\0" in text:
        raise UnreadableFileError(
            f"{name}: the {_first(table)} has a NUL byte; this is not a text file."
        )
    if table.delimiter == "whitespace":
        delimiter = "\t"  # the file was brought to tabs
    else:
        delimiter = table.delimiter or _likely_delimiter(text, table)
    if not table.header:
        return _from_specification(text, delimiter, bom, table, name)
    names = _split(text, delimiter, table.quote)
    if table.delimiter != "whitespace":
        _expect_delimiter(text, table, name)
    return Header(names, Dialect(delimiter, table.quote), end, raw[:end].count(b"\n") or 1)


def matched_columns(
    names: tuple[str, ...], table: TableSpec, file: str
) -> tuple[dict[str, int], tuple[str, ...], tuple[str, ...]]:
    """Return where each column of the specification stands, the unknown and the absent ones."""
    plain_names = [plain(name) for name in names]
    doubled = sorted({name or "(blank)" for name in names if plain_names.count(plain(name)) > 1})
    if doubled:
        raise UnreadableFileError(f"{file}: the header names {listed(doubled)} more than once.")
    positions = {plain(name): index for index, name in enumerate(names)}
    columns = {
        name: positions[hit]
        for name, spec in table.columns.items()
        if (hit := _hit(name, spec, positions)) is not None
    }
    lacking = [name for name in table.columns if name not in columns]
    absent = tuple(name for name in lacking if table.columns[name].optional)
    missing = [
        name
        for name in lacking
        if name not in absent and table.columns[name].role is not Role.IGNORE
    ]
    if missing:
        raise UnreadableFileError(
            f"{file} lacks the column{'s' if len(missing) > 1 else ''} {listed(missing)}; "
            f"its header names: {listed(names, 40)}."
        )
    taken = set(columns.values())
    unknown = tuple(
        name
        for index, name in enumerate(names)
        if index not in taken and not _is_ignored(name, table)
    )
    return columns, unknown, absent


def _from_specification(
    text: str, delimiter: str, start: int, table: TableSpec, name: str
) -> Header:
    """Return the header that a file without one is read with; its first row must fit."""
    names, found = tuple(table.columns), len(_split(text, delimiter, table.quote))
    if found != len(names):
        raise UnreadableFileError(
            f"{name}: the first line has {found} field{'s' if found != 1 else ''}, but the "
            f"specification names {len(names)} columns; without a header it names all, in the "
            "file's order."
        )
    return Header(names, Dialect(delimiter, table.quote), start, 0)


def _first(table: TableSpec) -> str:
    return "header" if table.header else "first line"


def _is_ignored(name: str, table: TableSpec) -> bool:
    return any(fnmatchcase(name.casefold(), one.casefold()) for one in table.ignored)


def _record_end(raw: bytes, start: int, quote: str) -> int:
    position = start
    while True:
        newline = raw.find(b"\n", position)
        if newline < 0:
            return len(raw)
        if not quote or raw.count(quote.encode(), start, newline) % 2 == 0:
            return newline + 1
        position = newline + 1


def _split(text: str, delimiter: str, quote: str) -> tuple[str, ...]:
    if not quote:
        return tuple(part.strip() for part in text.split(delimiter))
    row = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote))
    return tuple(part.strip() for part in row)


def _likely_delimiter(text: str, table: TableSpec) -> str:
    """Return the delimiter under which the header names the most of the table's columns.

    Without a header, the one that makes as many fields as there are columns.
    """
    known = {plain(n) for name, spec in table.columns.items() for n in (name, *spec.aliases)}

    def score(delimiter: str) -> tuple[int, int]:
        names = _split(text, delimiter, table.quote)
        if not table.header:
            return int(len(names) == len(table.columns)), len(names)
        return sum(plain(name) in known for name in names), len(names)

    return max(DELIMITERS, key=score)


def _expect_delimiter(text: str, table: TableSpec, name: str) -> None:
    likely = _likely_delimiter(text, table)
    stated = table.delimiter or likely
    if len(_split(text, likely, table.quote)) > len(_split(text, stated, table.quote)):
        raise UnreadableFileError(
            f"{name}: columns are separated by {likely!r}, but the specification states "
            f"{stated!r}; correct delimiter in tables.{table.name} or leave it out."
        )


def _hit(name: str, spec: ColumnSpec, positions: dict[str, int]) -> str | None:
    return next((plain(n) for n in (name, *spec.aliases) if plain(n) in positions), None)
