"""Which files a table is read from, their header, and a readable copy where they need mending."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import mmap
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.sources.columns import ColumnSpec, Role, plain
from core.sources.problems import listed
from core.sources.structure import Dialect, Structure, scan
from core.sources.tables import DELIMITERS, TableSpec

_HEADER_LIMIT = 1 << 20
_CHUNK = 1 << 24
_LINE_ENDS = b"\r\n"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class FileFault(Exception):
    """A whole file that cannot be read; its text is a sentence (and becomes a `DataError`)."""


@dataclass(frozen=True, slots=True)
class Header:
    """A file's first record: the names it gives and where the rows begin."""

    names: tuple[str, ...]
    dialect: Dialect
    end: int  # byte of the first row
    lines: int  # lines that the header takes


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFile:
    """A file that passed as a whole: readable bytes, and what the structural pass found."""

    name: str
    sha256: str
    path: Path  # the file itself, or a mended copy: UTF-8, whole records only
    header: Header
    columns: dict[str, int]  # the specification's name → position in the file
    structure: Structure
    unknown: tuple[str, ...]  # columns that the specification does not know
    absent: tuple[str, ...]  # optional columns that the file lacks


def matching_files(table: TableSpec, folder: Path) -> list[Path]:
    """Return the table's files in the folder, in alphabetical order; none if one is missing."""
    present = sorted(path for path in folder.iterdir() if path.is_file())
    found = []
    for pattern in table.files:
        hits = [path for path in present if path.name == pattern] or [
            path for path in present if _is_pattern(pattern) and fnmatchcase(path.name, pattern)
        ]
        if not hits:
            return []
        found += [path for path in hits if path not in found]
    return found


def open_file(path: Path, table: TableSpec, scratch: Path) -> OpenedFile:
    """Pass over a file's structure; write a mended copy into ``scratch`` only where it needs one.

    Raises
    ------
    FileFault
        Empty, in another encoding, with another delimiter, or with missing or doubled columns.
    """
    name, sha256 = path.name, _sha256(path)
    if path.stat().st_size == 0:
        raise FileFault(f"{name} is empty; it needs a header and rows.")
    readable = _as_utf8(path, table.encoding, scratch)
    data = _bytes(readable)
    header = _header(data, table, name)
    columns, unknown, absent = _matched(header.names, table, name)
    structure = scan(data, header.end, header.lines + 1, len(header.names), header.dialect)
    if structure.gave_up:
        raise FileFault(
            f"{name} cannot be read: {structure.gave_up}. Check the file's quoting, or state "
            f"quote = '' in tables.{table.name} if quote marks mean nothing."
        )
    if structure.records == 0:
        raise FileFault(f"{name} has a header but no rows.")
    if not structure.plain:
        readable = _mended(data, header, structure, scratch / f"{name}.whole")
    return OpenedFile(name, sha256, readable, header, columns, structure, unknown, absent)


def _is_pattern(name: str) -> bool:
    return any(mark in name for mark in "*?[")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes(path: Path) -> NDArray[np.uint8]:
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return np.frombuffer(mapped, dtype=np.uint8)


def _as_utf8(path: Path, encoding: str, scratch: Path) -> Path:
    """Return the file, or a copy in UTF-8 where it is in another encoding."""
    with path.open("rb") as file:
        begin = file.read(4)
    codec = codecs.lookup(encoding).name
    if codec in ("utf-8", "utf-8-sig", "ascii"):
        for bom, other in _BOMS:
            if begin.startswith(bom):
                raise FileFault(
                    f"{path.name} is {other.upper()} text but {encoding} is expected; "
                    f"state encoding = '{other}' or save the file as UTF-8."
                )
        return path
    copy = scratch / f"{path.name}.utf8"
    try:
        with path.open(encoding=encoding, newline="") as source:
            with copy.open("w", encoding="utf-8", newline="") as target:
                while part := source.read(_CHUNK):
                    target.write(part)
    except UnicodeError as error:
        raise FileFault(
            f"{path.name} is not {encoding} text throughout; state its encoding in the "
            "specification."
        ) from error
    return copy


def _header(data: NDArray[np.uint8], table: TableSpec, name: str) -> Header:
    raw = data[:_HEADER_LIMIT].tobytes()
    bom = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    end = _record_end(raw, bom, table.quote)
    try:
        text = raw[bom:end].decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise FileFault(f"{name}: the header is not {table.encoding} text.") from error
    if not text.strip():
        raise FileFault(f"{name}: the first line is blank; it must name the columns.")
    if "\r" in text and "\n" not in text:
        raise FileFault(f"{name} ends its lines with CR alone; save it with LF or CRLF.")
    if "\0" in text:
        raise FileFault(f"{name}: the header has a NUL byte; this is not a text file.")
    delimiter = table.delimiter or _likely_delimiter(text, table)
    names = _split(text, delimiter, table.quote)
    if table.delimiter is not None:
        _expect_delimiter(text, table, name)
    return Header(names, Dialect(delimiter, table.quote), end, raw[:end].count(b"\n") or 1)


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
    """Return the delimiter under which the header names the most of the table's columns."""
    known = {plain(n) for name, spec in table.columns.items() for n in (name, *spec.aliases)}

    def score(delimiter: str) -> tuple[int, int]:
        names = _split(text, delimiter, table.quote)
        return sum(plain(name) in known for name in names), len(names)

    return max(DELIMITERS, key=score)


def _expect_delimiter(text: str, table: TableSpec, name: str) -> None:
    likely = _likely_delimiter(text, table)
    if table.delimiter is not None and likely != table.delimiter:
        if len(_split(text, likely, table.quote)) > len(_split(text, table.delimiter, table.quote)):
            raise FileFault(
                f"{name}: columns are separated by {likely!r}, but the specification states "
                f"{table.delimiter!r}; correct delimiter in tables.{table.name} or leave it out."
            )


def _matched(
    names: tuple[str, ...], table: TableSpec, file: str
) -> tuple[dict[str, int], tuple[str, ...], tuple[str, ...]]:
    """Return where each column of the specification stands, the unknown and the absent ones."""
    plain_names = [plain(name) for name in names]
    doubled = sorted({name or "(blank)" for name in names if plain_names.count(plain(name)) > 1})
    if doubled:
        raise FileFault(f"{file}: the header names {listed(doubled)} more than once.")
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
        raise FileFault(
            f"{file} lacks the column{'s' if len(missing) > 1 else ''} {listed(missing)}; "
            f"its header names: {listed(names, 40)}."
        )
    taken = set(columns.values())
    unknown = tuple(name for index, name in enumerate(names) if index not in taken)
    return columns, unknown, absent


def _hit(name: str, spec: ColumnSpec, positions: dict[str, int]) -> str | None:
    return next((plain(n) for n in (name, *spec.aliases) if plain(n) in positions), None)


def _mended(data: NDArray[np.uint8], header: Header, structure: Structure, path: Path) -> Path:
    """Write the header and the whole records alone, every line ending as LF."""
    broken = sorted(
        (int(start), int(end))
        for group in structure.broken
        for start, end in zip(group.starts, group.ends, strict=True)
    )
    stop = len(data)
    while stop > header.end and data[stop - 1] in _LINE_ENDS:
        stop -= 1
    with path.open("wb") as target:
        target.write(data[: header.end].tobytes().rstrip(b"\r\n") + b"\n")
        position = header.end
        for start, end in [*broken, (stop, stop)]:
            _copy(data, position, start, target)
            position = end + (2 if data[end : end + 2].tobytes() == b"\r\n" else 1)
        target.write(b"\n")
    return path


def _copy(data: NDArray[np.uint8], start: int, stop: int, target: BinaryIO) -> None:
    while start < stop:
        end = min(start + _CHUNK, stop)
        if end < stop and data[end - 1] == _LINE_ENDS[0]:
            end -= 1  # keep CR and LF in one part
        target.write(data[start:end].tobytes().replace(b"\r\n", b"\n"))
        start = end
