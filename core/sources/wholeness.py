"""Blocks of bytes that are whole throughout: seen at a glance, without taking records apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.sources.quoting import LF, Dialect


@dataclass(frozen=True, slots=True)
class WholeLines:
    """How many lines there are, where the last one ends, and whether all end as CRLF (or LF)."""

    count: int
    end: int
    has_returns: bool


def whole_lines(
    block: NDArray[np.uint8], dialect: Dialect, fields: int, *, last: bool
) -> WholeLines | None:
    r"""Return the lines of a block in which nothing can be wrong; None if a closer look is needed.

    That is: no quote mark, no NUL, valid UTF-8, every carriage return before a line feed and
    before all or none, and exactly ``fields`` fields on every line (so none is blank).

    >>> block = np.frombuffer(b"1;a\n2;b\n3", dtype=np.uint8)
    >>> whole_lines(block, Dialect(";", '"'), 2, last=False)
    WholeLines(count=2, end=8, has_returns=False)
    """
    text = block.tobytes()
    end = text.rfind(b"\n") + 1
    if last and end != len(text) and not text.endswith(b"\r"):
        text, end = text + b"\n", len(text)  # the last line of a file may go without its end
    elif last and end != len(text):
        return None
    if end == 0 or fields < 2:
        return None
    if not last:
        text = text[:end]
    if b"\0" in text or (dialect.quote and dialect.quote.encode() in text):
        return None
    if not text.isascii():
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            return None
    lines = np.frombuffer(text, np.uint8)
    is_end = lines == LF
    marks = np.flatnonzero(is_end | (lines == ord(dialect.delimiter)))
    count, left = divmod(len(marks), fields)
    if left or not is_end[marks[fields - 1 :: fields]].all() or int(is_end.sum()) != count:
        return None
    has_returns = b"\r" in text
    if has_returns and not (text.count(b"\r") == text.count(b"\r\n") == count):
        return None
    return WholeLines(count, end, has_returns)
