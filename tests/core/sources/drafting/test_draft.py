"""Drafts as a whole: what they contain, what they never contain, and that they are repeatable."""

from __future__ import annotations

import gzip
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core.errors import DataError
from core.features.base import Sensitivity
from core.sources.canonical import read_source
from core.sources.columns import Role
from core.sources.drafting.draft import SourceDraft, draft_source
from core.sources.spec import SourceSpec, spec_from
from tests.core.sources.drafting.layouts import (
    co_operative,
    linked_bank,
    purchase_log,
    wide_table,
)


def _spec(draft: SourceDraft) -> SourceSpec:
    queries = {n.removesuffix(".sql"): t for n, t in draft.files.items() if n.endswith(".sql")}
    return spec_from(tomllib.loads(draft.files["source.toml"]), queries)


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SourceDraft]:
    """The bank of four files and its draft."""
    folder = linked_bank(tmp_path_factory.mktemp("linked"), clients=160)
    return folder, draft_source(folder)


@pytest.fixture(scope="module")
def tabs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SourceDraft]:
    """The bank of seven tab-separated files and its draft."""
    folder = co_operative(tmp_path_factory.mktemp("tabs"), partners=120)
    return folder, draft_source(folder)


def _cells(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode(encoding)
    return [line.split("\t") for line in text.splitlines()[1:]]


def test_encodings_packing_and_days_of_tab_separated_files_are_told(
    tabs: tuple[Path, SourceDraft],
) -> None:
    _, draft = tabs
    tables = _spec(draft).tables
    assert {n: (t.delimiter, t.encoding, t.compression) for n, t in tables.items()} == {
        "complaints": ("\t", "utf-8", "none"),
        "contracts": ("\t", "cp1252", "none"),
        "limits": ("\t", "utf-8", "none"),
        "partners": ("\t", "utf-16", "none"),
        "postings": ("\t", "utf-8", "gzip"),
        "roles": ("\t", "utf-8", "none"),
        "survey": ("\t", "utf-8", "none"),
    }
    assert {c.format for t in tables.values() for c in t.columns.values() if c.format} == {
        ("d/m/yyyy",)
    }
    assert all(table.required for table in tables.values())
    assert (draft.remarks, draft.doubts) == ((), ())


def test_codes_under_which_nothing_moves_are_inquiries(tabs: tuple[Path, SourceDraft]) -> None:
    folder, draft = tabs
    with read_source(_spec(draft), folder) as read:
        assert read.tables.transactions is not None
        moved = read.tables.transactions.to_pandas()
    asked = [row for row in _cells(folder / "postings.tsv.gz") if row[3] == "ASK"]
    inquiries = moved[moved["is_inquiry"]]
    assert sorted(inquiries["transaction_id"]) == sorted(row[0] for row in asked)
    assert set(inquiries["kind"]) == {"inquiry"}
    assert inquiries["direction"].isna().all()
    assert moved[~moved["is_inquiry"]]["direction"].notna().all()
    assert (moved[~moved["is_inquiry"]]["amount"] > 0).all()


def test_a_code_with_an_amount_or_hardly_a_row_is_no_inquiry(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("customer_id,age\n" + "".join(
        f"k{n},{20 + n}\n" for n in range(60)))  # fmt: skip
    rows = [(n, f"k{n % 60}", "ab"[n % 2], n % 2 * 5.5) for n in range(300)]
    rows += [(900, "k1", "a", 0.01), (901, "k1", "rare", 0.0)]
    lines = [f"{n},{who},2020-01-{1 + n % 28:02d},{code},{amount}" for n, who, code, amount in rows]
    head = "order_id,customer_id,order_date,order_type,amount"
    (tmp_path / "orders.csv").write_text("\n".join([head, *lines, ""]))
    assert "false AS is_inquiry" in draft_source(tmp_path).files["transactions.sql"]


def test_credit_limits_come_from_the_table_that_details_accounts(
    tabs: tuple[Path, SourceDraft],
) -> None:
    folder, draft = tabs
    with read_source(_spec(draft), folder) as read:
        assert read.tables.accounts is not None
        held = read.tables.accounts.to_pandas().set_index("account_id")["credit_limit"]
    stated = {contract: float(limit) for contract, limit in _cells(folder / "limits.tsv")}
    assert held.dropna().astype(float).to_dict() == stated


def test_tables_beside_the_customers_give_attributes_of_their_own(
    tabs: tuple[Path, SourceDraft],
) -> None:
    """One row per customer gives its columns; several are counted and added up."""
    folder, draft = tabs
    spec = _spec(draft)
    with read_source(spec, folder) as read:
        people = read.tables.customers.to_pandas().set_index("customer_id")
    answers = {row[0]: float(row[1]) for row in _cells(folder / "survey.tsv")}
    assert people["satisfaction"].dropna().to_dict() == answers
    complaints = _cells(folder / "complaints.tsv")
    for partner, row in people.iterrows():
        paid = [Decimal(c[3].replace(",", ".")) for c in complaints if c[1] == partner]
        assert row["complaints_count"] == len(paid)
        assert row["complaints_amount_refunded_total"] == sum(paid, Decimal(0))
    told = {one.name: (one.column, one.side.value, one.missing_allowed) for one in spec.attributes}
    assert told["satisfaction"] == ("survey.satisfaction", "behavioural", True)
    assert told["complaints_count"] == ("complaints.partner_id", "behavioural", False)


def test_what_happened_after_the_as_of_date_is_not_counted(
    tabs: tuple[Path, SourceDraft],
) -> None:
    folder, draft = tabs
    with read_source(_spec(draft), folder, as_of=date(2020, 6, 30)) as read:
        known = read.tables.customers.complaints_count.sum().execute()
    days = [row[2].split("/") for row in _cells(folder / "complaints.tsv")]
    assert known == sum(date(int(y), int(m), int(d)) <= date(2020, 6, 30) for d, m, y in days)


def test_a_file_that_is_not_packed_as_it_is_named_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.csv.gz").write_bytes(b"customer_id,age\n1,20\n")
    with pytest.raises(DataError, match=r"people.csv.gz is not a whole gzip file"):
        draft_source(tmp_path)


def test_the_same_files_give_the_same_draft(linked: tuple[Path, SourceDraft]) -> None:
    folder, draft = linked
    assert draft_source(folder) == draft


def test_the_birth_number_gives_age_and_gender(linked: tuple[Path, SourceDraft]) -> None:
    folder, draft = linked
    people = [line.split(";") for line in (folder / "client.csv").read_text().split()[1:]]
    with read_source(_spec(draft), folder) as read:
        rows = read.tables.customers.to_pandas().set_index("customer_id")
        day = read.as_of
    for number, code, _ in people:
        year, month, born = (int(code.strip('"')[at : at + 2]) for at in (0, 2, 4))
        expected = day.year - 1900 - year - ((day.month, day.day) < (month % 50, born))
        assert rows.loc[number, "age_years"] == expected
        assert rows.loc[number, "gender"] == ("Female" if month > 50 else "Male")


def test_balances_tell_which_way_money_moved(linked: tuple[Path, SourceDraft]) -> None:
    folder, draft = linked
    assert "the balance moved so" in draft.files["transactions.sql"]
    with read_source(_spec(draft), folder) as read:
        assert read.tables.transactions is not None
        assert read.tables.accounts is not None
        moved = read.tables.transactions.to_pandas()
        held = read.tables.accounts.to_pandas().set_index("account_id")["balance"]
    signed = moved["amount"].where(moved["direction"] == "in", -moved["amount"])
    assert signed.groupby(moved["account_id"]).sum().to_dict() == held.to_dict()


def test_accounts_belong_to_those_who_own_them(linked: tuple[Path, SourceDraft]) -> None:
    folder, draft = linked
    lines = (folder / "disp.csv").read_text().split()[1:]
    owned = {l.split(";")[2]: l.split(";")[1] for l in lines if "OWNER" in l}  # noqa: E741
    with read_source(_spec(draft), folder) as read:
        assert read.tables.accounts is not None
        found = read.tables.accounts.to_pandas().set_index("account_id")["customer_id"]
    assert found.to_dict() == owned


def test_customers_of_a_log_are_its_ids(tmp_path: Path) -> None:
    draft = draft_source(purchase_log(tmp_path, customers=120))
    spec = _spec(draft)
    with read_source(spec, tmp_path) as read:
        assert read.tables.customers.count().execute() == 120
        last = max(
            line.split()[1] for line in (tmp_path / "purchases.txt").read_text().split("\n")[:-1]
        )
        assert read.as_of == date.fromisoformat(last)
    assert [(lens.name, lens.feature_names[0]) for lens in spec.lenses] == [
        ("behavioural", "monetary_total"),
        ("rfm_groups", "recency_days"),
        ("value_tiers", "monetary_total"),
    ]
    assert draft.doubts == ("purchases has no key: a row that stands twice in it counts twice",)


def test_rows_without_an_id_are_numbered_and_the_draft_says_so(tmp_path: Path) -> None:
    draft = draft_source(wide_table(tmp_path, rows=200, with_id=False))
    with read_source(_spec(draft), tmp_path) as read:
        frame = read.tables.customers.order_by("customer_id").to_pandas()
    stated = [int(line.split(";")[0]) for line in
              (tmp_path / "Customers 2017.csv").read_text().splitlines()[1:]]  # fmt: skip
    assert frame["age"].tolist() == stated
    told = "customers have no id: they are numbered in the order of the file's rows"
    assert draft.doubts == (f"{told}; keep that order, or add an id",)
    assert f"# TO SETTLE: {told}" in draft.files["source.toml"]


def test_direct_identifiers_and_values_of_persons_never_enter_a_draft(tmp_path: Path) -> None:
    names = ["Quentin", "Zelda", "Xaver"]
    rows = [
        f"{n},{name},{name} Oddname{tail},q{n}@example.org,{20 + n % 60},{n % 2},{n * 3}.5"
        for n in range(1, 121)
        for name, tail in ((names[n % 3], "abcdefghij"[n % 10] * (1 + n // 10)),)
    ]
    header = "customer_id,first_name,contact,email,age,online,balance"
    (tmp_path / "people.csv").write_text("\n".join([header, *rows, ""]))
    draft = draft_source(tmp_path)
    text = "".join(draft.files.values())
    assert not [value for value in (*names, "Oddname", "example.org") if value in text]
    spec = _spec(draft)
    assert spec.identifying_columns == ("first_name", "contact", "email")
    assert {f.sensitivity for f in spec.attribute_features} <= {
        Sensitivity.ORDINARY, Sensitivity.SENSITIVE,
    }  # fmt: skip
    behavioural = next(lens for lens in spec.lenses if lens.name == "behavioural")
    assert behavioural.feature_names == ("balance", "online")


@pytest.mark.parametrize("customer", ["'k' || range", "range + 7"])
def test_parquet_files_are_drafted_and_read(tmp_path: Path, customer: str) -> None:
    """Ids that are held as numbers have no leading zeros to lose: they are read as numbers."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"COPY (SELECT {customer} AS customer_id, 20 + range % 50 AS age, "
            "range * 1.5 AS balance, DATE '2020-01-01' + CAST(range AS INTEGER) AS joined "
            f"FROM range(120)) TO '{tmp_path / 'people.parquet'}' (FORMAT parquet)"
        )
    draft = draft_source(tmp_path)
    with read_source(_spec(draft), tmp_path) as read:
        assert read.tables.customers.count().execute() == 120
        assert read.rejects == ()
    assert (draft.remarks, draft.doubts) == ((), ())


def test_numbers_that_are_held_as_such_leave_no_doubt_about_their_marks(tmp_path: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "COPY (SELECT range + 7 AS customer_id, 20 + range % 50 AS age, "
            "(1.125 + range)::DOUBLE AS balance, DATE '2020-01-01' + CAST(range AS INTEGER) "
            f"AS joined FROM range(120)) TO '{tmp_path / 'people.parquet'}' (FORMAT parquet)"
        )
    draft = draft_source(tmp_path)
    balance = _spec(draft).tables["people"].columns["balance"]
    assert (balance.decimal_mark, balance.thousands_mark, balance.places) == (".", "", 3)
    assert draft.doubts == ()
    assert "AMBIGUOUS" not in draft.files["source.toml"]


def test_files_without_dates_take_the_day_that_is_given(tmp_path: Path) -> None:
    rows = [f"{n},{20 + n % 50},{n * 3}.25" for n in range(100, 200)]
    (tmp_path / "people.csv").write_text("\n".join(["customer_id,age,balance", *rows, ""]))
    draft = draft_source(tmp_path, as_of=date(2020, 6, 30))
    assert _spec(draft).as_of.day == date(2020, 6, 30)
    with read_source(_spec(draft), tmp_path) as read:
        assert read.as_of == date(2020, 6, 30)


def test_a_folder_without_files_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(DataError, match="holds no file that can be read"):
        draft_source(tmp_path)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("customer_id,age,Age,balance", "the header names Age, age more than once"),
        ("customer_id,age,,", "the header leaves columns 3, 4 without a name"),
    ],
)
def test_columns_without_a_name_of_their_own_are_not_drafted_as_rows(
    tmp_path: Path, header: str, sentence: str
) -> None:
    rows = [f"k{n},{20 + n % 50},{n * 3},{n * 2}" for n in range(100, 200)]
    (tmp_path / "people.csv").write_text("\n".join([header, *rows, ""]))
    with pytest.raises(DataError, match=sentence):
        draft_source(tmp_path)


def test_the_numbers_of_rows_that_a_table_was_written_with_are_no_measure(tmp_path: Path) -> None:
    rows = [f"{n},k{n},{20 + n % 50},{n % 97}.5" for n in range(200)]
    (tmp_path / "people.csv").write_text("\n".join([",customer_id,age,balance", *rows, ""]))
    spec = _spec(draft_source(tmp_path))
    assert spec.tables["people"].columns["column_1"].role is Role.IGNORE
    assert [one.name for one in spec.attributes] == ["age", "balance"]
    with read_source(spec, tmp_path) as read:
        assert read.tables.customers.count().execute() == 200
        assert read.rejects == ()
