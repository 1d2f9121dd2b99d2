"""Tables are united, checked and handed over as canonical ones; what cannot be said is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.readmodels import IntegrityFinding, Reject
from core.sources.canonical import SourceRead, read_source
from core.sources.problems import SourceError
from tests.core.sources.builders import FILES, QUERIES, TOML, tiny_files, tiny_spec


def read(
    folder: Path, toml: str = TOML, as_of: date | None = None, **changed: str | bytes | None
) -> SourceRead:
    return read_source(tiny_spec(toml), tiny_files(folder, **changed), as_of=as_of)


def finding(source: SourceRead, check: str) -> IntegrityFinding:
    (found,) = [one for one in source.integrity if one.check == check]
    return found


def test_canonical_tables_have_their_columns_and_identities_stand_apart(tmp_path: Path) -> None:
    with read(tmp_path) as source:
        customers = source.tables.customers.execute().to_dict("list")
        assert customers["customer_id"] == ["01", "02", "003"]
        assert customers["gender"] == ["Female", "Male", "Female"]
        assert source.identities.to_dict() == {
            "surname": {"003": "Birch", "01": "Ash", "02": "Null"}
        }
        assert list(source.identities.index) == ["003", "01", "02"]  # bytewise
        assert source.tables.accounts is not None
        assert source.tables.transactions is not None
        booked = source.tables.transactions.order_by("transaction_id").execute()
        assert booked["transaction_id"].tolist() == ["A1-1", "A1-2", "A2-1"]
        assert [str(t) for t in booked["booked_at"]] == [
            "2024-01-05 00:08:34",
            "NaT",
            "2024-02-01 23:59:59",
        ]


def test_a_missing_category_is_unknown(tmp_path: Path) -> None:
    with read(tmp_path, people="id;surname;age;gender\n01;Ash;41;\n02;Elm;3;M\n") as source:
        genders = source.tables.customers.order_by("customer_id").gender.execute().tolist()
        assert genders == ["Unknown", "Male"]


def test_the_date_is_the_last_day_in_the_data(tmp_path: Path) -> None:
    with read(tmp_path) as source:
        assert source.as_of == source.tables.as_of == date(2024, 12, 17)


def test_an_earlier_date_leaves_later_transactions_out_and_says_so(tmp_path: Path) -> None:
    with read(tmp_path, as_of=date(2024, 3, 1)) as source:
        assert source.tables.transactions is not None
        assert source.tables.transactions.count().execute() == 2
        assert source.warnings == (
            "1 transactions after 2024-03-01 are left out; balances are those of the files.",
        )


def test_a_source_without_a_date_asks_for_one(tmp_path: Path) -> None:
    toml = TOML.replace('latest_of = "moves.day"', "")
    with pytest.raises(SourceError, match="say which day the files speak of with --as-of"):
        read(tmp_path, toml)
    with read(tmp_path, toml, as_of=date(2024, 12, 31)) as source:
        assert source.as_of == date(2024, 12, 31)


def test_tables_cannot_be_read_once_the_owner_is_closed(tmp_path: Path) -> None:
    with read(tmp_path) as source:
        tables = source.tables
    with pytest.raises(duckdb.ConnectionException):
        tables.customers.count().execute()


def test_the_specifications_queries_cannot_reach_files(tmp_path: Path) -> None:
    spied = {**QUERIES, "customers": "SELECT * FROM read_csv('/etc/hostname')"}
    with pytest.raises(SourceError, match=r"customers.sql fails: Permission Error"):
        read_source(tiny_spec(queries=spied), tiny_files(tmp_path))


def test_a_query_that_selects_other_columns_is_told_which_it_needs(tmp_path: Path) -> None:
    queries = {
        **QUERIES,
        "customers": "SELECT id AS customer_id, age AS age_years, surname FROM people",
    }
    with pytest.raises(SourceError) as wrong:
        read_source(tiny_spec(queries=queries), tiny_files(tmp_path))
    assert str(wrong.value) == (
        "customers.sql lacks gender and has surname beyond the canonical columns; "
        "it selects exactly: customer_id, age_years, gender."
    )


def test_everything_that_breaks_the_canonical_model_is_said_at_once(tmp_path: Path) -> None:
    queries = {
        **QUERIES,
        "accounts": QUERIES["accounts"].replace("'checking' AS product", "'loan' AS product"),
        "transactions": QUERIES["transactions"]
        .replace("abs(amount)", "amount")
        .replace("number || '-' || entry", "number"),
    }
    with pytest.raises(SourceError) as wrong:
        read_source(tiny_spec(queries=queries), tiny_files(tmp_path))
    assert wrong.value.problems == (
        "accounts.product fails the check 'isin(('checking', 'savings', 'credit'))'.",
        "transactions.transaction_id fails the check 'is unique'.",
        "transactions.amount fails the check 'greater_than_or_equal_to(0)'.",
    )


# ---------------------------------------------------------------- keys and references


def test_a_repeated_row_is_rejected_once_and_contradicting_rows_all(tmp_path: Path) -> None:
    with read(
        tmp_path,
        people=FILES["people.csv"] + "01;Ash;41;F\n02;Null;7;M\n",
        accounts="number;person;balance;open\nA1;01;10.50;Y\n",
        moves="number;entry;day;clock;amount\nA1;1;5.1.2024;;1\n",
    ) as source:
        assert source.rejects == (
            Reject("people.csv", 3, "id", "stands in 2 rows that contradict each other"),
            Reject("people.csv", 5, "id", "repeats an earlier row"),
            Reject("people.csv", 6, "id", "stands in 2 rows that contradict each other"),
        )
        assert finding(source, "people: key") == IntegrityFinding(
            "people: key",
            "people",
            False,
            3,
            "3 rows of people share their id with others; rejected.",
        )


def test_orphans_are_rejected_and_so_is_what_hangs_on_them(tmp_path: Path) -> None:
    with read(
        tmp_path, accounts="number;person;balance;open\nA1;01;10.50;Y\nA2;99;-3;N\n"
    ) as source:
        assert source.rejects == (
            Reject("accounts.csv", 3, "person", "refers to no row of people"),
            Reject("moves.csv", 4, "number", "refers to no row of accounts"),
        )
        for file in source.files:
            assert file.rows_read == file.rows_accepted + file.rows_rejected


# ---------------------------------------------------------------- findings

CHECKS = """
[[checks]]
kind = "rule"
name = "adults"
table = "people"
condition = "age >= 18"
sentence = "Everyone is of age."

[[checks]]
kind = "sum"
name = "adds up"
table = "moves"
total = "amount"
parts = ["amount", "entry"]
sentence = "The amount is itself."

[[checks]]
kind = "unique"
name = "one account each"
table = "accounts"
columns = "person"
sentence = "Nobody has two accounts."

[[checks]]
kind = "agree"
name = "same numbers"
table = "moves"
other = "accounts"
key = "number"
columns = "number"
sentence = "Numbers agree."
"""


def test_checks_become_findings_that_count_what_breaks_them(tmp_path: Path) -> None:
    with read(tmp_path, TOML + CHECKS, people=FILES["people.csv"] + "4;Elm;130;M\n") as source:
        told = {f.check: (f.passed, f.count, f.sentence) for f in source.integrity}
    assert told["adults"] == (False, 1, "1 case contradicts: Everyone is of age.")
    assert told["adds up"] == (False, 3, "3 cases contradict: The amount is itself.")
    assert told["one account each"] == (True, 0, "Nobody has two accounts.")
    assert told["same numbers"] == (True, 0, "Numbers agree.")
    assert told["people: range of age"] == (False, 1, "1 rows of people have age outside 0 to 120.")


def test_a_number_that_is_the_same_everywhere_is_suspicious(tmp_path: Path) -> None:
    written = "id;surname;age;gender\n01;Ash;99;F\n02;Elm;99;M\n"
    with read(tmp_path, people=written) as source:
        assert finding(source, "people: constants").sentence == (
            "Every row of people has the same age: a default, or no information."
        )


def test_a_check_whose_query_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"checks.adults: the query fails: .*agee"):
        read(tmp_path, TOML + CHECKS.replace("age >= 18", "agee >= 18"))


# ---------------------------------------------------------------- several files, alternatives

EITHER = (
    TOML
    + """
[tables.all_moves]
like = "moves"
key = ["number", "entry"]
files = "moves_*.csv"

[[either]]
groups = [["all_moves"], ["moves"]]
"""
)


def test_files_that_match_a_pattern_are_united(tmp_path: Path) -> None:
    tiny_files(tmp_path, moves=None)
    (tmp_path / "moves_north.csv").write_text("number;entry;day;clock;amount\nA1;1;5.1.2024;;1\n")
    (tmp_path / "moves_south.csv").write_text(
        "entry,number,amount,day,clock\n1,A2,1,1.2.2024,\n2,A2,x,2.2.2024,\n"
    )
    with read_source(tiny_spec(EITHER), tmp_path, as_of=date(2024, 12, 31)) as source:
        counted = [(f.file, f.rows_accepted, f.rows_rejected) for f in source.files[2:]]
        assert counted == [("moves_north.csv", 1, 0), ("moves_south.csv", 1, 1)]
        assert source.rejects == (Reject("moves_south.csv", 3, "amount", "is not a number"),)


def test_the_first_complete_alternative_is_read_and_the_other_passed_over(tmp_path: Path) -> None:
    tiny_files(tmp_path)
    (tmp_path / "moves_1.csv").write_text("number;entry;day;clock;amount\nA1;1;5.1.2024;;1\n")
    with read_source(tiny_spec(EITHER), tmp_path, as_of=date(2024, 12, 31)) as source:
        assert [f.file for f in source.files] == ["people.csv", "accounts.csv", "moves_1.csv"]
        assert source.warnings == ("moves not read: all_moves holds the same.",)


def test_where_no_alternative_is_complete_each_is_named(tmp_path: Path) -> None:
    tiny_files(tmp_path, moves=None)
    with pytest.raises(SourceError) as wrong:
        read_source(tiny_spec(EITHER), tmp_path)
    assert str(wrong.value) == (
        "The folder needs moves_*.csv or moves.csv; it holds: accounts.csv, people.csv."
    )


def test_a_file_or_nothing_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    tiny_files(tmp_path)
    with pytest.raises(SourceError, match=r"people.csv is a file; give the folder"):
        read_source(tiny_spec(), tmp_path / "people.csv")
    with pytest.raises(SourceError, match="There is no folder"):
        read_source(tiny_spec(), tmp_path / "nowhere")


# ---------------------------------------------------------------- fingerprint


@settings(max_examples=5)
@given(st.permutations(FILES["moves.csv"].splitlines()[1:]), st.booleans())
def test_the_fingerprint_knows_content_and_not_the_order_of_rows(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], changed: bool
) -> None:
    first = FILES["moves.csv"].splitlines()[0]
    text = "\r\n".join([first, *rows]).replace("99.5", "99.6" if changed else "99.50")
    with (
        read(tmp_path_factory.mktemp("a")) as one,
        read(tmp_path_factory.mktemp("b"), moves=text) as other,
    ):
        assert (one.fingerprint == other.fingerprint) is not changed


def test_the_fingerprint_changes_with_the_date(tmp_path: Path) -> None:
    with read(tmp_path) as one, read(tmp_path, as_of=date(2025, 1, 1)) as other:
        assert one.fingerprint != other.fingerprint


def test_progress_goes_up_and_may_stop_the_reading(tmp_path: Path) -> None:
    seen: list[float] = []

    def stop(fraction: float, step: str) -> None:
        seen.append(fraction)
        if len(seen) == 3:
            raise InterruptedError(step)

    with pytest.raises(InterruptedError, match="Reading moves"):
        read_source(tiny_spec(), tiny_files(tmp_path), progress=stop)
    assert seen == sorted(seen)


def test_a_date_before_every_transaction_leaves_an_empty_table(tmp_path: Path) -> None:
    with read(tmp_path, as_of=date(2023, 1, 1)) as source:
        assert source.tables.transactions is not None
        assert source.tables.transactions.count().execute() == 0


def test_a_source_without_customers_is_refused(tmp_path: Path) -> None:
    nobody = {**QUERIES, "customers": QUERIES["customers"] + " WHERE false"}
    with pytest.raises(SourceError, match="there is nobody to segment"):
        read_source(tiny_spec(queries=nobody), tiny_files(tmp_path))
