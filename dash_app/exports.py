"""Tables as files: CSV for machines, Excel for people, neither able to run a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from core.features.base import Kind
from dash_app.figures.base import Table

Value = str | int | float | bool | date | None
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # media type

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # and their wide forms
_BEGINS_A_FIELD = re.compile(r"([;\r\n]\s*)(?=[=+\-@＝＋－＠])")  # where Excel splits at semicolons
_FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NUMBER_FORMATS = {
    Kind.MONEY: "#,##0.00",
    Kind.COUNT: "#,##0",
    Kind.DAYS: "#,##0",
    Kind.SHARE: "0.0%",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export and the name it goes by."""

    name: str
    table: Table


def cell(value: Value) -> str | int | float | bool | datetime | None:
    """Return what may be written into a file: text that would start a formula gets an apostrophe.

    Numbers stay numbers, so a negative amount is not touched. Days become ISO text.

    >>> cell("=SUM(A1)"), cell(-5), cell(date(1995, 12, 31)), cell("plain")
    ("'=SUM(A1)", -5, '1995-12-31', 'plain')
    """
    if isinstance(value, str):
        text = _CONTROL_CHARACTERS.sub("", value)
        inside = _BEGINS_A_FIELD.sub(r"\1'", text)
        return f"'{inside}" if text.lstrip(" \n").startswith(_STARTS_A_FORMULA) else inside
    if isinstance(value, date):
        return value.isoformat()
    return value


def csv_file(table: Table) -> bytes:
    """Return the table as CSV: UTF-8 with BOM, full precision, nothing where there is no number."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([cell(_heading(column.label, column.unit)) for column in table.columns])
    writer.writerows([[cell(value) for value in row] for row in table.rows])
    return text.getvalue().encode("utf-8-sig")


def csv_files(sheets: Sequence[Sheet]) -> bytes:
    """Return several tables as one zip of CSV files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, sheet in zip(_distinct_names(sheets), sheets, strict=True):
            entry = zipfile.ZipInfo(f"{_file_stem(name)}.csv")  # the zip's own epoch: same bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, csv_file(sheet.table))
    return archive.getvalue()


def excel_file(sheets: Sequence[Sheet], about: Sequence[tuple[str, Value]]) -> bytes:
    """Return a workbook: an *About* sheet, then each table with real numbers and a frozen head."""
    workbook = Workbook()
    first = workbook.active
    assert isinstance(first, Worksheet)
    first.title = "About"
    _write(first, [("Clientele", ""), *about], widths=(28, 90))
    for name, sheet in zip(_distinct_names(sheets), sheets, strict=True):
        _add_table(workbook.create_sheet(name), sheet.table)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _add_table(worksheet: Worksheet, table: Table) -> None:
    heads = [_heading(column.label, column.unit) for column in table.columns]
    lengths = [max([len(head), 12]) for head in heads]
    for position, row in enumerate(table.rows):
        lengths = [
            max(length, min(len(str(value)), 60)) if isinstance(value, str) else length
            for length, value in zip(lengths, row, strict=True)
        ]
        for column, value in enumerate(row, start=1):
            written = worksheet.cell(position + 2, column)
            _set(written, value)
            written.number_format = _NUMBER_FORMATS.get(table.columns[column - 1].kind, "General")
    for column, head in enumerate(heads, start=1):
        top = worksheet.cell(1, column)
        _set(top, head)
        top.font = Font(bold=True)
        top.alignment = Alignment(wrap_text=True, vertical="top")
        worksheet.column_dimensions[top.column_letter].width = lengths[column - 1] + 2
    worksheet.freeze_panes = "B2"


def _write(
    worksheet: Worksheet, rows: Sequence[tuple[str, Value]], widths: tuple[int, int]
) -> None:
    for position, (name, value) in enumerate(rows, start=1):
        _set(worksheet.cell(position, 1), name)
        _set(worksheet.cell(position, 2), value)
        worksheet.cell(position, 1).font = Font(bold=True)
        worksheet.cell(position, 2).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("AB", widths, strict=True):
        worksheet.column_dimensions[letter].width = width


def _set(written: object, value: Value) -> None:
    """Write one cell; text is stored as text, whatever it looks like."""
    safe = cell(value)
    written.value = safe  # type: ignore[attr-defined]
    if isinstance(safe, str):
        written.data_type = "s"  # type: ignore[attr-defined]


def _heading(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label


def _distinct_names(sheets: Sequence[Sheet]) -> list[str]:
    """Return names that Excel accepts: at most 31 characters, none twice, none a formula."""
    names: list[str] = []
    taken = {"about", "history"}
    for sheet in sheets:
        plain = _FORBIDDEN_IN_SHEET_NAMES.sub(" ", _CONTROL_CHARACTERS.sub("", sheet.name))
        plain = plain.strip("' ").lstrip("=+-@") or "Table"
        name, number = plain[:31].strip(), 2
        while name.lower() in taken:
            name, number = f"{plain[:27].strip()} {number}", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def _file_stem(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "table"
