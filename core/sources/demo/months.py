"""The demo bank's ledgers over fifteen months, and the year of them that an export shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.bank_products import START, Product, most_owed
from core.sources.demo.ledger import EVENT, YEAR, Ledger, booked

AS_OF_DAYS = (date(YEAR, 9, 30), date(YEAR, 10, 31), date(YEAR, 11, 30), date(YEAR, 12, 31))
_YEAR_DAYS = 366  # of the ledger's year, which has a 29 February
_EARLIER = 92  # days before the year: its last quarter, a year earlier

Ints = NDArray[np.int64]


def with_quarter_before(product: Product) -> Product:
    """Return a product whose ledger begins a quarter earlier.

    The quarter before the year is the year's last one once more, a year earlier, so that any twelve
    months hold each month once and nobody changes by the calendar alone.
    """
    ledger = product.ledger
    late = ledger.transactions[ledger.transactions["day"] >= _YEAR_DAYS - _EARLIER]
    early = late[EVENT].assign(day=late["day"] - _YEAR_DAYS)
    start = ledger.start - _moved(late, len(ledger.start))
    longer = booked([early, ledger.transactions[EVENT]], start)
    details = product.details
    if "credit_limit" in details:
        longer = _never_overpaid(longer)
        reached = np.zeros(len(details), dtype=np.int64)
        reached[: len(start)] = np.ceil(most_owed(longer) / 10_000) * 100
        details = details.assign(credit_limit=np.maximum(details["credit_limit"], reached))
    return replace(product, ledger=longer, opened=product.opened - _EARLIER, details=details)


def export_of(product: Product, present: Ints, as_of: date) -> Product:
    """Return what an export of that day holds of these customers: twelve months to the day.

    Transactions keep their numbers from export to export.
    """
    last = day_number(as_of)
    first = day_number(as_of.replace(year=as_of.year - 1)) + 1
    kept = np.isin(product.cust_id, present) & (product.opened <= START + last)
    in_ledger = np.flatnonzero(kept[: len(product.ledger.start)])
    rows = product.ledger.transactions
    place = np.full(len(product.ledger.start), -1)
    place[in_ledger] = np.arange(len(in_ledger))
    rows = rows[(place[rows["account"]] >= 0) & (rows["day"] <= last)]
    before, within = rows[rows["day"] < first], rows[rows["day"] >= first]
    start = _after(before, product.ledger.start)
    ledger = Ledger(
        start[in_ledger],
        _after(within, start)[in_ledger],
        within.assign(account=place[within["account"]]),
    )
    later = product.closed > START + last
    return replace(
        product,
        cust_id=product.cust_id[kept],
        opened=product.opened[kept],
        closed=np.where(later, np.datetime64("NaT", "D"), product.closed)[kept],
        ledger=ledger,
        details=product.details[kept],
    )


def _never_overpaid(ledger: Ledger) -> Ledger:
    """Return cards that always owe: those that were overpaid owed as much more to begin with."""
    highest = ledger.transactions.groupby("account")["new_balance"].max()
    excess = np.maximum(ledger.start, 0)
    excess[highest.index.to_numpy()] = np.maximum(highest.to_numpy(), 0)
    rows = ledger.transactions
    lower = rows.assign(new_balance=rows["new_balance"] - excess[rows["account"]])
    return Ledger(ledger.start - excess, ledger.end - excess, lower)


def day_number(day: date) -> int:
    """Return how many days a day lies after the ledger's first."""
    return int((np.datetime64(day) - START).astype(int))


def _moved(rows: pd.DataFrame, accounts: int) -> Ints:
    """Return by how much rows change each account's balance, in cents (n,)."""
    moved = rows["principal"].to_numpy() + np.where(rows["code"] == "IN", rows["interest"], 0)
    total = np.bincount(rows["account"].to_numpy(), weights=moved, minlength=accounts)
    return total.astype(np.int64)


def _after(rows: pd.DataFrame, start: Ints) -> Ints:
    """Return each account's balance after its last row, `start` where it has none (n,)."""
    balance = start.copy()
    last = rows.groupby("account")["new_balance"].last()
    balance[last.index.to_numpy()] = last.to_numpy()
    return balance
