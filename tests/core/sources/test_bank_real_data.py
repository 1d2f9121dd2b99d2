"""The real bank's files give the numbers that the original system worked with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from core.sources.canonical import SourceRead, read_source
from core.sources.spec import load_spec

pytestmark = pytest.mark.real_data

QUARTILES = (0.55, 56.48, 172.60)


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "twm"


@pytest.fixture(scope="module")
def bank(folder: Path) -> Iterator[SourceRead]:
    with read_source(load_spec("bank"), folder) as read:
        yield read


def active_transactions(bank: SourceRead) -> pd.DataFrame:
    """Transactions on active accounts, inquiries included, as the original took them."""
    return bank.engine.connection.execute(
        "SELECT t.* REPLACE (t.amount::DOUBLE AS amount) FROM canonical.transactions t "
        "JOIN canonical.accounts a USING (account_id) WHERE a.is_active"
    ).df()


def raw(folder: Path, name: str) -> pd.DataFrame:
    table = pd.read_csv(folder / f"{name}.csv", sep=";", dtype=str, keep_default_na=False)
    return table.apply(lambda column: column.str.strip())


def test_every_row_is_accepted(bank: SourceRead) -> None:
    assert {f.table: (f.rows_read, f.rows_rejected) for f in bank.files} == {
        "twm_customer": (747, 0),
        "twm_accounts": (1_409, 0),
        "twm_checking_acct": (520, 0),
        "twm_credit_acct": (468, 0),
        "twm_savings_acct": (421, 0),
        "twm_checking_tran": (46_204, 0),
        "twm_credit_tran": (20_167, 0),
        "twm_savings_tran": (11_189, 0),
    }
    assert bank.warnings == ()


def test_every_date_is_of_1995(bank: SourceRead) -> None:
    assert bank.as_of == date(1995, 12, 31)
    assert bank.tables.transactions is not None
    assert bank.tables.transactions.booked_on.min().execute() == pd.Timestamp("1995-01-01")


def test_customers_and_their_accounts_are_counted_as_before(bank: SourceRead) -> None:
    counts = bank.engine.connection.execute(
        """
        SELECT count(*), count(*) FILTER (a.customer_id IS NULL), count(*) FILTER (a.active > 0),
            sum(a.active), count(*) FILTER (c.income_yearly = 0),
            count(*) FILTER (c.age_years < 18), count(*) FILTER (
                c.income_yearly = 0 AND c.age_years < 18
            ), count(DISTINCT c.marital_status)
        FROM canonical.customers c LEFT JOIN (
            SELECT customer_id, count(*) FILTER (is_active) AS active
            FROM canonical.accounts GROUP BY customer_id
        ) a USING (customer_id)
        """
    ).fetchone()
    assert counts == (747, 82, 642, 1_266, 102, 102, 102, 4)


def test_transactions_on_active_accounts_and_their_quartiles(bank: SourceRead) -> None:
    rows = active_transactions(bank)
    assert (len(rows), rows["customer_id"].nunique()) == (70_705, 642)
    assert rows["amount"].quantile([0.25, 0.5, 0.75]).tolist() == pytest.approx(QUARTILES)


def test_the_pivot_of_product_direction_and_size_has_its_shape(bank: SourceRead) -> None:
    """Counts and sums of product × direction × size class (by quartile), and three balances."""
    rows = active_transactions(bank)
    low, _, high = rows["amount"].quantile([0.25, 0.5, 0.75])
    rows["size"] = pd.cut(
        rows["amount"], [-1, low, high, float("inf")], labels=["s", "m", "l"], right=False
    )
    rows["way"] = rows["direction"].fillna("in")  # an inquiry's 0 was not below 0
    pivot = rows.pivot_table(
        index="customer_id",
        columns=["product", "way", "size"],
        values="amount",
        aggfunc=["count", "sum"],
        observed=True,
    )
    accounts = bank.engine.connection.execute(
        "SELECT customer_id, product, balance::DOUBLE AS balance FROM canonical.accounts "
        "WHERE is_active"
    ).df()
    balances = accounts.pivot(index="customer_id", columns="product", values="balance")
    assert (pivot.shape, balances.shape) == ((642, 34), (642, 3))
    assert pd.concat([pivot.droplevel([1, 2, 3], axis=1), balances], axis=1).shape == (642, 37)


def test_inquiries_move_nothing_and_have_no_direction(bank: SourceRead) -> None:
    found = bank.engine.connection.execute(
        "SELECT count(*), sum(amount), count(direction) FROM canonical.transactions "
        "WHERE is_inquiry"
    ).fetchone()
    assert found == (8_155 + 1_802 + 929, Decimal("0.00"), 0)


def test_what_is_owed_on_cards_is_positive_and_spending_goes_out(bank: SourceRead) -> None:
    owed, spent, paid = (
        bank.engine.connection.execute(query).fetchone()
        for query in (
            "SELECT min(balance) >= 0 FROM canonical.accounts WHERE product = 'credit'",
            "SELECT DISTINCT direction FROM canonical.transactions WHERE kind = 'purchase'",
            "SELECT DISTINCT direction FROM canonical.transactions WHERE kind = 'payment'",
        )
    )
    assert (owed, spent, paid) == ((True,), ("out",), ("in",))


def test_only_interest_on_cards_and_early_bookings_do_not_agree(bank: SourceRead) -> None:
    assert {f.check: f.count for f in bank.integrity if not f.passed} == {
        "amounts add up (twm_credit_tran)": 253,
        "no transaction before the account was opened (twm_checking_tran)": 760,
        "no transaction before the account was opened (twm_savings_tran)": 760,
    }


def test_one_table_of_all_transactions_gives_the_same(
    bank: SourceRead, folder: Path, tmp_path: Path
) -> None:
    for path in folder.glob("*.csv"):
        if not path.name.endswith("_tran.csv"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    accounts = raw(folder, "twm_accounts")[["cust_id", "acct_type", "acct_nbr"]]
    parts = []
    for product, name in (("CK", "checking"), ("CC", "credit"), ("SV", "savings")):
        part = raw(folder, f"twm_{name}_tran").assign(acct_type=product)
        parts.append(part.merge(accounts, on=["cust_id", "acct_type"], validate="m:1"))
    united = pd.concat(parts).drop(columns=["cust_id", "acct_type"])
    united.to_csv(tmp_path / "twm_transactions.csv", sep=";", index=False)
    with read_source(load_spec("bank"), tmp_path) as read:
        query = "SELECT * FROM canonical.transactions ORDER BY transaction_id"
        assert read.as_of == bank.as_of
        pd.testing.assert_frame_equal(
            read.engine.connection.execute(query).df(), bank.engine.connection.execute(query).df()
        )
