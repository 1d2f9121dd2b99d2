"""Writes look-alike files: delimiter, padding, line ends and dates as in the bank's export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd


def write_table(
    frame: pd.DataFrame,
    path: Path,
    *,
    widths: Mapping[str, int],
    line_end: str = "\n",
    delimiter: str = ";",
) -> None:
    """Write text columns as they are, ``widths`` padded with blanks, everything unquoted."""
    columns = {name: [str(value) for value in frame[name].tolist()] for name in frame.columns}
    write_columns(columns, path, widths=widths, line_end=line_end, delimiter=delimiter)


def write_columns(
    columns: Mapping[str, Sequence[str]],
    path: Path,
    *,
    widths: Mapping[str, int],
    line_end: str = "\n",
    delimiter: str = ";",
) -> None:
    """Write texts as `write_table` does; for long tables, which need no frame then."""
    padded = [
        [text.ljust(widths[name]) for text in texts] if name in widths else texts
        for name, texts in columns.items()
    ]
    lines = [delimiter.join(columns), *map(delimiter.join, zip(*padded, strict=True))]
    path.write_bytes((line_end.join(lines) + line_end).encode("utf-8"))


def money(cents: np.ndarray) -> list[str]:
    """Return amounts given in cents with two decimal places.

    >>> money(np.array([-15, 123456]))
    ['-0.15', '1234.56']
    """
    return [f"{value / 100:.2f}" for value in cents.tolist()]


def shortest(values: np.ndarray, places: int = 6) -> list[str]:
    """Return numbers with at most so many decimal places and no zeros at the end.

    >>> shortest(np.array([0, 95.4, 1 / 12]))
    ['0', '95.4', '0.083333']
    """
    return [f"{value:.{places}f}".rstrip("0").rstrip(".") for value in values.tolist()]


def short_dates(days: np.ndarray) -> list[str]:
    """Return days (datetime64) as d.m.yyyy without leading zeros, NULL where missing.

    >>> short_dates(np.array(["2024-03-01", "NaT"], dtype="datetime64[D]"))
    ['1.3.2024', 'NULL']
    """
    distinct, position = np.unique(days.astype("datetime64[D]"), return_inverse=True)
    named = ["NULL" if d is None else f"{d.day}.{d.month}.{d.year}" for d in distinct.tolist()]
    return [named[i] for i in position.tolist()]


def short_times(seconds: np.ndarray, blank_width: int = 12) -> list[str]:
    """Return seconds of the day as HHMMSS without leading zeros, blanks where negative.

    >>> short_times(np.array([514, 86399, -1]), blank_width=2)
    ['834', '235959', '  ']
    """
    clock = seconds // 3600 * 10_000 + seconds % 3600 // 60 * 100 + seconds % 60
    blank = " " * blank_width
    return [
        str(t) if s >= 0 else blank for s, t in zip(seconds.tolist(), clock.tolist(), strict=True)
    ]
