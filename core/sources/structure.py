"""The strict structural pass: which records of a delimited file are whole, found byte by byte.

Works on numpy blocks, so that millions of rows take seconds. A quote opens only at the start of a
field and closes only at its end (RFC 4180); whatever breaks that, has another number of fields than
the header, holds a NUL byte or a byte that is not text, is rejected with its line and a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.sources.quoting import BLOCK, CR, LF, Dialect, Positions, Stretch, complete_records
from core.sources.wholeness import whole_lines

_AFTER_FAULT = 1 << 16  # bytes looked at behind a fault, doubled from there
_MOST_FAULTS = 1_000  # of quoting, taken one by one


@dataclass(frozen=True, slots=True, eq=False)
class BrokenRecords:
    """Records that share one fault: where they begin and end (bytes), and their lines."""

    reason: str
    starts: Positions
    ends: Positions
    lines: Positions


@dataclass(slots=True, eq=False)
class Structure:
    """What the pass found in a file behind its header."""

    records: int = 0  # broken ones included
    broken: list[BrokenRecords] = field(default_factory=list)
    whole_lines: list[Positions | range] = field(default_factory=list)  # where each begins
    plain: bool = True  # one record per line and one kind of line ending: readable as it is
    quoted: bool = False  # quote marks may stand in it; else lines and fields are split by marks
    gave_up: str = ""  # why the rest was not looked at: far too much is broken

    @property
    def broken_count(self) -> int:
        """Number of broken records."""
        return sum(len(group.starts) for group in self.broken)

    def add_whole(self, line: int, count: int) -> None:
        """Add whole records, one per line from the given one."""
        self.records += count
        self.whole_lines.append(range(line, line + count))

    def lines(self) -> Positions:
        """Return the first line of every whole record, in order."""
        parts = [np.asarray(lines, np.int64) for lines in self.whole_lines]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)


def scan(
    data: NDArray[np.uint8], start: int, line: int, fields: int, dialect: Dialect
) -> Structure:
    r"""Return the structure of the records from byte ``start``, which is on line ``line``.

    Parameters
    ----------
    data
        The file's bytes (UTF-8 or another superset of ASCII), shape (n_bytes,).
    start, line
        Where the first record after the header begins.
    fields
        Number of fields that the header names.
    dialect
        Delimiter and quote.

    Examples
    --------
    >>> data = np.frombuffer(b"1;a\n2;b;c\n3;d\n", dtype=np.uint8)
    >>> found = scan(data, 0, 2, 2, Dialect(";", '"'))
    >>> found.records, found.broken[0].reason, found.broken[0].lines.tolist()
    (3, 'has 3 fields where the header names 2', [3])
    """
    structure = Structure()
    endings: set[bool] = set()
    if start and data[start - 1] == LF:  # the header ends in a line ending too
        endings.add(bool(data[max(start - 2, 0)] == CR))
    size, faults = BLOCK, 0
    while start < len(data):
        block = data[start : start + size]
        last = start + len(block) >= len(data)
        clean = whole_lines(block, dialect, fields, last=last)
        if clean is not None:
            structure.add_whole(line, clean.count)
            endings.add(clean.has_returns)
            line, start, size = line + clean.count, start + clean.end, min(size * 2, BLOCK)
            continue
        structure.quoted = True
        stretch = complete_records(block, dialect, last=last)
        if stretch.next_start == 0 and size < BLOCK:
            size *= 2
            continue
        newlines = np.flatnonzero(block[: stretch.next_start] == LF)
        lines = line + np.searchsorted(newlines, stretch.starts)
        _judge(structure, block, stretch, lines, start, fields, last=last and not stretch.fault)
        endings |= _endings(block, stretch)
        size = min(size * 2, BLOCK)
        if stretch.fault is not None:
            begin, end, reason = stretch.fault
            at = line + np.searchsorted(newlines, np.array([begin]))
            end = start + end if end < len(block) else _next_line_end(data, start + end)
            _add(structure, reason, np.array([begin]) + start, np.array([end]), at)
            size, faults = _AFTER_FAULT, faults + 1
            line += len(newlines) + int(end >= start + len(block))
            start = end + 1
        else:
            line += len(newlines)
            start += stretch.next_start
        if faults > _MOST_FAULTS:
            structure.gave_up = f"quotes are broken in more than {_MOST_FAULTS:,} places"
            break
    is_cut = bool(len(data)) and data[-1] == CR  # between CR and LF
    structure.plain &= not structure.broken and len(endings) < 2 and not is_cut
    return structure


def _judge(
    structure: Structure,
    block: NDArray[np.uint8],
    stretch: Stretch,
    lines: Positions,
    offset: int,
    fields: int,
    *,
    last: bool,
) -> None:
    """Add the stretch's records to the structure, the broken ones by their reason."""
    starts, ends = stretch.starts, stretch.ends
    blank = ends == starts
    if last and blank.any():  # blank lines at the end of a file are no records
        kept = len(blank) - int(np.argmin(blank[::-1])) if not blank.all() else 0
        if kept < len(blank):
            starts, ends, lines, blank = starts[:kept], ends[:kept], lines[:kept], blank[:kept]
            structure.plain = False
    whole = np.ones(len(starts), bool)

    def reject(which: NDArray[np.bool_], reason: str) -> None:
        chosen = which & whole
        if chosen.any():
            _add(structure, reason, starts[chosen] + offset, ends[chosen] + offset, lines[chosen])
            whole[chosen] = False

    reject(_holding(np.flatnonzero(block == 0), starts, ends), "has a NUL byte")
    reject(_holding(stretch.stray_returns, starts, ends), "has a stray carriage return")
    reject(_undecodable(block, starts, ends), "has bytes that are not text in the stated encoding")
    reject(blank, "is blank")
    counts = np.searchsorted(stretch.delimiters, ends) - np.searchsorted(stretch.delimiters, starts)
    for found in np.unique(counts[whole & (counts != fields - 1)]):
        number = f"{found + 1} field{'s' if found else ''}"
        reject(counts == found, f"has {number} where the header names {fields}")
    structure.records += int(whole.sum())
    structure.whole_lines.append(lines[whole])
    if len(lines) and lines[-1] - lines[0] != len(lines) - 1:
        structure.plain = False  # quoted line breaks


def _add(
    structure: Structure, reason: str, starts: Positions, ends: Positions, lines: Positions
) -> None:
    structure.records += len(starts)
    structure.broken.append(BrokenRecords(reason, starts, ends, np.asarray(lines, np.int64)))


def _holding(positions: Positions, starts: Positions, ends: Positions) -> NDArray[np.bool_]:
    held = np.zeros(len(starts), bool)
    if len(positions) and len(starts):
        record = np.searchsorted(starts, positions, side="right") - 1
        record = record[(record >= 0) & (positions <= ends[np.maximum(record, 0)])]
        held[record] = True
    return held


def _undecodable(block: NDArray[np.uint8], starts: Positions, ends: Positions) -> NDArray[np.bool_]:
    """Return which records hold bytes that are not UTF-8."""
    broken = np.zeros(len(starts), bool)
    if not len(starts) or _is_text(block[int(starts[0]) : int(ends[-1])].tobytes()):
        return broken
    text = block.tobytes()
    for record, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        broken[record] = not _is_text(text[start:end])
    return broken


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _next_line_end(data: NDArray[np.uint8], position: int) -> int:
    """Return where the line ends that a position is on: its LF, or the end of the data."""
    while position < len(data):
        found = np.flatnonzero(data[position : position + BLOCK] == LF)
        if len(found):
            return position + int(found[0])
        position += BLOCK
    return len(data)


def _endings(block: NDArray[np.uint8], stretch: Stretch) -> set[bool]:
    """Return the kinds of line endings among the stretch's records: True for CRLF."""
    ends = stretch.ends[stretch.ends < len(block)]
    return {bool(kind) for kind in np.unique(block[ends] == CR)} if len(ends) else set()
