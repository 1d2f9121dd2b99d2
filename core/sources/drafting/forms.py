"""How an unknown file is written: its encoding, its delimiter, and whether it names its columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from core.errors import DataError
from core.sources.problems import listed

DELIMITERS = (",", ";", "\t", "|")
WHITESPACE = "whitespace"  # one or more blanks between columns, as in files of fixed width
PARQUET = "parquet"
STORED = "table"  # of a database
_SAMPLE = 1 << 18  # bytes looked at for the form
_ROWS = 400  # records looked at for the form
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VALUE = re.compile(r"[+-]?[\d.,:/\- T]*\d[\d.,:/\- T%]*|", re.ASCII)  # a number, a date, nothing


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a file is written.

    ``names`` are the header's, or ``column_1`` and so on where there is no header. ``delimiter``
    is `PARQUET` for a Parquet file and `STORED` for a table of a database, where encoding and
    header mean nothing.
    """

    delimiter: str
    names: tuple[str, ...]
    encoding: str = "utf-8"
    has_header: bool = True
    sentence: str = ""  # what spoke for it
    is_packed: bool = False  # with gzip


def text_form(path: Path, name: str = "") -> FileForm:
    """Return the form of a delimited text file, which sentences call by ``name`` where it is given.

    Raises
    ------
    DataError
        The file is empty, its first record cannot be told from noise, or its header names a column
        twice, or several not at all.
    """
    name = name or path.name
    with path.open("rb") as file:
        raw = file.read(_SAMPLE)
        whole = len(raw) < _SAMPLE
    if not raw.strip():
        raise DataError(f"{name} is empty; take it out of the folder.")
    encoding = _encoding(raw, path, whole=whole)
    text = _decoded(raw, encoding, whole=whole)
    if "\0" in text:
        raise DataError(f"{name} is not a text file; take it out of the folder.")
    delimiter, rows = _delimiter(text)
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    rows = [row for row in rows if len(row) == width]
    has_header, why = _header(rows)
    if not has_header and _names_columns(rows):
        _refuse_unnamed(rows[0], name)
        has_header, why = True, "the first line names the columns, but for one"
    columns = tuple(cell.strip() for cell in rows[0])
    if not has_header:
        columns = tuple(f"column_{number}" for number in range(1, width + 1))
    return FileForm(delimiter, columns, encoding, has_header, why)


def _encoding(raw: bytes, path: Path, *, whole: bool) -> str:
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return name
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(raw, final=whole)
        with path.open("rb") as file:
            while block := file.read(1 << 24):
                block.isascii() or decoder.decode(block)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decoded(raw: bytes, encoding: str, *, whole: bool) -> str:
    text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="ignore")
    if not whole:
        text = text[: text.rfind("\n")]
    return text


def _delimiter(text: str) -> tuple[str, list[list[str]]]:
    """Return the delimiter under which records have the same number of fields most often."""
    best: tuple[tuple[float, int], str, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [row for row, _ in zip((r for r in reader if r), range(_ROWS), strict=False)]
        common, times = Counter(len(row) for row in rows).most_common(1)[0]
        score = (times / len(rows) if common > 1 else 0.0, common)
        if best is None or (round(score[0], 2), score[1]) > (round(best[0][0], 2), best[0][1]):
            best = (score, delimiter, rows)
    assert best is not None
    if best[0][0] >= 0.9:
        return best[1], best[2]
    lines = [line.split() for line in text.splitlines() if line.strip()][:_ROWS]
    common, times = Counter(len(line) for line in lines).most_common(1)[0]
    if common > 1 and times / len(lines) >= 0.98:
        return WHITESPACE, lines
    return best[1], best[2]


def _header(rows: list[list[str]]) -> tuple[bool, str]:
    """Return whether the first record names the columns, and what speaks for it."""
    first, body = rows[0], rows[1:]
    values = sum(_VALUE.fullmatch(cell.strip()) is not None for cell in first)
    if values:
        return False, f"no header: {values} of {len(first)} cells of the first line are values"
    if len({cell.strip().casefold() for cell in first}) < len(first):
        return False, "no header: the first line has a cell twice"
    repeated = sum(cell in {row[at] for row in body} for at, cell in enumerate(first))
    if repeated:
        return False, f"no header: {repeated} cells of the first line come again below it"
    return True, "the first line names the columns"


def _names_columns(rows: list[list[str]]) -> bool:
    """Return whether the first record is plainly no row: only words, and values below one."""
    first, body = [cell.strip() for cell in rows[0]], rows[1:]
    if any(cell and _VALUE.fullmatch(cell) for cell in first):
        return False
    below = [[row[at].strip() for row in body] for at, cell in enumerate(first) if cell]
    return any(
        any(cells) and all(_VALUE.fullmatch(cell) is not None for cell in cells) for cells in below
    )


def _refuse_unnamed(header: list[str], file: str) -> None:
    names = [cell.strip() for cell in header]
    times = Counter(name.casefold() for name in names if name)
    doubled = sorted({name for name in names if times[name.casefold()] > 1})
    blank = [str(at) for at, name in enumerate(names, 1) if not name]
    faults = [f"names {listed(doubled)} more than once"] if doubled else []
    if len(blank) > 1:  # one is usual: the numbers of the rows
        faults.append(f"leaves columns {listed(blank)} without a name")
    if faults:
        raise DataError(
            f"{file}: the header {' and '.join(faults)}; give every column a name of its own."
        )
