"""A vectorised pandas script: the bank's files to features, as an analyst would write it.

No row-wise Python: columns are chosen on reading, codes are categories, dates are parsed once per
distinct text, every figure is a group-by. It looks for no broken row and checks nothing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

PRODUCTS = {"CK": "checking", "SV": "savings", "CC": "credit"}
_GENDERS = {"F": "Female", "M": "Male"}
_MARITAL = {1: "Single", 2: "Married", 3: "Separated", 4: "Divorced or widowed"}
_CHANNELS = {
    "A": "ATM",
    "B": "Branch",
    "C": "Call centre",
    "E": "Electronic",
    "H": "Home banking",
    "K": "Kiosk",
    "M": "Mail",
    "P": "Check",
    "V": "Voice response",
}
_CODES = ("WD", "DP", "TR", "IN", "IQ", "FK", "FP", "FU", "FM", "CG", "PM", "CA", "FA")
_THE_BANKS_OWN = ("FK", "FP", "FU", "FM", "FA", "IN")  # fees and interest
_IN_IF_ZERO = ("DP", "IN", "PM")


def read_customers(folder: Path) -> pd.DataFrame:
    """Return the customers' attributes, by customer."""
    whole = ("cust_id", "income", "age", "years_with_bank", "nbr_children", "marital_status")
    columns = {**dict.fromkeys(whole, "int64"), "gender": "category", "state_code": "category"}
    table = _read(folder / "twm_customer.csv", columns).set_index("cust_id").sort_index()
    sharing = 1 + table.nbr_children + (table.marital_status == 2)
    return pd.DataFrame(
        {
            "age_years": table.age,
            "income_yearly": table.income,
            "tenure_years": table.years_with_bank,
            "children": table.nbr_children,
            "age_at_joining_years": table.age - table.years_with_bank,
            "income_per_person": (table.income / sharing).round(2),
            "gender": _stripped(table.gender).cat.rename_categories(_GENDERS).astype("str"),
            "marital_status": table.marital_status.map(_MARITAL).astype("str"),
            "state": _stripped(table.state_code).astype("str"),
        }
    )


def read_accounts(folder: Path) -> pd.DataFrame:
    """Return the accounts of all products, with what only some products have."""
    columns = {
        **dict.fromkeys(("acct_nbr", "cust_id"), "int64"),
        **dict.fromkeys(("acct_type", "account_active"), "category"),
        **dict.fromkeys(("acct_start_date", "acct_end_date"), "str"),
        **dict.fromkeys(("starting_balance", "ending_balance"), "float64"),
    }
    details = {"acct_nbr": "int64", "minimum_balance": "float64"}
    minimum = [_read(folder / f"twm_{name}_acct.csv", details) for name in ("checking", "savings")]
    table = _read(folder / "twm_accounts.csv", columns)
    table = table.merge(pd.concat(minimum), on="acct_nbr", how="left")
    return pd.DataFrame(
        {
            "cust_id": table.cust_id,
            "product": _stripped(table.acct_type).cat.rename_categories(PRODUCTS),
            "is_active": _stripped(table.account_active) == "Y",
            "opened_on": pd.to_datetime(table.acct_start_date, format="%d.%m.%Y"),
            "closed_on": pd.to_datetime(table.acct_end_date, format="%d.%m.%Y"),
            "opening_balance": table.starting_balance,
            "balance": table.ending_balance,
            "minimum_balance": table.minimum_balance,
        }
    )


def read_transactions(folder: Path) -> pd.DataFrame:
    """Return the transactions of all products."""
    columns = {
        "cust_id": "int64",
        "tran_amt": "float64",
        "tran_date": "str",
        "channel": "category",
        "tran_code": "category",
    }
    parts = []
    for name in PRODUCTS.values():
        part = _read(folder / f"twm_{name}_tran.csv", columns)
        part["tran_date"] = pd.to_datetime(part.tran_date, format="%d.%m.%Y")
        part["channel"] = _stripped(part.channel).cat.set_categories([*_CHANNELS])
        part["tran_code"] = _stripped(part.tran_code).cat.set_categories(_CODES)
        part["product"] = pd.Categorical([name], [*PRODUCTS.values()]).repeat(len(part))
        parts.append(part)
    rows = pd.concat(parts, ignore_index=True)
    code = rows.tran_code
    return pd.DataFrame(
        {
            "cust_id": rows.cust_id,
            "product": rows["product"],
            "booked_on": rows.tran_date,
            "amount": rows.tran_amt.abs(),
            "is_in": (rows.tran_amt > 0) | ((rows.tran_amt == 0) & code.isin(_IN_IF_ZERO)),
            "is_own": ~code.isin(_THE_BANKS_OWN),
            "is_inquiry": code == "IQ",
            "channel": rows.channel.cat.rename_categories(_CHANNELS),
        }
    )


def features(
    customers: pd.DataFrame, accounts: pd.DataFrame, transactions: pd.DataFrame
) -> pd.DataFrame:
    """Return demographics, tenure, balances, activity, recency and channels, by customer."""
    as_of = transactions.booked_on.max()
    everyone = customers.index
    booked = transactions[~transactions.is_inquiry]
    totals, sizes = _activity(booked, transactions[transactions.is_inquiry])
    spans, rfm = _recency(booked, as_of)
    main, variety = _channels(booked)
    table = pd.concat(
        [
            customers,
            _tenure(accounts, as_of).reindex(everyone),
            _balances(accounts, as_of).reindex(everyone).fillna(0),
            totals.reindex(everyone).fillna(0),
            sizes.reindex(everyone),
            rfm.reindex(everyone).fillna(0),
            spans.reindex(everyone),
            main.reindex(everyone).fillna({"main_channel": "Unknown", "channels_used": 0}),
            variety.reindex(everyone),
        ],
        axis=1,
    )
    table.index = table.index.astype("str")
    return table.sort_index()


def _read(path: Path, columns: dict[str, str]) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", usecols=[*columns], dtype=columns)


def _stripped(codes: pd.Series) -> pd.Series:
    """Return a category without the blanks that its texts are padded with."""
    return codes.cat.rename_categories(lambda text: text.strip())


def _tenure(accounts: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    opened = accounts.groupby("cust_id").opened_on
    return pd.DataFrame(
        {
            "oldest_account_days": (as_of - opened.min()).dt.days,
            "newest_account_days": (as_of - opened.max()).dt.days,
        }
    )


def _balances(accounts: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    is_open = np.where(accounts.closed_on.isna(), accounts.is_active, accounts.closed_on > as_of)
    held = accounts[is_open].assign(
        debt=lambda x: x.balance.clip(lower=0), change=lambda x: x.balance - x.opening_balance
    )
    by_product = held.groupby(["cust_id", "product"], observed=False)
    sums = by_product[["balance", "debt", "change", "minimum_balance"]].sum().unstack()
    has = by_product.size().unstack().clip(upper=1)
    total = sums["balance"]["checking"] + sums["balance"]["savings"]
    return pd.DataFrame(
        {
            "checking_balance": sums["balance"]["checking"],
            "savings_balance": sums["balance"]["savings"],
            "card_debt": sums["debt"]["credit"],
            "total_balances": total,
            "balances_and_credit": total + sums["debt"]["credit"],
            "net_position": total - sums["balance"]["credit"],
            **{f"has_{product}": has[product] for product in PRODUCTS.values()},
            "accounts_active": held.groupby("cust_id").size(),
            "products_held": has.sum(axis=1),
            "savings_minimum_balance": sums["minimum_balance"]["savings"],
            "checking_balance_change": sums["change"]["checking"],
            "savings_balance_change": sums["change"]["savings"],
            "card_debt_change": sums["change"]["credit"],
        }
    )


def _activity(booked: pd.DataFrame, asked: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what is 0 for customers without transactions, and what is missing for them."""
    moved = booked.groupby(["cust_id", "product", "is_in"], observed=False).amount
    parts = moved.agg(["count", "sum"]).unstack(["product", "is_in"], fill_value=0)
    count, total = parts["count"], parts["sum"]
    into, out = total.xs(True, axis=1, level="is_in"), total.xs(False, axis=1, level="is_in")
    of_product = count.T.groupby(level="product", observed=False).sum().T
    number = count.sum(axis=1)
    totals = pd.DataFrame(
        {
            "transactions": number,
            "transactions_in": count.xs(True, axis=1, level="is_in").sum(axis=1),
            "transactions_out": count.xs(False, axis=1, level="is_in").sum(axis=1),
            "checking_transactions": of_product["checking"],
            "savings_transactions": of_product["savings"],
            "card_transactions": of_product["credit"],
            "payments_in_total": into.sum(axis=1),
            "spend_total": out.sum(axis=1),
            "deposits_total": into["checking"] + into["savings"],
            "withdrawals_total": out["checking"] + out["savings"],
            "checking_in_total": into["checking"],
            "checking_out_total": out["checking"],
            "savings_in_total": into["savings"],
            "savings_out_total": out["savings"],
        }
    )
    totals = totals.join(asked.groupby("cust_id").size().rename("inquiries"), how="outer")
    amount = booked.groupby("cust_id").amount
    sizes = pd.DataFrame(
        {
            "transaction_mean": total.sum(axis=1) / number,
            "transaction_median": amount.median(),
            "transaction_max": amount.max(),
        }
    )
    return totals, sizes


def _recency(booked: pd.DataFrame, as_of: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what is missing without transactions, and what is 0."""
    out = booked[~booked.is_in].groupby("cust_id").amount
    own = booked[booked.is_own].groupby("cust_id").booked_on
    days = booked[["cust_id", "booked_on"]].drop_duplicates().sort_values(["cust_id", "booked_on"])
    by_customer = days.groupby("cust_id").booked_on
    gaps = by_customer.diff().dt.days.groupby(days.cust_id)
    spans = pd.DataFrame(
        {
            "recency_days": (as_of - by_customer.max()).dt.days,
            "recency_own_days": (as_of - own.max()).dt.days,
            "monetary_mean": out.mean(),
            "days_between_mean": gaps.mean(),
            "days_between_sd": gaps.std(),
        }
    )
    return spans, pd.DataFrame({"frequency": by_customer.size(), "monetary_value": out.sum()})


def _channels(booked: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the main channel and how many are used, and shares and entropy."""
    counts = booked.groupby(["cust_id", "channel"], observed=False).size().unstack()
    counts.columns = counts.columns.astype("str")
    counts = counts.loc[:, counts.sum() > 0].sort_index(axis=1)  # of equals, the first by name
    number = counts.sum(axis=1)
    known = counts[number > 0]
    shares = known.div(number[number > 0], axis=0)
    terms = shares * np.log2(shares.where(shares > 0, 1))
    main = pd.DataFrame({"main_channel": known.idxmax(axis=1), "channels_used": (known > 0).sum(1)})
    slugs = {name: f"channel_{name.lower().replace(' ', '_')}_share" for name in counts.columns}
    return main, shares.rename(columns=slugs).assign(channel_entropy=-terms.sum(axis=1))
