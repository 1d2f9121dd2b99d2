"""Complete records within a block of bytes, and the first quote that stands in the wrong place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 24  # bytes looked at together; no record may be longer
LF, CR = 10, 13
_UNCLOSED = "opens a quoted field that is never closed"

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How fields are separated and quoted; ``quote`` is empty where quotes mean nothing."""

    delimiter: str
    quote: str


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Complete records within a block (offsets into it), up to a fault of quoting or its end."""

    starts: Positions
    ends: Positions  # without the line ending
    delimiters: Positions  # outside quotes
    stray_returns: Positions  # carriage returns outside quotes that end no line
    next_start: int
    fault: tuple[int, int, str] | None  # start and end of the broken record, and why


def complete_records(block: NDArray[np.uint8], dialect: Dialect, *, last: bool) -> Stretch:
    """Return the block's complete records up to the first fault of quoting."""
    is_quote = block == ord(dialect.quote) if dialect.quote else np.zeros(0, bool)
    quotes = np.flatnonzero(is_quote)
    inside = (np.cumsum(is_quote, dtype=np.uint8) & 1).astype(bool) if len(quotes) else None
    ends = _outside(block == LF, inside)
    misplaced = _misplaced_quote(block, quotes, dialect)
    if misplaced is not None:
        ends = ends[ends < misplaced[0]]
    begin = int(ends[-1]) + 1 if len(ends) else 0
    next_start, fault = begin, None
    too_long = begin == 0 and len(block) == BLOCK
    if misplaced is not None:
        fault = _fault(block, begin, misplaced[1], misplaced[2], last=last or too_long)
    elif len(quotes) % 2 and (last or too_long):
        fault = _fault(block, begin, _opening(quotes, len(quotes) - 1), _UNCLOSED, last=True)
    elif last and begin < len(block):
        ends, next_start = np.append(ends, len(block)), len(block)
    elif too_long:
        fault = _fault(block, 0, 0, "is longer than 16 MB", last=True)
    complete = next_start  # what stands behind it is not looked at yet
    if fault is not None:
        next_start = min(fault[1] + 1, len(block))
    starts = np.concatenate(([0], ends[:-1] + 1)).astype(np.int64) if len(ends) else ends
    returns = _outside(block[:complete] == CR, None if inside is None else inside[:complete])
    closes = np.isin(returns + 1, ends)
    return Stretch(
        starts=starts,
        ends=ends - np.isin(ends - 1, returns[closes]),
        delimiters=_outside(block == ord(dialect.delimiter), inside),
        stray_returns=returns[~closes],
        next_start=next_start,
        fault=fault,
    )


def _fault(
    block: NDArray[np.uint8], begin: int, opening: int, reason: str, *, last: bool
) -> tuple[int, int, str] | None:
    """Return the broken record, up to the line end behind its opening; None if that is not here."""
    newlines = np.flatnonzero(block[opening:] == LF)
    if len(newlines):
        return begin, opening + int(newlines[0]), reason
    return (begin, len(block), reason) if last else None


def _misplaced_quote(
    block: NDArray[np.uint8], quotes: Positions, dialect: Dialect
) -> tuple[int, int, str] | None:
    """Return where a quote stands in the wrong place, where that field opened, and the reason."""
    if not len(quotes):
        return None
    opening, closing = quotes[0::2], quotes[1::2]
    around = np.array([ord(dialect.quote), ord(dialect.delimiter), LF], np.uint8)
    opens_well = (opening == 0) | np.isin(block[np.maximum(opening - 1, 0)], around)
    following = block[np.minimum(closing + 1, len(block) - 1)]
    closes_well = np.isin(following, around) | (following == CR) | (closing == len(block) - 1)
    bad_open, bad_close = opening[~opens_well], np.flatnonzero(~closes_well)
    first_open = int(bad_open[0]) if len(bad_open) else len(block)
    first_close = int(closing[bad_close[0]]) if len(bad_close) else len(block)
    if first_open < first_close:
        return first_open, first_open, "has a quote mark inside a field that is not quoted"
    if first_close < len(block):
        opened = _opening(quotes, 2 * int(bad_close[0]))
        return first_close, opened, "has text after the quote mark that closes a field"
    return None


def _opening(quotes: Positions, number: int) -> int:
    """Return where the field opened that a quote mark, even by number, opens or opens once more."""
    opening, closing = quotes[: number + 1 : 2], quotes[1:number:2]
    anew = np.flatnonzero(opening[1:] != closing + 1)  # others double a quote within a field
    return int(opening[anew[-1] + 1 if len(anew) else 0])


def _outside(mask: NDArray[np.bool_], inside: NDArray[np.bool_] | None) -> Positions:
    return np.flatnonzero(mask if inside is None else mask & ~inside)
