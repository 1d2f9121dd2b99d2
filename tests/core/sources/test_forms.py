"""The same rows come from CSV, gzip, Parquet and a database; what does not suit is told."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.pipeline.ports import TableValue
from core.readmodels import Reject
from core.sources.canonical import SourceRead, read_source
from core.sources.compression import unpacked
from core.sources.headers import UnreadableFileError
from core.sources.problems import SourceError
from tests.core.sources.builders import FILES, QUERIES, TOML, tiny_files, tiny_spec

Rows = dict[str, list[TableValue]]

PEOPLE: Rows = {
    "id": ["01", "02", "003"],
    "surname": ["Ash", "Null", "Birch"],
    "age": [41, None, 17],
    "gender": ["F", "M", "F"],
}
ACCOUNTS: Rows = {
    "number": ["A1", "A2"],
    "person": ["01", "02"],
    "balance": [Decimal("10.50"), Decimal(-3)],
    "open": [True, False],
}
MOVES: Rows = {
    "number": ["A1", "A1", "A2"],
    "entry": [1, 2, 1],
    "day": [date(2024, 1, 5), date(2024, 12, 17), date(2024, 2, 1)],
    "clock": [time(0, 8, 34), None, time(23, 59, 59)],
    "amount": [-10.0, 99.5, 0.25],
}
TABLES = {"people": PEOPLE, "accounts": ACCOUNTS, "moves": MOVES}
MIDNIGHT = datetime(2024, 2, 1)  # noqa: DTZ001  (files hold times without a zone)
STORED = TOML.replace('customers = "people"', 'customers = "people"\ndatabase = "$BANK"')


def stated(table: str, line: str, toml: str = TOML) -> str:
    """The tiny bank's text with one more line for a table."""
    return toml.replace(f"[tables.{table}]\n", f"[tables.{table}]\n{line}\n")


PARQUET = TOML
for _name in TABLES:
    PARQUET = stated(_name, f'files = "{_name}.parquet"', PARQUET)


class FakeTables:
    """A database of Python values; rows come in the order asked for."""

    def __init__(self, **changed: Rows | None) -> None:
        given = {**TABLES, **changed}
        self.held = {name: rows for name, rows in given.items() if rows is not None}

    def tables(self) -> tuple[str, ...]:
        return tuple(self.held)

    def columns(self, table: str) -> tuple[str, ...]:
        return tuple(self.held[table])

    def batches(
        self, table: str, columns: Sequence[str], order: Sequence[str]
    ) -> Iterator[list[tuple[TableValue, ...]]]:
        rows = list(zip(*(self.held[table][name] for name in columns), strict=True))
        rows.sort(key=lambda row: [str(row[columns.index(name)]) for name in order])
        for start in range(0, len(rows), 2):
            yield rows[start : start + 2]


def parquet_files(folder: Path, **changed: Rows | pa.Table) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {**TABLES, **changed}.items():
        pq.write_table(
            rows if isinstance(rows, pa.Table) else pa.table(rows), folder / f"{name}.parquet"
        )
    return folder


def stored(**changed: Rows | None) -> SourceRead:
    return read_source(tiny_spec(STORED), reader=FakeTables(**changed))


def problems(read: Callable[[], SourceRead]) -> tuple[str, ...]:
    with pytest.raises(SourceError) as wrong:
        read()
    return wrong.value.problems


def rows_of(source: SourceRead, table: str) -> list[tuple[object, ...]]:
    return source.engine.connection.execute(f"SELECT * FROM source.{table} ORDER BY ALL").fetchall()


# ---------------------------------------------------------------- the same content


def test_the_same_rows_have_the_same_fingerprint_from_every_form(tmp_path: Path) -> None:
    shuffled = {name: [*reversed(values)] for name, values in MOVES.items()}
    with (
        read_source(tiny_spec(), tiny_files(tmp_path / "csv")) as csv,
        read_source(tiny_spec(PARQUET), parquet_files(tmp_path / "parquet")) as parquet,
        stored() as tables,
        stored(moves=shuffled) as other_order,
        stored(moves={**MOVES, "amount": [-10.0, 99.5, 0.26]}) as changed,
    ):
        for name in TABLES:
            assert rows_of(csv, name) == rows_of(parquet, name) == rows_of(tables, name)
        same = {one.fingerprint for one in (csv, parquet, tables, other_order)}
        assert len(same) == 1
        assert changed.fingerprint not in same


def test_doubles_are_rounded_alike_in_every_form_where_that_is_stated(tmp_path: Path) -> None:
    sums = [-1 / 3, 0.1 + 0.2, 1e-7 + 1e-9]
    at = ("A1;1;5.1.2024;834", "A1;2;17.12.2024;", "A2;1;1.2.2024;235959")
    lines = "".join(f"{row};{one:.18f}\n" for row, one in zip(at, sums, strict=True))
    files = tiny_files(tmp_path / "csv", moves=f"number;entry;day;clock;amount\n{lines}")
    held: Rows = {**MOVES, "amount": [*sums]}
    spec, of_parquet, of_tables = (
        tiny_spec(toml.replace("amount = { ", "amount = { places = 9, rounded = true, "))
        for toml in (TOML, PARQUET, STORED)
    )
    with (
        read_source(spec, files) as csv,
        read_source(of_parquet, parquet_files(tmp_path / "parquet", moves=held)) as parquet,
        read_source(of_tables, reader=FakeTables(moves=held)) as tables,
    ):
        assert [row[-1] for row in rows_of(csv, "moves")] == [
            Decimal("-0.333333333"), Decimal("0.300000000"), Decimal("0.000000101"),
        ]  # fmt: skip
        assert len({one.fingerprint for one in (csv, parquet, tables)}) == 1


def test_what_a_loosely_typed_database_holds_is_read_as_the_column_says() -> None:
    toml = STORED.replace('format = "d.m.yyyy", ', "").replace(', format = "hmmss"', "")
    loose = FakeTables(
        moves={
            "number": ["A1", "A1", "A2"],
            "entry": [1.0, "2", 1],
            "day": ["2024-01-05", "2024-12-17", "2024-02-01"],
            "clock": ["00:08:34", None, "23:59:59"],
            "amount": ["-10", 99.5, "0.250"],
        },
        accounts={**ACCOUNTS, "open": [1, 0], "balance": [10.5, -3]},
    )
    with read_source(tiny_spec(toml), reader=loose) as source, stored() as usual:
        assert source.rejects == ()
        assert source.fingerprint == usual.fingerprint


def test_files_and_tables_may_be_mixed_and_a_folder_is_needed_only_for_files(
    tmp_path: Path,
) -> None:
    mixed = stated("moves", 'files = "moves.csv"', STORED)
    assert not tiny_spec(STORED).has_files
    with read_source(tiny_spec(mixed), tiny_files(tmp_path), reader=FakeTables()) as source:
        assert [(f.file, f.rows_read) for f in source.files] == [
            ("table people", 3),
            ("table accounts", 2),
            ("moves.csv", 3),
        ]
    assert problems(lambda: read_source(tiny_spec(mixed), reader=FakeTables())) == (
        "The source reads files; give the folder that holds them.",
    )


# ---------------------------------------------------------------- types that do not suit


@pytest.mark.parametrize(
    ("table", "column", "values", "sentence"),
    [
        (
            "people",
            "id",
            [1, 2, 3],
            (
                "people: id is text, but whole numbers are held: leading zeros are gone. "
                "Hand it over as text, or state type = 'integer' if it never has any."
            ),
        ),
        (
            "people",
            "gender",
            [1, 2, 1],
            (
                "people: gender is a code, but whole numbers are held: leading zeros are gone. "
                "Hand it over as text, or state type = 'integer' if it never has any."
            ),
        ),
        (
            "people",
            "age",
            [date(2024, 1, 1)] * 3,
            (
                "people: age is an integer, but dates are held; "
                "it can be read from text or whole numbers or numbers with decimals."
            ),
        ),
        (
            "moves",
            "day",
            [20240105, 20241217, 20240201],
            (
                "moves: day is a date, but whole numbers are held; "
                "such a number can only be read with format = 'yyyymmdd'."
            ),
        ),
        (
            "moves",
            "day",
            [datetime(2024, 1, 5, tzinfo=UTC)] * 3,
            (
                "moves: day is a date, but times with a time zone are held; "
                "which day it is depends on the zone. Hand it over without one."
            ),
        ),
        (
            "moves",
            "amount",
            [b"1", b"2", b"3"],
            (
                "moves: amount is a decimal, but nested or binary values are held; "
                "it can be read from text or whole numbers or numbers with decimals."
            ),
        ),
    ],
)
def test_a_column_that_holds_something_else_is_a_mistake_in_words(
    tmp_path: Path, table: str, column: str, values: list[TableValue], sentence: str
) -> None:
    changed = {table: {**TABLES[table], column: values}}
    folder = parquet_files(tmp_path, **changed)
    assert problems(lambda: read_source(tiny_spec(PARQUET), folder)) == (
        sentence.replace(f"{table}:", f"{table}.parquet:"),
    )
    assert problems(lambda: stored(**changed)) == (f"table {sentence}",)


def test_every_mistake_of_every_form_is_told_at_once(tmp_path: Path) -> None:
    people = {**PEOPLE, "id": [1, 2, 3], "surname": [["a"], ["b"], ["c"]]}
    folder = parquet_files(tmp_path, people=people, accounts={"number": ["A1"]})
    (folder / "moves.parquet").write_bytes(b"PAR1, or so it says")
    said = problems(lambda: read_source(tiny_spec(PARQUET), folder))
    assert [sentence.split(":")[0] for sentence in said] == [
        "people.parquet", "people.parquet",
        "accounts.parquet lacks the columns person, balance, open; its header names",
        "moves.parquet is not a whole Parquet file",
    ]  # fmt: skip


def test_values_that_cannot_be_read_reject_their_row_by_its_number(tmp_path: Path) -> None:
    moves: Rows = {
        "number": ["A1", "A1", "A2", "A2", "A2"],
        "entry": [1, 2, 1, 2, 3],
        "day": [
            MIDNIGHT,
            MIDNIGHT.replace(hour=8),
            MIDNIGHT,
            None,
            MIDNIGHT,
        ],
        "clock": [None] * 5,
        "amount": [0.1 + 0.2, 99.5, float("nan"), 1.0, 2.0],
    }
    expected = [
        (1, "amount", "has more than 2 decimal places"),
        (2, "day", "has a time of day where a date alone is wanted"),
        (3, "amount", "is not a number"),
        (4, "day", "is missing, but every row needs it"),
    ]
    with (
        read_source(
            tiny_spec(PARQUET), parquet_files(tmp_path, moves=moves), as_of=date(2024, 12, 31)
        ) as parquet,
        read_source(
            tiny_spec(STORED), reader=FakeTables(moves=moves), as_of=date(2024, 12, 31)
        ) as tables,
    ):
        assert [(r.line, r.column, r.reason) for r in parquet.rejects] == expected
        assert [(r.line, r.column, r.reason) for r in tables.rejects] == expected
        for source in (parquet, tables):
            assert all(f.rows_read == f.rows_accepted + f.rows_rejected for f in source.files)


def test_an_integer_column_with_gaps_may_be_held_with_decimals(tmp_path: Path) -> None:
    ages = pa.table({**PEOPLE, "age": pa.array([41.0, None, 17.5], pa.float64())})
    with read_source(tiny_spec(PARQUET), parquet_files(tmp_path, people=ages)) as source:
        assert source.rejects[0] == Reject("people.parquet", 3, "age", "is not a whole number")
        assert rows_of(source, "people") == [
            ("01", "Ash", 41, "Female"),
            ("02", "Null", None, "Male"),
        ]


def test_a_null_token_means_missing_whatever_holds_it(tmp_path: Path) -> None:
    tokens = TOML.replace('null_tokens = ["NULL"]', "").replace(
        "max_rejected_share = 0.9", 'max_rejected_share = 0.9\nnull_tokens = ["17", "17.12.2024"]'
    )
    tokens = tokens.replace('format = "d.m.yyyy", nullable = false', 'format = "d.m.yyyy"')
    queries = {**QUERIES, "transactions": QUERIES["transactions"] + " WHERE day IS NOT NULL"}
    parquet, in_tables = tokens, tokens.replace("[as_of]", 'database = "$BANK"\n[as_of]')
    for name in TABLES:
        parquet = stated(name, f'files = "{name}.parquet"', parquet)
    with (
        read_source(tiny_spec(tokens, queries), tiny_files(tmp_path / "csv")) as csv,
        read_source(tiny_spec(parquet, queries), parquet_files(tmp_path / "parquet")) as held,
        read_source(tiny_spec(in_tables, queries), reader=FakeTables()) as tables,
    ):
        assert csv.fingerprint == held.fingerprint == tables.fingerprint
        days = csv.engine.connection.execute("SELECT count(day) FROM source.moves").fetchone()
        assert (days, csv.as_of) == ((2,), date(2024, 2, 1))


def test_a_text_with_a_nul_is_refused_in_every_form(tmp_path: Path) -> None:
    people: Rows = {**PEOPLE, "surname": ["A\0sh", "Elm", "Fir"]}
    with (
        read_source(tiny_spec(PARQUET), parquet_files(tmp_path, people=people)) as parquet,
        stored(people=people) as tables,
    ):
        assert Reject("people.parquet", 1, "(whole row)", "has a NUL byte") in parquet.rejects
        assert (
            Reject("table people", 2, "(whole row)", "has a NUL byte") in tables.rejects
        )  # "003" is first


# ---------------------------------------------------------------- several files, what is missing


def test_parquet_files_of_several_regions_are_united_whatever_their_order_of_columns(
    tmp_path: Path,
) -> None:
    toml = PARQUET.replace("moves.parquet", "moves_*.parquet")
    parquet_files(tmp_path)
    (tmp_path / "moves.parquet").unlink()
    whole = pa.table(MOVES)
    pq.write_table(whole.slice(0, 2), tmp_path / "moves_north.parquet")
    pq.write_table(
        whole.slice(2).select([*reversed(whole.column_names)]), tmp_path / "moves_south.parquet"
    )
    with read_source(tiny_spec(toml), tmp_path) as source, stored() as usual:
        assert source.fingerprint == usual.fingerprint
        assert [(f.file, f.rows_read) for f in source.files[2:]] == [
            ("moves_north.parquet", 2),
            ("moves_south.parquet", 1),
        ]


def test_missing_files_and_tables_are_told_once_with_what_is_there(tmp_path: Path) -> None:
    tiny_files(tmp_path, people=None, moves=None)
    assert problems(lambda: read_source(tiny_spec(), tmp_path)) == (
        (
            "The folder has no file people.csv for table people, moves.csv for table moves; "
            "it holds: accounts.csv."
        ),
    )
    assert problems(lambda: stored(people=None, moves=None)) == (
        "The database has no table people, table moves; it holds: accounts.",
    )


def test_a_missing_file_does_not_hide_the_mistakes_of_the_others(tmp_path: Path) -> None:
    tiny_files(tmp_path, people=None, accounts=b"")
    assert problems(lambda: read_source(tiny_spec(), tmp_path)) == (
        "The folder has no file people.csv for table people; it holds: accounts.csv, moves.csv.",
        "accounts.csv is empty; it needs a header and rows.",
    )


# ---------------------------------------------------------------- gzip


def test_gzip_is_unpacked_only_where_it_is_stated(tmp_path: Path) -> None:
    packed = gzip.compress(FILES["moves.csv"].encode())
    flag = stated("moves", 'compression = "gzip"')
    with (
        read_source(tiny_spec(flag), tiny_files(tmp_path / "a", moves=packed)) as source,
        read_source(tiny_spec(), tiny_files(tmp_path / "b")) as usual,
    ):
        assert source.fingerprint == usual.fingerprint
    assert problems(lambda: read_source(tiny_spec(), tiny_files(tmp_path / "c", moves=packed))) == (
        "moves.csv is packed with gzip; state compression = 'gzip' in tables.moves.",
    )


@pytest.mark.parametrize(
    "spoilt",
    [b"number;entry\n", gzip.compress(b"number;entry\n" * 99)[:-9]],
    ids=["never packed", "cut off"],  # the packed bytes carry the time
)
def test_what_is_no_whole_gzip_file_is_told(tmp_path: Path, spoilt: bytes) -> None:
    flag = stated("moves", 'compression = "gzip"')
    folder = tiny_files(tmp_path, moves=spoilt)
    assert problems(lambda: read_source(tiny_spec(flag), folder)) == (
        (
            "moves.csv is not a whole gzip file, as compression = 'gzip' says; it is cut off, "
            "damaged, or not packed at all."
        ),
    )


def test_a_decompression_bomb_is_given_up_with_both_limits_in_words(tmp_path: Path) -> None:
    bomb = tmp_path / "moves.csv"
    bomb.write_bytes(gzip.compress(bytes(8 << 20)))
    with pytest.raises(UnreadableFileError, match=r"at most 200 times .* and 34,359,738,368 bytes"):
        unpacked(bomb, tmp_path)
    assert (tmp_path / "moves.csv.unpacked").stat().st_size <= 1 << 21
    with pytest.raises(UnreadableFileError, match=r"more than 10 bytes"):
        unpacked(bomb, tmp_path, largest=10)


@pytest.mark.parametrize(
    ("begin", "words"),
    [
        (b"PK\x03\x04", "is a zip archive or a spreadsheet"),
        (b"PAR1", "is a Parquet file; name it .parquet"),
        (b"SQLite format 3\0", "is a SQLite database"),
    ],
)
def test_a_file_that_is_no_text_is_named_for_what_it_is(
    tmp_path: Path, begin: bytes, words: str
) -> None:
    folder = tiny_files(tmp_path, moves=begin + b"\0" * 40)
    (said,) = problems(lambda: read_source(tiny_spec(), folder))
    assert words in said


# ---------------------------------------------------------------- blanks between columns, no header


@pytest.mark.parametrize(
    "log",
    [
        (
            "number entry  day        amount\n   A1     1  5.1.2024   -10.00\n"
            "A1\t2\t17.12.2024   99.5  \n A2 1 1.2.2024 0.25"
        ),
        (
            'number entry day amount\r\n"A1" 1 5.1.2024 -10.00 \r\n'
            "A1   2 17.12.2024 99.5\r\nA2 1 1.2.2024 0.25\r\n"
        ),
        (
            "\ufeff number entry day amount\nA1 1 5.1.2024 -10.00\n"
            "A1 2 17.12.2024 99.5\nA2 1 1.2.2024 0.25\n"
        ),
    ],
    ids=["aligned", "quoted-crlf", "bom"],
)
def test_columns_may_be_aligned_with_blanks(tmp_path: Path, log: str) -> None:
    toml = stated("moves", 'delimiter = "whitespace"').replace(
        'clock = { type = "time", role = "measure", format = "hmmss" }',
        'clock = { type = "time", role = "measure", format = "hmmss", optional = true }',
    )
    with read_source(tiny_spec(toml), tiny_files(tmp_path, moves=log)) as source:
        assert source.rejects == ()
        assert [(row[0], row[1], row[4]) for row in rows_of(source, "moves")] == [
            ("A1", 1, Decimal("-10.00")),
            ("A1", 2, Decimal("99.50")),
            ("A2", 1, Decimal("0.25")),
        ]


def test_a_blank_within_an_aligned_cell_needs_quotes_and_is_rejected_without(
    tmp_path: Path,
) -> None:
    toml = stated("people", 'delimiter = "whitespace"')
    people = 'id surname age gender\n01 "van  Ash" 41 F\n02 de Elm 7 M\n003 Fir 3 F\n'
    folder = tiny_files(
        tmp_path,
        people=people,
        accounts="number;person;balance;open\nA1;01;1;Y\n",
        moves="number;entry;day;clock;amount\nA1;1;5.1.2024;;1\n",
    )
    with read_source(tiny_spec(toml), folder) as source:
        assert rows_of(source, "people")[1] == ("01", "van  Ash", 41, "Female")
        assert source.rejects == (
            Reject("people.csv", 3, "(whole row)", "has 5 fields where the header names 4"),
        )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
def test_a_file_without_header_has_the_columns_in_the_specifications_order(
    tmp_path: Path, end: str, mark: str
) -> None:
    bare = mark + end.join([*FILES["people.csv"].splitlines()[1:], "004;Elm;x;F;5", "005;Oak;x;F"])
    toml = stated("people", "header = false")
    with read_source(tiny_spec(toml), tiny_files(tmp_path, people=bare)) as source:
        assert rows_of(source, "people") == [
            ("003", "Birch", 17, "Female"),
            ("01", "Ash", 41, "Female"),
            ("02", "Null", None, "Male"),
        ]
        assert [(r.line, r.reason) for r in source.rejects] == [
            (4, "has 5 fields where the header names 4"),
            (5, "is not a whole number"),
        ]
        (people, *_) = source.files
        assert (people.rows_read, people.rows_accepted, people.rows_rejected) == (5, 3, 2)


def test_a_file_without_header_must_have_as_many_columns_as_specified(tmp_path: Path) -> None:
    toml = stated("people", "header = false")
    folder = tiny_files(tmp_path, people="01;Ash;41\n")
    assert problems(lambda: read_source(tiny_spec(toml), folder)) == (
        (
            "people.csv: the first line has 3 fields, but the specification names 4 columns; "
            "without a header it names all, in the file's order."
        ),
    )


# ---------------------------------------------------------------- the specification


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://reader:secret@host/bank",
        "postgresql://host/bank?password=secret",
        "postgresql://host/bank?sslmode=require&PASSWORD=secret",
        "postgresql://reader:@host/bank",
    ],
)
def test_a_password_in_the_specification_is_refused_and_not_repeated(url: str) -> None:
    toml = STORED.replace("$BANK", url)
    (said,) = problems(lambda: read_source(tiny_spec(toml)))
    assert said == (
        "database: a password does not belong into a file; put the whole URL into an environment "
        "variable and name it here, e.g. database = '$CORE_BANK_URL'."
    )


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            STORED.replace("$BANK", "bank.db"),
            (
                "database: is neither the name of an environment variable ('$CORE_BANK_URL') nor a "
                "URL such as sqlite:///bank.db or postgresql://reader@host/bank."
            ),
        ),
        (
            stated("people", 'table = "crm.people"'),
            (
                "tables.people.table: the source names no database; state database = '$VARIABLE' "
                "in [source], the name of an environment variable that holds its URL."
            ),
        ),
        (
            stated("people", 'table = "people"\nfiles = "people.csv"', STORED),
            "tables.people: rows are read from files or from a table of the database, not both.",
        ),
        (
            stated("people", 'files = "people.parquet"\ncompression = "gzip"'),
            "tables.people: a Parquet file is compressed within; leave compression out.",
        ),
        (
            PARQUET.replace('customers = "people"', 'customers = "people"\ndatabase = "$BANK"'),
            "source.database: no table is read from it; every table names files.",
        ),
        (
            stated("people", 'delimiter = "blank"'),
            (
                "tables.people.delimiter: 'blank' is not allowed; choose among "
                "',', ';', '\\t', '|' or 'whitespace'."
            ),
        ),
    ],
)
def test_forms_that_do_not_go_together_are_told(toml: str, sentence: str) -> None:
    assert problems(lambda: read_source(tiny_spec(toml))) == (sentence,)
