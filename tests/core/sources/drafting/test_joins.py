"""Banks whose tables are joined in unlike ways: keys, references, roles, and what is in doubt."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core.sources.canonical import read_source
from core.sources.checking import SourceCheck, check_source
from core.sources.columns import ColumnType, Role
from core.sources.drafting.draft import SourceDraft, draft_source
from core.sources.drafting.output import write_draft
from core.sources.spec import SourceSpec, spec_from
from tests.core.sources.drafting.account_layouts import (
    card_bank,
    german_bank,
    iban_bank,
    national_id_bank,
    shared_accounts,
)

Joins = dict[str, tuple[tuple[str, ...], dict[str, str]]]


def _spec(draft: SourceDraft) -> SourceSpec:
    queries = {n.removesuffix(".sql"): t for n, t in draft.files.items() if n.endswith(".sql")}
    return spec_from(tomllib.loads(draft.files["source.toml"]), queries)


def _joins(spec: SourceSpec) -> Joins:
    return {name: (table.key, dict(table.references)) for name, table in spec.tables.items()}


def _roles(spec: SourceSpec, role: Role) -> set[str]:
    return {f"{t}.{c}" for t, table in spec.tables.items() for c, one in table.columns.items()
            if one.role is role}  # fmt: skip


def _checked(draft: SourceDraft, folder: Path, place: Path) -> SourceCheck:
    written = write_draft(draft, place / "drafted")
    return check_source(written[0], folder)


def _files(tmp_path: Path, **texts: str) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


IBAN: Joins = {
    "accounts": (("iban",), {"client_no": "customers.client_no"}),
    "customers": (("client_no",), {}),
    "transactions": (("txn",), {"iban": "accounts.iban"}),
}
CARDS: Joins = {
    "card_holders": (("customer_id",), {}),
    "cards": (("card_number",), {"customer_id": "card_holders.customer_id"}),
    "payments": (("card_number", "line"), {"card_number": "cards.card_number"}),
}
NATIONAL: Joins = {
    "accounts": (("account_no",), {"national_id": "customers.national_id"}),
    "customers": (("customer_no",), {}),
    "movements": (("movement_id",), {"account_no": "accounts.account_no"}),
}
GERMAN: Joins = {
    "konten": (("konto",), {"kundennummer": "kunden.kundennummer"}),
    "kunden": (("kundennummer",), {}),
    "umsaetze": (("buchungsnummer",), {"konto": "konten.konto"}),
}
SHARED: Joins = {
    "account_holders": (
        ("client_id", "account_id"),
        {"client_id": "clients.client_id", "account_id": "accounts.account_id"},
    ),
    "accounts": (("account_id",), {}),
    "branches": (("branch_number",), {}),
    "clients": (("client_id",), {}),
    "transactions": ((), {"account_id": "accounts.account_id"}),
}


CARD_DOUBTS = (
    "nothing tells money in from money out in payments: all of it is taken for money out",
)
BY_DIRECT = "accounts is joined to customers by national_id, a direct identifier"
NATIONAL_DOUBTS = (f"{BY_DIRECT}; the customer's id is better",)
SHARED_DOUBTS = tuple(
    """\
transactions has no key: a row that stands twice in it counts twice
branches is left out: none of its columns leads to clients, directly or through other tables
account_holders links some of accounts to several customers: the first of them is taken for the \
owner
nothing tells the product of accounts: all are taken for checking accounts
transactions.dc_code does not tell which way FEE moves money: taken for money out""".splitlines()
)
CARD_DIRECT = {
    "cards.card_number",
    "payments.card_number",
    "card_holders.first_name",
    "card_holders.last_name",
    "card_holders.email",
}
NATIONAL_DIRECT = {"customers.national_id", "customers.full_name", "accounts.national_id"}


@pytest.mark.parametrize(
    ("make", "joins", "direct", "doubts"),
    [
        (iban_bank, IBAN, {"accounts.iban", "transactions.iban", "customers.name"}, ()),
        (card_bank, CARDS, CARD_DIRECT, CARD_DOUBTS),
        (national_id_bank, NATIONAL, NATIONAL_DIRECT, NATIONAL_DOUBTS),
        (german_bank, GERMAN, {"kunden.vorname", "kunden.nachname"}, ()),
        (shared_accounts, SHARED, {"clients.name"}, SHARED_DOUBTS),
    ],
)
def test_keys_and_references_follow_the_values_and_weak_guesses_are_told(
    make: Callable[[Path], Path],
    joins: Joins,
    direct: set[str],
    doubts: tuple[str, ...],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    draft = draft_source(make(folder))
    spec = _spec(draft)
    assert _joins(spec) == joins
    assert _roles(spec, Role.DIRECT_IDENTIFIER) == direct
    assert draft.doubts == doubts
    assert _checked(draft, folder, tmp_path).mistakes == ()
    lines = draft.files["source.toml"].splitlines()
    for name, (key, _) in joins.items():
        start = lines.index(f"[tables.{name}]")
        table = lines[start : lines.index("", start)]
        assert any(line.startswith("# no key:") for line in table) == (not key)
        assert ("required = false" in "".join(table)) == (name == "branches")


@pytest.mark.parametrize(
    ("make", "accounts", "moves", "held"),
    [
        (iban_bank, ("accounts.csv", ";", "Balance"), ("transactions.csv", ";", "Amount"), "iban"),
        (german_bank, ("konten.csv", ";", "Kontostand"), ("umsaetze.csv", ";", "Betrag"), "konto"),
        (card_bank, ("cards.csv", ",", "Balance"), ("payments.csv", ",", "Amount"), "card"),
        (
            national_id_bank,
            ("accounts.txt", "|", "Balance"),
            ("movements.txt", "|", "Amount"),
            "account",
        ),
    ],
)
def test_every_account_and_every_amount_reaches_its_customer(
    make: Callable[[Path], Path],
    accounts: tuple[str, str, str],
    moves: tuple[str, str, str],
    held: str,
    tmp_path: Path,
) -> None:
    draft = draft_source(make(tmp_path), as_of=None)
    with read_source(_spec(draft), tmp_path) as read:
        assert read.rejects == ()
        assert read.tables.accounts is not None
        assert read.tables.transactions is not None
        balances = read.tables.accounts.balance.sum().execute()
        moved = read.tables.transactions.amount.sum().execute()
        products = set(read.tables.accounts.to_pandas()["product"])
        customers = set(read.tables.transactions.to_pandas()["customer_id"])
    assert balances == sum(_column(tmp_path, *accounts), Decimal(0))
    assert moved == sum(map(abs, _column(tmp_path, *moves)), Decimal(0))
    assert len(customers) == len(read.identities) == 160
    assert (
        products
        == {
            "iban": {"checking", "savings"},
            "konto": {"checking", "savings"},
            "card": {"credit"},
            "account": {"checking"},
        }[held]
    )


def _column(folder: Path, file: str, delimiter: str, header: str) -> list[Decimal]:
    head, *rows = (folder / file).read_text(encoding="cp1252").splitlines()
    at = head.split(delimiter).index(header)
    cells = [row.split(delimiter)[at] for row in rows]
    if file.endswith(("konten.csv", "umsaetze.csv")):
        cells = [cell.replace(".", "").replace(",", ".") for cell in cells]
    return [Decimal(cell) for cell in cells]


def test_an_e_mail_address_in_the_customers_table_is_no_key_though_others_hold_it(
    tmp_path: Path,
) -> None:
    people = "".join(f"k{n},u{n}@example.org,{20 + n % 50},{n * 3}.5\n" for n in range(100, 200))
    letters = "".join(f"u{100 + n % 100}@example.org,{n % 7}\n" for n in range(250))
    folder = _files(
        tmp_path,
        customers=f"customer_id,email,age,balance\n{people}",
        letters=f"email,clicks\n{letters}",
    )
    draft = draft_source(folder)
    spec = _spec(draft)
    assert _joins(spec) == {
        "customers": (("customer_id",), {}),
        "letters": ((), {"email": "customers.email"}),
    }
    assert spec.identifying_columns == ("email",)
    told = "letters is joined to customers by email, a direct identifier"
    assert f"{told}; the customer's id is better" in draft.doubts
    assert "letters_count" in {one.name for one in spec.attributes}
    assert _checked(draft, folder, tmp_path).mistakes == ()


def test_a_national_id_that_is_the_only_possible_key_is_taken_and_told(tmp_path: Path) -> None:
    people = "".join(f"{n:03d}-55-{n * 7:04d},{20 + n % 50}\n" for n in range(100, 200))
    held = "".join(f"{n:03d}-55-{n * 7:04d},{n * 10 + 9_000_000},{n}.25\n" for n in range(100, 200))
    folder = _files(
        tmp_path,
        customers=f"ssn,age\n{people}",
        accounts=f"ssn,account_no,balance\n{held}",
    )
    draft = draft_source(folder)
    assert _joins(_spec(draft)) == {
        "accounts": (("account_no",), {"ssn": "customers.ssn"}),
        "customers": (("ssn",), {}),
    }
    told = "customers.ssn is a direct identifier, and now the customer's id as well"
    assert f"{told}; a number of your own is better" in draft.doubts
    assert _checked(draft, folder, tmp_path).mistakes == ()


def test_tables_that_lead_to_no_customer_are_left_out_and_told(tmp_path: Path) -> None:
    """What the others refer to is the key of the accounts, before a text without repeats."""
    people = "".join(f"k{n},{20 + n % 50},{n * 30}\n" for n in range(100, 200))
    held = "".join(f"q{n},DE{n * 7:020d},{n}.25\n" for n in range(100, 200))
    moves = "".join(
        f"DE{(100 + n % 100) * 7:020d},2020-01-{1 + n % 28:02d},{n}.5\n" for n in range(300)
    )
    folder = _files(
        tmp_path,
        customers=f"customer_id,age,income\n{people}",
        accounts=f"owner,iban,balance\n{held}",
        moves=f"iban,date,amount\n{moves}",
    )
    draft = draft_source(folder, as_of=date(2020, 2, 1))
    assert _joins(_spec(draft)) == {
        "accounts": (("iban",), {}),
        "customers": (("customer_id",), {}),
        "moves": ((), {"iban": "accounts.iban"}),
    }
    assert set(draft.files) == {"source.toml", "customers.sql"}
    why = "none of its columns leads to customers, directly or through other tables"
    assert draft.doubts == tuple(f"{name} is left out: {why}" for name in ("accounts", "moves"))


def test_a_log_of_accounts_alone_has_its_account_numbers_for_customers(tmp_path: Path) -> None:
    moves = "".join(
        f"{n + 1},DE{(100 + n % 90) * 7:020d},2020-01-{1 + n % 28:02d},{(n * 37) % 101 - 50}.5\n"
        for n in range(900)
    )
    draft = draft_source(_files(tmp_path, moves=f"Txn,IBAN,Booking Date,Amount\n{moves}"))
    spec = _spec(draft)
    assert spec.tables["moves"].key == ("txn",)
    assert spec.tables["moves"].columns["iban"].role is Role.DIRECT_IDENTIFIER
    told = "moves.iban is a direct identifier, and now the customer's id as well"
    assert draft.doubts == (f"{told}; a number of your own is better",)


def test_a_direct_identifier_that_nothing_refers_to_is_no_key_and_is_named(tmp_path: Path) -> None:
    people = "".join(f"u{n}@example.org,{20 + n % 50},{n * 3}.5\n" for n in range(100, 200))
    folder = _files(tmp_path, customers=f"email,age,balance\n{people}")
    draft = draft_source(folder, as_of=date(2020, 1, 1))
    assert _joins(_spec(draft)) == {"customers": ((), {})}
    lines = draft.files["source.toml"].splitlines()
    told = "# no key: no id, nor ids together, tell all rows apart"
    assert f"{told}, and email only as a direct identifier" in lines
    assert draft.doubts[0].startswith("customers have no id: they are numbered")


def test_persons_with_several_rows_are_told(tmp_path: Path) -> None:
    rows = "".join(f"k{100 + n % 70},{20 + n % 50},{n * 3}.5\n" for n in range(150))
    folder = _files(tmp_path, customers=f"customer_id,age,balance\n{rows}")
    draft = draft_source(folder, as_of=date(2020, 1, 1))
    told = "customers.customer_id has 70 values in 150 rows: if it is the person"
    assert draft.doubts[1:] == (f"{told}, write customers.sql with one row for each",)
    assert draft.doubts[0].startswith("customers have no id")


def test_two_ids_of_customers_an_amount_and_a_day_among_two_are_told(tmp_path: Path) -> None:
    people = "".join(f"{n},{9_000 + n},{20 + n % 50}\n" for n in range(100, 200))
    orders = "".join(
        f"o{n},{100 + n % 100},2020-0{1 + n % 9}-11,2020-0{1 + n % 9}-12,{n}.5,{n}.75\n"
        for n in range(300)
    )
    head = "ref,buyer,valued_on,settled_on,amount_gross,amount_net"
    folder = _files(
        tmp_path, customers=f"client_id,crm_id,age\n{people}", orders=f"{head}\n{orders}"
    )
    (folder / "orders.csv").write_text(f"{head.replace('buyer', 'client')}\n{orders}")
    draft = draft_source(folder)
    assert draft.doubts == (
        "the amount of orders may be amount_gross or amount_net: amount_gross is taken",
        "the day of orders may be valued_on or settled_on: valued_on is taken",
    )
    (folder / "orders.csv").unlink()
    told = "customers are told apart by client_id and as well by crm_id"
    alone = draft_source(folder)
    assert f"{told}: client_id is taken for their id" in alone.doubts
    lines = alone.files["source.toml"].splitlines()
    at = lines.index(f"# TO SETTLE: {told}: client_id is taken for their id")
    assert lines[at + 1].startswith("client_id = { ")


def test_doubles_are_rounded_and_a_draft_passes_its_own_check(tmp_path: Path) -> None:
    """A double has no decimals; columns with gaps hold ids and whole numbers as doubles."""
    folder = tmp_path / "files"
    folder.mkdir()
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "COPY (SELECT CAST(range + 7 AS DOUBLE) AS customer_id, CAST(20 + range % 50 AS DOUBLE)"
            " AS age, range / 7 AS balance, 1e-7 * range AS rate, 1e9 + range / 3 AS assets,"
            " CASE WHEN range % 9 > 0 THEN CAST(range % 2 AS DOUBLE) END AS online,"
            " CASE WHEN range % 8 = 0 THEN 'nan'::DOUBLE ELSE range / 3 END AS score,"
            " true AS resident, TIMESTAMPTZ '2020-01-01 00:00:00+00' AS seen,"
            " CAST(10000 + range % 9 AS DOUBLE) AS zip_code"
            f" FROM range(120)) TO '{folder / 'people.parquet'}' (FORMAT parquet)"
        )
    draft = draft_source(folder)
    columns = _spec(draft).tables["people"].columns
    assert {n: (c.type, c.places, c.rounded) for n, c in columns.items()} == {
        "customer_id": (ColumnType.INTEGER, 2, False),
        "age": (ColumnType.INTEGER, 2, False),
        "balance": (ColumnType.DECIMAL, 9, True),
        "rate": (ColumnType.DECIMAL, 7, False),
        "assets": (ColumnType.DECIMAL, 7, False),
        "online": (ColumnType.INTEGER, 2, False),
        "score": (ColumnType.DECIMAL, 9, True),
        "resident": (ColumnType.FLAG, 2, False),
        "seen": (ColumnType.TEXT, 2, False),
        "zip_code": (ColumnType.INTEGER, 2, False),
    }
    assert columns["seen"].role is Role.IGNORE
    assert _checked(draft, folder, tmp_path).mistakes == ()
    with read_source(_spec(draft), folder) as read:
        frame = read.tables.customers.to_pandas().set_index("customer_id")
    assert frame.loc["8", "balance"] == Decimal("0.142857143")
    assert frame["score"].isna().sum() == 15


def test_numbers_of_many_places_in_text_are_rounded_too(tmp_path: Path) -> None:
    rows = "".join(f"k{n},{20 + n % 50},{n / 7!r}\n" for n in range(100, 200))
    folder = _files(tmp_path, people=f"customer_id,age,balance\n{rows}")
    draft = draft_source(folder)
    column = _spec(draft).tables["people"].columns["balance"]
    assert (column.type, column.places, column.rounded) == (ColumnType.DECIMAL, 9, True)
    assert _checked(draft, folder, tmp_path).mistakes == ()
