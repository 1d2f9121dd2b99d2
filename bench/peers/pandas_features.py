"""The computing half of a vectorised pandas script: all group-bys, no row-wise Python."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bench.peers.pandas_reading import PRODUCTS


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
    main = pd.DataFrame(
        {"main_channel": known.idxmax(axis=1), "channels_used": (known > 0).sum(axis=1)}
    )
    slugs = {name: f"channel_{name.lower().replace(' ', '_')}_share" for name in counts.columns}
    return main, shares.rename(columns=slugs).assign(channel_entropy=-terms.sum(axis=1))
