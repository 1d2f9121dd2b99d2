"""A second reader, slow and plain, that takes a file of people apart byte by byte.

It shares no code with the real one, which works on whole blocks; the two must agree on any bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.corpus.case import Row

_BLANKS = " \t\n\r\xa0"
_DELIMITER, _QUOTE, _LF, _CR = b";", b'"', b"\n", b"\r"


@dataclass(frozen=True, slots=True)
class Plainly:
    """Accepted rows in their order, and the lines of the rejected ones."""

    accepted: tuple[Row, ...]
    rejected: tuple[int, ...]


def read_plainly(body: bytes) -> Plainly:
    """Read what stands behind the header ``id;surname;age``."""
    records = list(_records(body))
    while records and records[-1][1] == [b""]:
        records.pop()
    rows = [(line, _row(fields)) for line, fields in records]
    whole = [(line, row) for line, row in rows if row is not None]
    kept: list[Row] = []
    rejected = [line for line, row in rows if row is None]
    versions = {row[0]: {r for _, r in whole if r[0] == row[0]} for _, row in whole}
    for line, row in whole:
        if len(versions[row[0]]) > 1 or row in kept:
            rejected.append(line)
        else:
            kept.append(row)
    return Plainly(tuple(kept), tuple(sorted(rejected)))


def _records(body: bytes) -> Iterator[tuple[int, list[bytes] | None]]:
    """Yield each record's line and fields; None where it is broken."""
    start, line = 0, 2
    while start < len(body):
        fields, end = _record(body, start)
        yield line, fields
        line += body.count(_LF, start, end + 1)
        start = end + 1


def _record(body: bytes, start: int) -> tuple[list[bytes] | None, int]:
    """Return a record's fields (None: broken), and where its line end stands."""
    fields, position, is_whole = [], start, True
    while True:
        value = b""
        if body[position : position + 1] == _QUOTE:
            close = _closing(body, position)
            if close is None:
                return None, _line_end(body, position)
            value = body[position + 1 : close].replace(_QUOTE * 2, _QUOTE)
            position = close + 1
        end = _until_a_mark(body, position)
        if body[end : end + 1] == _QUOTE:
            return None, _line_end(body, end)
        is_last = body[end : end + 1] != _DELIMITER
        bare = body[position:end].removesuffix(_CR) if is_last else body[position:end]
        is_whole = is_whole and _CR not in bare
        fields.append(value + bare)
        if is_last:
            return (fields if is_whole else None), end
        position = end + 1


def _until_a_mark(body: bytes, position: int) -> int:
    found = [at for mark in (_DELIMITER, _QUOTE, _LF) if (at := body.find(mark, position)) >= 0]
    return min(found, default=len(body))


def _closing(body: bytes, opening: int) -> int | None:
    """Return where a quoted field closes; None if it does not, or text follows."""
    position = opening + 1
    while (close := body.find(_QUOTE, position)) >= 0:
        if body[close + 1 : close + 2] == _QUOTE:
            position = close + 2
            continue
        return close if body[close + 1 : close + 2] in (b"", _DELIMITER, _LF, _CR) else None
    return None


def _line_end(body: bytes, position: int) -> int:
    end = body.find(_LF, position)
    return len(body) if end < 0 else end


def _row(fields: list[bytes] | None) -> Row | None:
    if fields is None or len(fields) != 3 or b"\0" in b"".join(fields):
        return None
    try:
        name, surname, age = (field.decode("utf-8").strip(_BLANKS) for field in fields)
    except UnicodeDecodeError:
        return None
    if name in ("", "NULL"):
        return None
    if age in ("", "NULL"):
        return name, surname or None, None
    if not re.fullmatch("[+-]?[0-9]+", age) or not -(2**63) <= int(age) < 2**63:
        return None
    return name, surname or None, int(age)
