"""What is read out of one unknown file: its form, the types and roles of its columns, its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from core.errors import DataError
from core.sources.columns import ColumnType, Role
from core.sources.drafting.doubts import Doubt, of_cells
from core.sources.drafting.loading import load_folder
from core.sources.drafting.looks import draft_table
from core.sources.drafting.references import related
from core.sources.drafting.tables import Draft

Look = Callable[..., dict[str, Draft]]
DAYS = [f"{d}/{m}/2019" for m in range(1, 13) for d in (3, 17)]


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Look]:
    """Write files by name and look at them."""
    with duckdb.connect(":memory:") as connection:

        def at(encoding: str = "utf-8", **files: str) -> dict[str, Draft]:
            for name, text in files.items():
                (tmp_path / f"{name}.csv").write_text(text, encoding=encoding, newline="")
            scratch = tmp_path / "scratch"
            scratch.mkdir()
            loaded = load_folder(connection, tmp_path, scratch)
            return related(connection, [draft_table(connection, table) for table in loaded])

        yield at


def _column(header: str, cells: list[str], delimiter: str = ",") -> str:
    rows = [f"{number + 100}{delimiter}{cell}" for number, cell in enumerate(cells)]
    return "\n".join([f"row_id{delimiter}{header}", *rows, ""])


@pytest.mark.parametrize(
    ("header", "cells", "kind", "format_"),
    [
        ("joined", DAYS, ColumnType.DATE, ("d/m/yyyy",)),
        ("joined", [f"{m}/{d}/2019" for m in range(1, 13) for d in (3, 17)], ColumnType.DATE,
         ("m/d/yyyy",)),
        ("joined", [f"{d}.1.1999" for d in range(1, 29)], ColumnType.DATE, ("d.m.yyyy",)),
        ("joined", [f"199801{d:02d}" for d in range(1, 29)], ColumnType.DATE, ("yyyymmdd",)),
        ("joined", [f"9801{d:02d}" for d in range(1, 29)], ColumnType.DATE, ("yymmdd",)),
        ("at", [f"2020-01-{d:02d} 10:00:0{d % 9}" for d in range(1, 29)], ColumnType.TIMESTAMP,
         ("yyyy-mm-dd hh:mm:ss",)),
        ("active", ["Y", "N", "Y", "Y"] * 5, ColumnType.FLAG, ()),
        ("grade", ["A", "B", "C", "A"] * 5, ColumnType.CODE, ()),
        ("visits", [str(n) for n in range(30)], ColumnType.INTEGER, ()),
        ("spent", [f"{n}.5" for n in range(30)], ColumnType.DECIMAL, ()),
        ("shop", [f"00{n}" for n in range(30)], ColumnType.TEXT, ()),
        ("limit", [f'"{n},000"' for n in range(1, 30)], ColumnType.INTEGER, ()),
        ("limit", [f'"{n},000.50"' for n in range(1, 30)], ColumnType.DECIMAL, ()),
        ("limit", [f'"{n}.000,50"' for n in range(1, 30)], ColumnType.DECIMAL, ()),
        ("limit", [f"{n} €" for n in range(1, 30)], ColumnType.TEXT, ()),
    ],
)  # fmt: skip
def test_a_column_has_the_type_that_all_its_cells_have(
    header: str, cells: list[str], kind: ColumnType, format_: tuple[str, ...], look: Look
) -> None:
    one = look(file=_column(header, cells))["file"].columns[header]
    assert (one.type, one.format) == (kind, format_)


def test_days_that_fit_both_orders_are_called_ambiguous(look: Look) -> None:
    cells = [f"{d}/{m}/2019" for m in range(1, 13) for d in (3, 7)]
    one = look(file=_column("day", cells))["file"].columns["day"]
    assert one.format == ("d/m/yyyy",)
    assert "AMBIGUOUS" in one.evidence[0]


def test_the_order_of_days_is_told_by_those_that_fit_one_order_alone(look: Look) -> None:
    one = look(file=_column("day", DAYS))["file"].columns["day"]
    assert one.evidence[0] == (
        "all of 24 values read as d/m/yyyy; 12 could also be m/d/yyyy, 12 could not"
    )


def test_a_decimal_comma_is_told_from_thousands(look: Look) -> None:
    cells = [f'"0,{n:03d}"' for n in range(1, 40)]
    one = look(file=_column("share", cells))["file"].columns["share"]
    assert (one.type, one.decimal_mark, one.places) == (ColumnType.DECIMAL, ",", 3)


@pytest.mark.parametrize(
    ("cells", "kind", "marks", "places"),
    [
        (['"12,000"', '"1,500"', "900"], ColumnType.INTEGER, (".", ","), 2),
        (['"12,000.25"', '"1,500"', "9.5"], ColumnType.DECIMAL, (".", ","), 2),
        (['"12.000,25"', '"1.500"', '"9,125"'], ColumnType.DECIMAL, (",", "."), 3),
        (['"1.234.000"', '"1.500"', "9"], ColumnType.INTEGER, (".", "."), 2),
        (["12.250", "1.5", "9"], ColumnType.DECIMAL, (".", ""), 2),
    ],
)
def test_marks_of_decimals_and_thousands_are_told_apart(
    cells: list[str], kind: ColumnType, marks: tuple[str, str], places: int, look: Look
) -> None:
    one = look(file=_column("limit", cells * 9))["file"].columns["limit"]
    assert (one.type, (one.decimal_mark, one.thousands_mark), one.places) == (kind, marks, places)


_STRAY = ['"1.234,50"']


@pytest.mark.parametrize(
    ("cells", "marks", "told"),
    [
        ([f"0.{n:03d}" for n in range(1, 900)] + _STRAY, (".", ""), ""),
        ([f"{1 + n % 9}.{n:03d}" for n in range(1, 900)] + _STRAY, (",", "."),
         "in 899 of them the point could as well be that of the decimals"),
        ([f'"{1 + n % 9},{n:03d}"' for n in range(1, 900)] + ['"1,234.50"'], (".", ","),
         "in 899 of them the comma could as well be that of the decimals"),
        ([f'"{n},000"' for n in range(1, 60)], (".", ","),
         "in 59 of them the comma could as well be that of the decimals"),
        ([f"{n}.125" for n in range(1, 60)], (".", ""),
         "in 59 of them the point could as well part thousands"),
        ([f'"{n},125"' for n in range(1, 120)] + ['"0,5"'], (",", ""),
         "in 119 of them the comma could as well part thousands"),
        ([f'"{n}.000,50"' for n in range(1, 60)] + ["1.500"], (",", "."), ""),
        ([f"{n}" for n in range(1, 990)] + ['"1.234,50"'] * 9 + ["1.500"], (",", "."), ""),
        ([f'"{n},000"' for n in range(1, 60)] + ["9.5"] * 40, (".", ","), ""),
    ],
)  # fmt: skip
def test_marks_that_could_be_the_other_way_round_are_a_doubt(
    cells: list[str], marks: tuple[str, str], told: str, look: Look
) -> None:
    """A few cells that can be read in one way alone do not tell how all the others are meant."""
    tables = look(file=_column("limit", cells))
    one = tables["file"].columns["limit"]
    assert (one.decimal_mark, one.thousands_mark) == marks
    asked = f"AMBIGUOUS: {told}; ask the owner of the file"
    assert (one.is_ambiguous, asked in one.evidence[0]) == (bool(told), bool(told))
    doubt = Doubt("file.limit may have decimals and thousands swapped: look at it", "file", "limit")
    assert list(of_cells(tables)) == ([doubt] if told else [])


def test_numbers_with_a_sign_of_currency_are_made_numbers_by_the_query(look: Look) -> None:
    cells = [f'"{n},000 €"' for n in range(1, 30)]
    one = look(file=_column("limit", cells))["file"].columns["limit"]
    with duckdb.connect(":memory:") as connection:
        number = one.number.format(cell="'12,500 €'")
        row = connection.execute(f"SELECT {number}").fetchone()
    assert row == (12_500.0,)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("(7.50 €)", -7.5), ("7.50 €", 7.5), ("-7.50 €", -7.5), ("(1,250)", -1250.0)],
)
def test_amounts_in_brackets_are_owed(cell: str, value: float, look: Look) -> None:
    cells = [f'"({n}.50 €)"' if n % 3 else f'"{n}.50 €"' for n in range(1, 30)]
    one = look(file=_column("balance", cells))["file"].columns["balance"]
    with duckdb.connect(":memory:") as connection:
        number = one.number.format(cell=f"'{cell}'")
        row = connection.execute(f"SELECT {number}").fetchone()
    assert row == (value,)


def test_decimals_with_a_sign_of_currency_are_no_thousands(look: Look) -> None:
    cells = [f'"0,{n} €"' for n in range(100, 140)]
    assert look(file=_column("limit", cells))["file"].columns["limit"].number == ""


@pytest.mark.parametrize(
    ("start", "places", "rounded"),
    [("0.30000000000000", 9, True), ("1234567890123.451", 5, False), ("1.2", 3, False),
     ("1234567890123.456789", 5, True)],
)  # fmt: skip
def test_decimals_have_as_many_places_as_can_be_held_beside_their_digits(
    start: str, places: int, rounded: bool, look: Look
) -> None:
    cells = [f"{start}{n}" for n in range(11, 40)]
    one = look(file=_column("weight", cells))["file"].columns["weight"]
    assert (one.type, one.places, one.rounded) == (ColumnType.DECIMAL, places, rounded)


def test_null_tokens_among_numbers_are_named(look: Look) -> None:
    one = look(file=_column("score", [*map(str, range(50)), "NULL", "-"]))["file"].columns["score"]
    assert (one.type, one.null_tokens) == (ColumnType.INTEGER, ("-", "NULL"))
    assert "missing in 2 of 52 rows" in one.evidence


def test_unknown_stays_a_category(look: Look) -> None:
    one = look(file=_column("job", ["clerk", "Unknown", "nurse", "clerk"] * 6))["file"]
    assert one.columns["job"].domain == ("Unknown", "clerk", "nurse")
    assert one.columns["job"].null_tokens == ()


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("first_name", ["Ann", "Bo"] * 20, Role.DIRECT_IDENTIFIER),
        ("Mobile No", [str(600_100_000 + n) for n in range(30)], Role.DIRECT_IDENTIFIER),
        ("contact", [f"p{n}@example.org" for n in range(30)], Role.DIRECT_IDENTIFIER),
        ("remark", [f"ABCDE{1000 + n}F" for n in range(30)], Role.DIRECT_IDENTIFIER),
        ("who", [f"Ann{'a' * n} Berg" for n in range(30)], Role.DIRECT_IDENTIFIER),
        ("gender", ["F", "M"] * 20, Role.SENSITIVE),
        ("Nationality", ["SE", "NO"] * 20, Role.SENSITIVE),
        ("zip_code", [str(10_000 + n) for n in range(30)], Role.PROXY),
        ("income", [str(10_000 + n) for n in range(30)], Role.DEMOGRAPHIC),
        ("branch_name", ["North", "South"] * 20, Role.MEASURE),
        ("kyc_status", ["done", "open"] * 20, Role.MEASURE),
        ("account_no", [str(10_000 + n) for n in range(30)], Role.ID),
    ],
)
def test_a_column_has_the_role_that_its_name_or_its_cells_tell(
    header: str, cells: list[str], role: Role, look: Look
) -> None:
    columns = look(file=_column(header, cells))["file"].columns
    assert [*columns.values()][1].role is role


def test_a_birth_number_with_fifty_added_is_known_for_what_it_is(look: Look) -> None:
    cells = [f"{60 + n % 30}{m + (50 if n % 2 else 0):02d}{1 + n % 28:02d}"
             for n in range(60) for m in (1 + n % 12,)]  # fmt: skip
    one = look(file=_column("birth_number", cells))["file"].columns["birth_number"]
    assert (one.coded_birth, one.role, one.type) == (True, Role.SENSITIVE, ColumnType.TEXT)


def test_the_smallest_set_of_ids_that_tells_rows_apart_is_the_key(look: Look) -> None:
    rows = [f"{a},{i},{a * 7 + i}.5" for a in range(10, 50) for i in range(1, 4)]
    text = "\n".join(["account_id,line_no,amount", *rows, ""])
    assert look(moves=text)["moves"].key == ("account_id", "line_no")


def test_a_measure_without_repeats_is_no_key(look: Look) -> None:
    rows = [f"{n % 5},{n * 13 + 7}" for n in range(60)]
    assert look(file="\n".join(["grade,balance", *rows, ""]))["file"].key == ()


def test_tables_are_joined_where_values_are_contained(look: Look) -> None:
    people = "\n".join(["client_id,age", *(f"{n},{20 + n % 50}" for n in range(100, 160)), ""])
    rows = [f"{9000 + n},{100 + n % 50},{n * 10}" for n in range(80)]
    cards = "\n".join(["card_no,client,limit", *rows, ""])
    found = look(clients=people, cards=cards)
    hit = found["cards"].references
    assert [(r.column, r.table, r.key) for r in hit] == [("client", "clients", "client_id")]
    assert found["cards"].columns["client"].type is ColumnType.TEXT


def test_a_file_without_a_header_gets_names_by_what_its_columns_hold(look: Look) -> None:
    lines = [f"{n // 3 + 1:04d} 1997{1 + n % 12:02d}{1 + n % 28:02d} {1 + n % 4} {n + 1}.25"
             for n in range(240)]  # fmt: skip
    table = look(log="\n".join([*lines, ""]))["log"]
    assert tuple(table.columns) == ("id", "date", "quantity", "amount")
    assert (table.loaded.form.delimiter, table.loaded.form.has_header) == ("whitespace", False)


def test_another_encoding_is_found(look: Look) -> None:
    text = _column("ort", ["Malmö", "Köln"] * 20, ";")
    assert look("cp1252", file=text)["file"].loaded.form.encoding == "cp1252"


def test_files_that_differ_in_digits_alone_are_one_table(look: Look) -> None:
    one, two = (f"id,amount\n{n},5.5\n{n + 1},6.5\n" for n in (10, 20))
    tables = look(moves_1995=one, moves_1996=two)
    assert [(t.name, t.loaded.files, t.loaded.rows) for t in tables.values()] == [
        ("moves", ("moves_1995.csv", "moves_1996.csv"), 4)
    ]


def test_an_empty_file_is_told_in_a_sentence(look: Look) -> None:
    with pytest.raises(DataError, match=r"file\.csv is empty"):
        look(file="")


def test_files_without_rows_are_told_in_a_sentence(look: Look) -> None:
    with pytest.raises(DataError, match="headers but no rows"):
        look(file="id,age\n")
