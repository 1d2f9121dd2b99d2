"""Exports: full precision, real numbers, and no cell that runs a formula."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.features.base import Kind
from dash_app.exports import Sheet, cell, csv_file, csv_files, excel_file
from dash_app.figures.base import Table, TableColumn, table

NUMBERS: Table = table(
    [
        TableColumn("Segment"),
        TableColumn("Value", Kind.MONEY),
        TableColumn("Gap", Kind.DAYS, "days"),
    ],
    [("Säver", 0.1 + 0.2, 3), ("=1+1", -5.5, None)],
)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t", "\r", " =", "\n=", "\x01="])
def test_text_that_would_start_a_formula_is_escaped(start: str) -> None:
    assert str(cell(f"{start}1+1")).startswith("'")


@pytest.mark.parametrize("text", ["Savers;=1+1;x", "Savers\n@SUM(A1)", "Savers; ＝1+1"])
def test_no_formula_starts_where_a_spreadsheet_splits_at_semicolons(text: str) -> None:
    assert not re.search(r"(^|[;\r\n])\s*[=+\-@＝＋－＠]", str(cell(text)))


@given(st.text())
def test_no_text_starts_a_formula(text: str) -> None:
    written = str(cell(text))
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none())
def test_numbers_stay_what_they_are(value: float | None) -> None:
    assert cell(value) is value


def test_csv_has_a_bom_full_precision_and_nothing_for_no_number() -> None:
    assert (
        csv_file(NUMBERS)
        == (
            "\ufeffSegment,Value,Gap (days)\r\nSäver,0.30000000000000004,3\r\n'=1+1,-5.5,\r\n"
        ).encode()
    )


def test_a_day_is_written_as_iso() -> None:
    assert cell(date(1995, 12, 31)) == "1995-12-31"


def test_a_workbook_says_what_it_is_about_and_has_real_numbers() -> None:
    content = excel_file([Sheet("Segments", NUMBERS)], [("Data set", "A bank"), ("Run", 12)])
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert workbook.sheetnames == ["About", "Segments"]
    assert [[c.value for c in row] for row in workbook["About"].iter_rows()] == [
        ["Clientele", None],
        ["Data set", "A bank"],
        ["Run", 12],
    ]
    sheet = workbook["Segments"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        ["Segment", "Value", "Gap (days)"],
        ["Säver", 0.3, 3],  # Excel keeps fifteen digits
        ["'=1+1", -5.5, None],
    ]
    assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n"}
    assert sheet.freeze_panes == "B2"
    assert sheet["B2"].number_format == "#,##0.00"


def test_sheet_names_are_such_that_excel_opens_the_file() -> None:
    names = ["=cmd", "a/b:c*?[x]\\", "x" * 40, "X" * 40, "", "History", "about", "'quoted'"]
    content = excel_file([Sheet(name, NUMBERS) for name in names], [])
    found = openpyxl.load_workbook(io.BytesIO(content)).sheetnames[1:]
    assert len({name.lower() for name in found}) == len(names)
    assert all(0 < len(name) <= 31 for name in found)
    assert not any(set(name) & set("[]:*?/\\") or name[0] in "=+-@'" for name in found)


def test_several_tables_come_as_a_zip_of_csv_files_and_the_same_each_time() -> None:
    sheets = [Sheet("Säver & co", NUMBERS), Sheet("Säver & co", NUMBERS)]
    content = csv_files(sheets)
    assert content == csv_files(sheets)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["s-ver-co.csv", "s-ver-co-2.csv"]
        assert archive.read("s-ver-co.csv") == csv_file(NUMBERS)
