"""Which files a table is read from; CSV files opened, with a readable copy where one is needed."""

from __future__ import annotations

import codecs
import hashlib
import mmap
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.sources.blanks import with_tabs
from core.sources.blocks import PlainLines
from core.sources.compression import require_text, unpacked
from core.sources.headers import Header, UnreadableFileError, matched_columns, read_header
from core.sources.opened import Cell, OpenedFile
from core.sources.quoting import CR, LF
from core.sources.structure import Structure, scan
from core.sources.tables import TableSpec

_CHUNK = 1 << 24
_LINE_ENDS = b"\r\n"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_BLANK = " "  # the null marker: a cell that is missing anyway, so that none is lost to it


def matching_files(table: TableSpec, folder: Path | None) -> list[Path]:
    """Return the table's files in the folder, in alphabetical order; none if one is missing."""
    present = sorted(path for path in folder.iterdir() if path.is_file()) if folder else []
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
    UnreadableFileError
        Empty, in another encoding, with another delimiter, or with missing or doubled columns.
    """
    name, sha256 = path.name, file_sha256(path)
    readable = path
    if table.compression == "gzip":
        readable = unpacked(path, scratch)
    else:
        require_text(path, table.name)
    if readable.stat().st_size == 0:
        needed = "a header and rows" if table.header else "rows"
        raise UnreadableFileError(f"{name} is empty; it needs {needed}.")
    readable = _as_utf8(readable, name, table.encoding, scratch)
    if table.delimiter == "whitespace":
        readable = with_tabs(readable, table.quote, scratch)
    data = _bytes(readable)
    header = read_header(data, table, name)
    columns, unknown, absent = matched_columns(header.names, table, name)
    structure = scan(data, header.end, header.lines + 1, len(header.names), header.dialect)
    if structure.gave_up:
        raise UnreadableFileError(
            f"{name} cannot be read: {structure.gave_up}. Check the file's quoting, or state "
            f"quote = '' in tables.{table.name} if quote marks mean nothing."
        )
    if structure.records == 0:
        raise UnreadableFileError(f"{name} has a header but no rows.")
    if not structure.plain:
        readable = _mended(data, header, structure, scratch / f"{name}.whole")
    return OpenedFile(
        name=name,
        sha256=sha256,
        rows=_rows(len(header.names), parallel=structure.plain, named=table.header),
        parameters=(str(readable), header.dialect.delimiter, *[header.dialect.quote] * 2, _BLANK),
        cells={column: Cell(f"c{position}") for column, position in columns.items()},
        structure=structure,
        unknown=unknown,
        absent=absent,
        lines=_plain_lines(readable, header, structure, columns),
    )


def _plain_lines(
    path: Path, header: Header, structure: Structure, columns: dict[str, int]
) -> PlainLines | None:
    if structure.quoted or not structure.plain:
        return None
    return PlainLines(path, header.end, header.dialect.delimiter, len(header.names), columns)


def _rows(fields: int, *, parallel: bool, named: bool) -> str:
    types = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(fields))
    return (
        f"read_csv(?, auto_detect=false, header={str(named).lower()}, columns={{{types}}}, "
        "delim=?, quote=?, escape=?, nullstr=?, strict_mode=true, null_padding=false, "
        "hive_partitioning=false, "
        f"max_line_size=16777216, buffer_size=67108864, parallel={str(parallel).lower()})"
    )


def _is_pattern(name: str) -> bool:
    return any(mark in name for mark in "*?[")


def file_sha256(path: Path) -> str:
    """Return the sha256 (hexadecimal) of a file as it was handed over."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes(path: Path) -> NDArray[np.uint8]:
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return np.frombuffer(mapped, dtype=np.uint8)


def _as_utf8(path: Path, name: str, encoding: str, scratch: Path) -> Path:
    """Return the file, or a copy in UTF-8 where it is in another encoding."""
    with path.open("rb") as file:
        begin = file.read(4)
    codec = codecs.lookup(encoding).name
    if codec in ("utf-8", "utf-8-sig", "ascii"):
        for bom, other in _BOMS:
            if begin.startswith(bom):
                raise UnreadableFileError(
                    f"{name} is {other.upper()} text but {encoding} is expected; "
                    f"state encoding = '{other}' or save the file as UTF-8."
                )
        return path
    copy = scratch / f"{name}.utf8"
    try:
        with (
            path.open(encoding=encoding, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            while part := source.read(_CHUNK):
                target.write(part)
    except UnicodeError as error:
        raise UnreadableFileError(
            f"{name} is not {encoding} text throughout; state its encoding in the specification."
        ) from error
    return copy


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
        if header.lines:
            target.write(data[: header.end].tobytes().rstrip(b"\r\n") + b"\n")
        position = header.end
        for start, end in [*broken, (stop, stop)]:
            _copy(data, position, start, header.dialect.quote, target)
            position = end + (2 if data[end : end + 2].tobytes() == b"\r\n" else 1)
        target.write(b"\n")
    return path


def _copy(data: NDArray[np.uint8], start: int, stop: int, quote: str, target: BinaryIO) -> None:
    """Write whole records, CRLF as LF where it ends one; within quotes it stays as it is."""
    quotes = 0
    while start < stop:
        part = data[start : min(start + _CHUNK, stop)]
        following = np.append(part[1:], data[start + len(part) : start + len(part) + 1])
        ends = np.zeros(len(part), bool)
        ends[: len(following)] = (part[: len(following)] == CR) & (following == LF)
        if quote:
            is_quote = part == ord(quote)
            ends &= (np.cumsum(is_quote, dtype=np.uint8) & 1) == quotes
            quotes = (quotes + int(is_quote.sum())) % 2
        target.write(part[~ends].tobytes())
        start += len(part)
