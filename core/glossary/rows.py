"""CSV text of one glossary file as records: strict, each with its line, continuations gathered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.glossary.layout import (
    LAYOUTS,
    Kind,
    Layout,
    has_control_characters,
    read_cell,
    same_header,
)
from core.glossary.mistakes import Mistake, Place

Row = tuple[int, list[str]]  # the line it begins on, its cells


@dataclass(frozen=True, slots=True)
class Value:
    """One value and the line that it stands on."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """A named row and the rows that continue it: header → its values, blanks left out."""

    kind: Kind
    place: Place
    values: dict[str, list[Value]] = field(default_factory=dict)

    def one(self, header: str) -> str:
        """Return the value of a column that has one; empty where there is none."""
        found = self.values.get(header)
        return found[0].text if found else ""

    def many(self, header: str) -> list[Value]:
        """Return all values of a column."""
        return self.values.get(header, [])

    def at(self, value: Value) -> Place:
        """Return where a value stands."""
        return Place(self.place.file, value.line)


def read_records(name: str, content: bytes, mistakes: list[Mistake]) -> list[Record]:
    r"""Return the records of a file of any of the three layouts; its header tells which.

    Parameters
    ----------
    name
        What the file is called in mistakes.
    content
        UTF-8 with or without a byte order mark, ``\n`` or ``\r\n``, comma, quotes doubled.
    mistakes
        What is found wrong is added here.

    Examples
    --------
    >>> mistakes = []
    >>> [record] = read_records(
    ...     "columns.csv", b"Business Terms,Column_header,Table,File\nAge,age,t,", mistakes
    ... )
    >>> record.one("Column_header"), record.place.line, mistakes
    ('age', 2, [])
    """
    text = _decoded(name, content, mistakes)
    if text is None:
        return []
    rows = _rows(name, text, mistakes)
    first = next(rows, None)
    if first is None:
        mistakes.append(
            Mistake(Place(name, 1), "", "The file is empty. Its first row names the columns.")
        )
        return []
    headers = _headers(name, first, mistakes)
    if headers is None:
        list(rows)  # an unclosed quote further down is a mistake too
        return []
    kind, columns = headers
    return _gathered(name, kind, columns, rows, mistakes)


def _decoded(name: str, content: bytes, mistakes: list[Mistake]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = "The text is not UTF-8. Save the file as “CSV UTF-8”."
        mistakes.append(Mistake(Place(name, line), "", sentence))
        return None


def _rows(name: str, text: str, mistakes: list[Mistake]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sentence = f"The row cannot be read ({error}). Look for a quote that is not closed."
            mistakes.append(Mistake(Place(name, line), "", sentence))
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _headers(name: str, row: Row, mistakes: list[Mistake]) -> tuple[Kind, list[str]] | None:
    """Return which file it is and its columns by their proper names, in the file's order."""
    line, cells = row
    found = [same_header(cell) for cell in cells]
    kind = _kind(set(found))
    if kind is None:
        layouts = "; ".join(f"{kind}: {', '.join(LAYOUTS[kind].columns)}" for kind in Kind)
        sentence = f"These columns are none of the three layouts. They are {layouts}."
        mistakes.append(Mistake(Place(name, line), "", sentence))
        return None
    proper = {same_header(header): header for header in LAYOUTS[kind].columns}
    missing = [header for same, header in proper.items() if same not in found]
    strange = [cell.strip() for cell, same in zip(cells, found, strict=True) if same not in proper]
    twice = [proper[same] for same in proper if found.count(same) > 1]
    for words, headers in (
        (f"A file of {kind} needs the columns", missing),
        (f"A file of {kind} has no columns called", [repr(header) for header in strange]),
        ("These columns stand twice:", twice),
    ):
        if headers:
            sentence = f"{words} {', '.join(headers)}."
            mistakes.append(Mistake(Place(name, line), "", sentence))
    if missing or strange or twice:
        return None
    return kind, [proper[same] for same in found]


def _kind(found: set[str]) -> Kind | None:
    if "business terms" in found or "column header" in found:
        return Kind.LINKS
    if "name" not in found:
        return None
    if found & {"abbreviations", "synonyms", "classifications", "related terms"}:
        return Kind.TERMS
    return Kind.CATEGORIES if "category" in found else None


def _gathered(
    name: str, kind: Kind, columns: list[str], rows: Iterator[Row], mistakes: list[Mistake]
) -> list[Record]:
    layout, records = LAYOUTS[kind], list[Record]()
    for line, cells in rows:
        place = Place(name, line)
        if len(cells) != len(columns):
            sentence = f"The row has {len(cells)} cells, the header {len(columns)}."
            mistakes.append(Mistake(place, "", sentence))
            continue
        filled = {
            header: text
            for header, cell in zip(columns, cells, strict=True)
            if (text := read_cell(cell))
        }
        mistakes += [
            Mistake(place, header, "There are invisible control characters in it. Remove them.")
            for header, text in filled.items()
            if has_control_characters(text)
        ]
        if layout.key in filled:
            values = {header: [Value(text, line)] for header, text in filled.items()}
            records.append(Record(kind, place, values))
        elif not layout.many:
            mistakes.append(Mistake(place, layout.key, "The row names no term."))
        elif not records:
            sentence = "The row continues a term or category, but none stands above it."
            mistakes.append(Mistake(place, layout.key, sentence))
        else:
            _continue(records[-1], layout, place, filled, mistakes)
    return records


def _continue(
    record: Record, layout: Layout, place: Place, filled: dict[str, str], mistakes: list[Mistake]
) -> None:
    for header, text in filled.items():
        if header in layout.many:
            record.values.setdefault(header, []).append(Value(text, place.line))
        else:
            sentence = (
                f"A row without a {layout.key} adds values to the row above it, and {header} has "
                f"only one. Give the row a {layout.key}, or clear the cell."
            )
            mistakes.append(Mistake(place, header, sentence))
