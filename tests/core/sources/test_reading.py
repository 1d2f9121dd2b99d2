"""Rows are accepted or rejected with file, line, column, reason; whole files with a sentence."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.engines.duckdb import DuckDBEngine
from core.readmodels import Reject
from core.sources.canonical import SourceRead, read_source
from core.sources.columns import ColumnSpec
from core.sources.conversion import conversion
from core.sources.problems import SourceError
from tests.core.sources.builders import TOML, tiny_files, tiny_spec


def read(folder: Path, toml: str = TOML, **changed: str | bytes | None) -> SourceRead:
    return read_source(tiny_spec(toml), tiny_files(folder, **changed))


def people(source: SourceRead) -> list[tuple[object, ...]]:
    return source.engine.connection.execute("SELECT * FROM source.people").fetchall()


def convert(column: ColumnSpec, cell: str | None) -> tuple[object, str | None]:
    made = conversion(column, "raw", ("cell", "typed"), ["NULL"], may_be_missing=True)
    with DuckDBEngine(threads=1) as engine:
        row = engine.connection.execute(
            f"SELECT typed, {made.reason} FROM (SELECT *, {made.value} AS typed FROM "
            f"(SELECT {made.text} AS cell FROM (SELECT ?::VARCHAR AS raw)))",
            [cell],
        ).fetchone()
    assert row is not None
    return row[0], row[1]


def column(kind: str, **more: object) -> ColumnSpec:
    return ColumnSpec.model_validate({"type": kind, "role": "measure", **more})


def test_rows_keep_leading_zeros_a_surname_null_and_missing_values(tmp_path: Path) -> None:
    with read(tmp_path) as source:
        assert people(source) == [
            ("01", "Ash", 41, "Female"),
            ("02", "Null", None, "Male"),
            ("003", "Birch", 17, "Female"),
        ]


@pytest.mark.parametrize(
    ("given_column", "cell", "expected"),
    [
        (column("text"), "  padded  ", "padded"),
        (column("text"), "NULL", "NULL"),
        (column("text"), "   ", None),
        (column("text", role="id"), "NULL", None),
        (column("integer"), "NULL", None),
        (column("integer"), " -007 ", -7),
        (column("decimal"), "1234.5", Decimal("1234.50")),
        (column("decimal"), ".5", Decimal("0.50")),
        (column("decimal"), "1.500", Decimal("1.50")),
        (column("decimal", decimal_mark=","), "12,34", Decimal("12.34")),
        (column("decimal", places=6), "40.900749", Decimal("40.900749")),
        (column("decimal", rounded=True), "1.00500", Decimal("1.01")),
        (column("decimal", rounded=True), "-0.30000000000000004", Decimal("-0.30")),
        (column("decimal", rounded=True, decimal_mark=","), ",129", Decimal("0.13")),
        (column("decimal", decimal_mark=",", thousands_mark="."), "-1.234.567,8",
         Decimal("-1234567.80")),
        (column("decimal", decimal_mark=",", thousands_mark="."), "1234,5", Decimal("1234.50")),
        (column("decimal", thousands_mark="'"), "1'234.5", Decimal("1234.50")),
        (column("integer", thousands_mark=","), "1,234", 1234),
        (column("integer", thousands_mark=","), "-100,000", -100_000),
        (column("integer", thousands_mark=","), "0500", 500),
        (column("decimal", decimal_mark=",", thousands_mark="."), "0,5", Decimal("0.50")),
        (column("flag"), "y", True),
        (column("flag", true=["Active"], false=["Closed"]), "closed", False),
        (column("code", domain={"1": "Single"}), "1", "Single"),
        (column("code", domain={"1": "Single"}, unknown="keep"), "9", "9"),
        (column("date", format="d.m.yyyy"), "3.1.1995", date(1995, 1, 3)),
        (column("date", format="d/m/yyyy"), "03/01/1995", date(1995, 1, 3)),
        (column("date", format="m/d/yyyy"), "03/01/1995", date(1995, 3, 1)),
        (column("date", format="yymmdd"), "950301", date(1995, 3, 1)),
        (column("date", format="yymmdd"), "240301", date(2024, 3, 1)),
        (column("date", format="yyyymmdd"), "19950301", date(1995, 3, 1)),
        (column("date", format=["yyyy-mm-dd", "d.m.yyyy"]), "3.1.1995", date(1995, 1, 3)),
        (column("time", format="hmmss"), "834", time(0, 8, 34)),
        (column("time", format="hmmss"), "0", time(0, 0, 0)),
        (column("time", format="hh:mm"), "08:34", time(8, 34)),
    ],
)  # fmt: skip
def test_cells_become_values(given_column: ColumnSpec, cell: str, expected: object) -> None:
    assert convert(given_column, cell) == (expected, None)


@pytest.mark.parametrize(
    ("given_column", "cell", "reason"),
    [
        (column("integer"), "12.5", "is not a whole number"),
        (column("integer"), "1e3", "is not a whole number"),
        (column("integer"), "9" * 30, "is too large a number"),
        (column("decimal"), "1e3", "is not a number"),
        (column("decimal"), "12,5", "is not a number"),
        (column("decimal"), "inf", "is not a number"),
        (column("decimal"), "1.005", "has more than 2 decimal places"),
        (column("decimal"), ".125", "has more than 2 decimal places"),
        (column("decimal"), "9" * 30, "is too large a number"),
        (column("decimal", rounded=True), "9" * 30, "is too large a number"),
        (column("decimal", decimal_mark=",", thousands_mark="."), "1.23", "is not a number"),
        (column("decimal", decimal_mark=",", thousands_mark="."), "12.34,5", "is not a number"),
        (column("integer", thousands_mark=","), "1,23", "is not a whole number"),
        (column("decimal", decimal_mark=",", thousands_mark="."), "0.125", "is not a number"),
        (column("decimal", decimal_mark=",", thousands_mark="."), "000.125", "is not a number"),
        (column("decimal", decimal_mark=",", thousands_mark="."), "-0.125,5", "is not a number"),
        (column("decimal", thousands_mark=",", rounded=True), "0,125.5", "is not a number"),
        (column("integer", thousands_mark=","), "0,500", "is not a whole number"),
        (column("integer", thousands_mark=","), "012,345", "is not a whole number"),
        (column("flag"), "maybe", "is none of Y, YES, T, TRUE, 1, N, NO, F, FALSE, 0"),
        (column("code", domain={"1": "a", "2": "b"}), "3", "is not one of the codes 1, 2"),
        (column("date", format="d.m.yyyy"), "31.2.1995", "is not a date of the form d.m.yyyy"),
        (column("date", format="d.m.yyyy"), "1.2.95", "is not a date of the form d.m.yyyy"),
        (column("date", format="yyyy-mm-dd"), "1995-13-01", "is not a date of the form yyyy-mm-dd"),
        (column("time", format="hmmss"), "250000", "is not a time of the form hmmss"),
        (column("time", format="hmmss"), "1234567", "is not a time of the form hmmss"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_read_have_a_reason_without_the_value(
    given_column: ColumnSpec, cell: str, reason: str
) -> None:
    assert convert(given_column, cell) == (None, reason)


@settings(max_examples=25)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_date_is_read_back_in_every_format(day: date) -> None:
    written = {
        "yyyy-mm-dd": f"{day:%Y-%m-%d}",
        "d.m.yyyy": f"{day.day}.{day.month}.{day.year}",
        "yyyymmdd": f"{day:%Y%m%d}",
    }
    assert {name: convert(column("date", format=name), t)[0] for name, t in written.items()} == (
        dict.fromkeys(written, day)
    )


def test_timestamps_are_a_date_and_a_time() -> None:
    value, reason = convert(
        column("timestamp", format="yyyy-mm-dd hh:mm:ss"), "2017-10-02 10:56:33"
    )
    assert (str(value), reason) == ("2017-10-02 10:56:33", None)


def test_rejected_rows_name_file_line_column_and_reason(tmp_path: Path) -> None:
    with read(
        tmp_path,
        people='id;surname;age;gender\n01;"A\nsh";41;F\n04;Elm;old;F\n05;Fir;3\n02;Oak;7;X\n;Yew;7;M\n',
        accounts="number;person;balance;open\nA1;01;10.50;Y\n",
        moves="number;entry;day;clock;amount\nA1;1;5.1.2024;;1\n",
    ) as source:
        assert source.rejects == (
            Reject("people.csv", 4, "age", "is not a whole number"),
            Reject("people.csv", 5, "(whole row)", "has 3 fields where the header names 4"),
            Reject("people.csv", 6, "gender", "is not one of the codes F, M"),
            Reject("people.csv", 7, "id", "is missing, but every row needs it"),
        )
        counted = source.files[0]
        assert (counted.rows_read, counted.rows_accepted, counted.rows_rejected) == (5, 1, 4)
        assert people(source) == [("01", "A\nsh", 41, "Female")]


@pytest.mark.parametrize(
    "written",
    [
        "\ufeffid;surname;age;gender\r\n01;Ash;41;F\r\n02;Elm;;M\r\n".encode(),
        b"id,surname,age,gender\n01,Ash,41,F\n02,Elm,,M",
        b"id\tsurname\tage\tgender\n01\tAsh\t41\tF\n02\tElm\t\tM\n\n\n",
        b"id|surname|age|gender\r\n01|Ash|41|F\n02|Elm||M\r\n",
        b'"ID";"Sur Name";"AGE";"gen_der"\n"01";"Ash";"41";"F"\n"02";"Elm";"";"M"\n',
        b"gender;age;surname;id\nF;41;Ash   ;01 \nM;NULL; Elm;02\n",
    ],
    ids=["bom-crlf", "comma", "tab-blank-end", "mixed-ends", "quoted-aliases", "order-padded"],
)
def test_the_same_rows_are_read_from_every_form(tmp_path: Path, written: bytes) -> None:
    with read(tmp_path, people=written) as source:
        assert people(source) == [("01", "Ash", 41, "Female"), ("02", "Elm", None, "Male")]


def test_another_encoding_is_read_where_it_is_stated(tmp_path: Path) -> None:
    stated = TOML.replace("[tables.people]\n", '[tables.people]\nencoding = "cp1252"\n')
    written = "id;surname;age;gender\n01;Müller – Größe;41;F\n02;Elm;;M\n".encode("cp1252")
    with read(tmp_path, stated, people=written) as source:
        assert people(source)[0] == ("01", "Müller – Größe", 41, "Female")


def test_bytes_of_another_encoding_reject_their_row_alone(tmp_path: Path) -> None:
    written = b"id;surname;age;gender\n01;Ash;41;F\n02;Elm;;M\n" + b"03;M\xfcll;3;F\n"
    with read(tmp_path, people=written) as source:
        assert [(r.line, r.reason) for r in source.rejects] == [
            (4, "has bytes that are not text in the stated encoding")
        ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"people": b""}, "people.csv is empty; it needs a header and rows."),
        ({"people": "id;surname;age;gender\n"}, "people.csv has a header but no rows."),
        ({"people": "\n01;Ash\n"}, "people.csv: the first line is blank"),
        (
            {"people": "id;surname;gender\n1;a;F\n"},
            "people.csv lacks the column age; its header names: id, surname, gender.",
        ),
        (
            {"people": "id;surname;age;gender;AGE\n1;a;1;F;1\n"},
            "people.csv: the header names AGE, age more than once.",
        ),
        ({"people": "id;surname;age;gender\n1;a;1;F\n".encode("utf-16")}, "is UTF-16 text"),
        ({"people": None}, "The folder has no file people.csv for table people"),
        ({"people": b"id;surname\rid;age\r"}, "ends its lines with CR alone"),
    ],
)
def test_whole_files_that_cannot_be_read_stop_the_import(
    tmp_path: Path, changed: dict[str, str | bytes | None], sentence: str
) -> None:
    with pytest.raises(SourceError) as stopped:
        read(tmp_path, **changed)
    assert sentence in str(stopped.value)


def test_a_stated_delimiter_that_is_wrong_is_said(tmp_path: Path) -> None:
    stated = TOML.replace("[tables.people]\n", '[tables.people]\ndelimiter = ","\n')
    with pytest.raises(SourceError, match="separated by ';', but the specification states ','"):
        read(tmp_path, stated)


def test_every_whole_file_problem_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as stopped:
        read(tmp_path, people=b"", accounts="number;open\n1;Y\n", moves="number;entry\n")
    assert len(stopped.value.problems) == 3


def test_too_many_rejected_rows_stop_the_import_with_the_commonest_reasons(tmp_path: Path) -> None:
    strict = TOML.replace("max_rejected_share = 0.9", "")
    with pytest.raises(SourceError) as stopped:
        read(tmp_path, strict, people="id;surname;age;gender\n01;a;x;F\n02;b;y;M\n003;c;3;M\n")
    assert str(stopped.value).splitlines()[0] == (
        "2 of 3 rows of people cannot be accepted, more than the 5% that the specification allows. "
        "Commonest reasons: age is not a whole number: 2 (first: people.csv line 2)."
    )


def test_unknown_columns_are_passed_over_with_a_warning(tmp_path: Path) -> None:
    with read(tmp_path, people="id;surname;age;gender;shoe\n01;a;1;F;44\n02;b;2;M;38\n") as source:
        assert source.warnings == ("people.csv: not read, since not specified: shoe.",)


@settings(max_examples=6)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8),
            st.integers(0, 120),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_names_are_written_quoted_come_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int]]
) -> None:
    lines = [
        f'"{n:02d}";"{name.replace(chr(34), chr(34) * 2)}";"{age}";"F"'
        for n, (name, age) in enumerate(rows, start=1)
    ]
    folder = tmp_path_factory.mktemp("names")
    text = "\n".join(["id;surname;age;gender", *lines, ""])
    with read(folder, people=text, accounts="number;person;balance;open\nA1;01;1;Y\n",
              moves="number;entry;day;clock;amount\nA1;1;1.1.2024;;1\n") as source:  # fmt: skip
        assert [(row[1], row[2]) for row in people(source)] == [
            (name.strip(" \t\n\r\xa0") or None, age) for name, age in rows
        ]
