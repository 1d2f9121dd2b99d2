"""The same features, recomputed in pandas by other means: floats, loops and calendar months."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.features.build import build_features
from core.sources.canonical import read_source
from core.sources.spec import load_spec
from tests.core.features.builders import AS_OF, mixed_bank

TOLERANCE = 1e-9


def recomputed(
    customer_ids: list[str], accounts: pd.DataFrame, transactions: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """Return some features per customer, one customer after the other."""
    day = pd.Timestamp(as_of)
    rows = transactions[transactions.booked_on <= day]
    opened = accounts[accounts.opened_on.isna() | (accounts.opened_on <= day)]
    is_open = np.where(opened.closed_on.isna(), opened.is_active, opened.closed_on > day)
    no_accounts, no_rows = opened.iloc[:0], rows.iloc[:0]
    held = dict(list(opened[is_open.astype(bool)].groupby("customer_id")))
    ever = dict(list(opened.groupby("customer_id")))
    done = dict(list(rows.groupby("customer_id")))
    found = {
        customer_id: _balances(held.get(customer_id, no_accounts))
        | _tenure(ever.get(customer_id, no_accounts), day)
        | _activity(done.get(customer_id, no_rows))
        | _rfm(done.get(customer_id, no_rows), day)
        | _months(done.get(customer_id, no_rows), day)
        for customer_id in customer_ids
    }
    return pd.DataFrame.from_dict(found, orient="index").sort_index()


def _balances(accounts: pd.DataFrame) -> dict[str, float]:
    of = {product: accounts[accounts["product"] == product] for product in accounts["product"]}
    none = accounts.iloc[:0]
    checking, savings = of.get("checking", none), of.get("savings", none)
    cards = of.get("credit", none)
    debt = cards.balance.clip(lower=0)
    limit = cards.credit_limit.sum()
    return {
        "checking_balance": checking.balance.sum(),
        "savings_balance": savings.balance.sum(),
        "card_debt": debt.sum(),
        "net_position": checking.balance.sum() + savings.balance.sum() - cards.balance.sum(),
        "has_savings": float(len(savings) > 0),
        "accounts_active": len(accounts),
        "products_held": accounts["product"].nunique(),
        "savings_balance_change": (savings.balance - savings.opening_balance).sum(),
        "credit_limit": limit,
        "credit_utilisation": debt[cards.credit_limit.notna()].sum() / limit if limit else math.nan,
    }


def _tenure(accounts: pd.DataFrame, day: pd.Timestamp) -> dict[str, float]:
    return {
        "oldest_account_days": (day - accounts.opened_on.min()).days,
        "newest_account_days": (day - accounts.opened_on.max()).days,
    }


def _activity(rows: pd.DataFrame) -> dict[str, float]:
    asked, booked = rows[rows.is_inquiry], rows[~rows.is_inquiry]
    amount = booked.amount
    card_out = booked[(booked["product"] == "credit") & (booked.direction == "out")]
    card_in = booked[(booked["product"] == "credit") & (booked.direction == "in")]
    cash = card_out.kind == "cash advance"
    fee = booked.kind.str.endswith("fee")
    savings = booked[booked["product"] == "savings"].amount
    channels = booked.channel[booked.channel.notna() & (booked.channel != "Unknown")]
    shares = channels.value_counts(normalize=True)
    return {
        "transactions": len(booked),
        "inquiries": len(asked),
        "spend_total": amount[booked.direction == "out"].sum(),
        "transaction_mean": amount.mean(),
        "transaction_median": amount.median(),
        "transaction_max": amount.max(),
        "transactions_small": (amount < 50).sum(),
        "transactions_medium": ((amount >= 50) & (amount < 200)).sum(),
        "transactions_large": (amount >= 200).sum(),
        "checking_out_small": (
            (booked["product"] == "checking") & (booked.direction == "out") & (amount < 50)
        ).sum(),
        "savings_amount_sd": savings.std(),
        "savings_amount_iqr": savings.quantile(0.75) - savings.quantile(0.25),
        "card_spend": card_out.amount[~cash & ~card_out.kind.str.endswith("fee")].sum(),
        "cash_advances": card_out.amount[cash].sum(),
        "payment_ratio": card_in.amount.sum() / card_out.amount.sum()
        if len(card_out)
        else math.nan,
        "fees_paid": amount[fee].sum(),
        "channels_used": channels.nunique(),
        "channel_entropy": -(shares * np.log2(shares)).sum() if len(shares) else math.nan,
        "channel_atm_share": (channels == "ATM").mean() if len(channels) else math.nan,
        "amount_volatility": amount.std() / amount.mean(),
    }


def _rfm(rows: pd.DataFrame, day: pd.Timestamp) -> dict[str, float]:
    booked = rows[~rows.is_inquiry]
    own = booked[~booked.kind.str.endswith("fee") & (booked.kind != "interest")]
    days = pd.Series(sorted(set(booked.booked_on)), dtype="datetime64[us]")
    gaps = days.diff().dt.days
    return {
        "recency_days": (day - booked.booked_on.max()).days,
        "recency_own_days": (day - own.booked_on.max()).days,
        "frequency": len(days),
        "monetary_mean": booked.amount[booked.direction == "out"].mean(),
        "days_between_mean": gaps.mean(),
        "days_between_sd": gaps.std(),
    }


def _months(rows: pd.DataFrame, day: pd.Timestamp) -> dict[str, float]:
    """Return spending of calendar months: the as-of date ends a month."""
    booked = rows[~rows.is_inquiry]
    months = pd.period_range(end=day.to_period("M"), periods=12)
    out = booked[booked.direction == "out"]
    monthly = out.groupby(out.booked_on.dt.to_period("M")).amount.sum()
    spend = monthly.reindex(months, fill_value=0.0)
    half = spend.iloc[-6:].sum()
    return {
        "monthly_spend_mean": spend.mean(),
        "monthly_spend_sd": spend.std(),
        "spend_change": spend.iloc[-3:].sum() - spend.iloc[-6:-3].sum(),
        "spend_trend": spend.iloc[-3:].sum() / half if half else math.nan,
        "active_months": booked.booked_on.dt.to_period("M")
        .isin(months)
        .groupby(booked.booked_on.dt.to_period("M"))
        .any()
        .sum(),
    }


def assert_agree(frame: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert len(expected.columns) >= 12
    pd.testing.assert_frame_equal(
        frame[list(expected.columns)].astype("float64"),
        expected.astype("float64"),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        check_names=False,
        check_index_type=False,
    )


@pytest.mark.parametrize("seed", [11, 12])
def test_features_of_a_generated_bank_agree_with_pandas(seed: int) -> None:
    bank = mixed_bank(seed, customers=80, transactions=4000)
    accounts = pd.DataFrame(bank.accounts)
    transactions = pd.DataFrame(bank.transactions)
    for money in ("opening_balance", "balance", "credit_limit"):
        accounts[money] = accounts[money].astype("float64")
    for day in ("opened_on", "closed_on"):
        accounts[day] = pd.to_datetime(accounts[day])
    transactions["amount"] = transactions.amount.astype("float64")
    transactions["booked_on"] = pd.to_datetime(transactions.booked_on)
    ids = [str(row["customer_id"]) for row in bank.customers]

    frame, _ = build_features(bank.tables())

    assert_agree(frame, recomputed(ids, accounts, transactions, AS_OF))


@pytest.mark.real_data
def test_features_of_the_real_bank_agree_with_pandas_on_the_raw_files(real_data: Path) -> None:
    folder = real_data / "twm"
    with read_source(load_spec("bank"), folder) as read:
        frame, _ = build_features(read.tables)
        as_of = read.as_of
    customers, accounts, transactions = _raw_bank(folder)

    assert as_of == AS_OF
    assert frame.shape[0] == 747
    assert (frame.accounts_active.sum(), (frame.accounts_active > 0).sum()) == (1266, 642)
    assert_agree(frame, recomputed(customers, accounts, transactions, as_of))


def _raw_bank(folder: Path) -> tuple[list[str], pd.DataFrame, pd.DataFrame]:
    """Return the bank's files, read without any of the product's code."""
    customers = _raw(folder / "twm_customer.csv")
    accounts = _raw(folder / "twm_accounts.csv")
    limits = _raw(folder / "twm_credit_acct.csv").set_index("acct_nbr").credit_limit
    product = {"CK": "checking", "SV": "savings", "CC": "credit"}
    held = pd.DataFrame(
        {
            "customer_id": accounts.cust_id,
            "product": accounts.acct_type.map(product),
            "is_active": accounts.account_active == "Y",
            "opened_on": pd.to_datetime(accounts.acct_start_date, format="%d.%m.%Y"),
            "closed_on": pd.to_datetime(
                accounts.acct_end_date.where(accounts.acct_end_date != "NULL"), format="%d.%m.%Y"
            ),
            "opening_balance": accounts.starting_balance.astype(float),
            "balance": accounts.ending_balance.astype(float),
            "credit_limit": accounts.acct_nbr.map(limits).astype(float),
        }
    )
    parts = [
        _raw(folder / f"twm_{name}_tran.csv").assign(product=name)
        for name in ("checking", "savings", "credit")
    ]
    rows = pd.concat(parts, ignore_index=True)
    kinds = {"CA": "cash advance", "IN": "interest", "FA": "fee", "FK": "fee", "FM": "fee"}
    kinds |= {"FP": "fee", "FU": "fee"}
    amount = rows.tran_amt.astype(float)
    booked = pd.DataFrame(
        {
            "customer_id": rows.cust_id,
            "product": rows["product"],
            "booked_on": pd.to_datetime(rows.tran_date, format="%d.%m.%Y"),
            "amount": amount.abs(),
            "direction": np.where(amount > 0, "in", "out"),
            "kind": rows.tran_code.map(kinds).fillna("other"),
            "channel": rows.channel.replace({"A": "ATM", "": "Unknown"}),
            "is_inquiry": rows.tran_code == "IQ",
        }
    )
    return list(customers.cust_id), held, booked


def _raw(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    return frame.apply(lambda column: column.str.strip())
