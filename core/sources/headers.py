"""A file's first record: the delimiter, the names it gives, and which column each of them is."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from core.sources.columns import ColumnSpec, Role, plain
from core.sources.problems import listed
from core.sources.quoting import Dialect, complete_records
from core.sources.tables import DELIMITERS, TableSpec

_HEADER_LIMIT = 1 << 20
_LONGEST_SHOWN = 60  # characters of a name: a file that is no table may have all of it for one


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
    if end == _HEADER_LIMIT < len(data):
        raise UnreadableFileError(
            f"{name}: the {_first(table)} does not end within {_HEADER_LIMIT:,} bytes; check its "
            "quote marks and line ends."
        )
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
            f"{name}: the {_first(table)} has a NUL byte; this is not a text file, or it is UTF-16 "
            "without its mark: then state encoding = 'utf-16-le' or 'utf-16-be'."
        )
    if table.delimiter == "whitespace":
        delimiter = "\t"  # the file was brought to tabs
    else:
        delimiter = table.delimiter or _likely_delimiter(text, table)
    _require_whole(data[bom:end], Dialect(delimiter, table.quote), table, name)
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
    counts = Counter(plain_names)
    doubled = sorted({_shown(n) for n, p in zip(names, plain_names, strict=True) if counts[p] > 1})
    if doubled:
        raise UnreadableFileError(f"{file}: the header names {listed(doubled)} more than once.")
    positions = {plain(name): index for index, name in enumerate(names)}
    _require_one_each(positions, names, table, file)
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
            f"its header names: {listed([_shown(name) for name in names], 40)}."
        )
    taken = set(columns.values())
    unknown = tuple(
        _shown(name)
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


def _require_whole(
    record: NDArray[np.uint8], dialect: Dialect, table: TableSpec, name: str
) -> None:
    """Raise if the first record's quotes are broken: nobody can say then where the rows begin."""
    fault = complete_records(record, dialect, last=True).fault
    if fault is not None:
        raise UnreadableFileError(
            f"{name}: the {_first(table)} {fault[2]}; mend it, or state quote = '' in "
            f"tables.{table.name} if quote marks mean nothing."
        )


def _require_one_each(
    positions: dict[str, int], names: tuple[str, ...], table: TableSpec, file: str
) -> None:
    """Raise if a column of the specification stands in the file under two of its names."""
    for name, spec in table.columns.items():
        held = dict.fromkeys(p for n in (name, *spec.aliases) if (p := plain(n)) in positions)
        if len(held) > 1:
            found = listed([_shown(names[positions[one]]) for one in held])
            raise UnreadableFileError(
                f"{file}: the header names {found}, which all are names of the column {name}; "
                "leave one of them, or take the others out of its aliases."
            )


def _shown(name: str) -> str:
    shown = name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
    return shown or "(blank)"


def _first(table: TableSpec) -> str:
    return "header" if table.header else "first line"


def _is_ignored(name: str, table: TableSpec) -> bool:
    return any(fnmatchcase(name.casefold(), one.casefold()) for one in table.ignored)


def _record_end(raw: bytes, start: int, quote: str) -> int:
    position, quotes = start, 0
    while True:
        newline = raw.find(b"\n", position)
        if newline < 0:
            return len(raw)
        quotes += raw.count(quote.encode(), position, newline) if quote else 0
        if quotes % 2 == 0:
            return newline + 1
        position = newline + 1


def _split(text: str, delimiter: str, quote: str) -> tuple[str, ...]:
    if not quote or quote not in text:
        return tuple(part.strip() for part in text.split(delimiter))
    fields: list[str] = []
    parts: list[str] = []
    quotes = 0
    for part in text.split(delimiter):
        parts.append(part)
        quotes += part.count(quote)
        if quotes % 2 == 0:
            fields.append(delimiter.join(parts))
            parts = []
    fields += [delimiter.join(parts)] if parts else []
    return tuple(_unquoted(field, quote).strip() for field in fields)


def _unquoted(field: str, quote: str) -> str:
    if len(field) < 2 or not field.startswith(quote):
        return field
    return field[1:-1].replace(quote * 2, quote)


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
