"""Drafts as a whole: what they contain, what they never contain, and that they are repeatable."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from core.errors import DataError
from core.features.base import Sensitivity
from core.sources.canonical import read_source
from core.sources.columns import Role
from core.sources.drafting.draft import SourceDraft, draft_source
from core.sources.spec import SourceSpec, spec_from
from tests.core.sources.drafting.layouts import linked_bank, purchase_log, wide_table


def _spec(draft: SourceDraft) -> SourceSpec:
    queries = {n.removesuffix(".sql"): t for n, t in draft.files.items() if n.endswith(".sql")}
    return spec_from(tomllib.loads(draft.files["source.toml"]), queries)


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SourceDraft]:
    """The bank of four files and its draft."""
    folder = linked_bank(tmp_path_factory.mktemp("linked"), clients=160)
    return folder, draft_source(folder)


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
    assert [lens.feature_names[0] for lens in spec.lenses] == ["monetary_total"]


def test_rows_without_an_id_are_numbered_and_the_draft_says_so(tmp_path: Path) -> None:
    draft = draft_source(wide_table(tmp_path, rows=200, with_id=False))
    with read_source(_spec(draft), tmp_path) as read:
        frame = read.tables.customers.order_by("customer_id").to_pandas()
    stated = [int(line.split(";")[0]) for line in
              (tmp_path / "Customers 2017.csv").read_text().splitlines()[1:]]  # fmt: skip
    assert frame["age"].tolist() == stated
    assert any("numbered in the order of the file's rows" in remark for remark in draft.remarks)


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


def test_parquet_files_are_drafted_and_read(tmp_path: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "COPY (SELECT 'k' || range AS customer_id, 20 + range % 50 AS age, "
            "range * 1.5 AS balance, DATE '2020-01-01' + CAST(range AS INTEGER) AS joined "
            f"FROM range(120)) TO '{tmp_path / 'people.parquet'}' (FORMAT parquet)"
        )
    draft = draft_source(tmp_path)
    with read_source(_spec(draft), tmp_path) as read:
        assert read.tables.customers.count().execute() == 120
        assert read.rejects == ()
    assert not [remark for remark in draft.remarks if "not yet right" in remark]


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
