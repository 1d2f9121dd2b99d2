"""Customers of the demo bank who begin to bank in another way, and what that does to a ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.bank_products import START, Product
from core.sources.demo.ledger import EVENT, booked

SPENDERS, SAVERS, EVERYDAY, NOBODY = 0, 1, 2, 4  # places of their personas; the last has no account
_NOON = 43_200
_YEAR_END = 365
_BOUGHT_ON = np.append(np.arange(6), np.arange(9, 120, 4))  # days since the card was opened

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Customers (ids, with the day) who change in one way; nothing before that day changes."""

    cust_id: Ints
    day: Ints


def take_a_card(card: Product, change: Change, random: np.random.Generator) -> Product:
    """Customers open a card, buy with it every few days, and pay nothing back this year."""
    opened = _opened(card, change, {"credit_limit": 9_000, "credit_rating": 0})
    account = np.repeat(_accounts(opened, change.cust_id), len(_BOUGHT_ON))
    day = (change.day[:, None] + _BOUGHT_ON).ravel()
    amount = np.exp(np.log(11_500) + random.normal(0, 0.4, len(day))).astype(np.int64)
    rows = _events(account, day, "CG", "E", -np.minimum(amount, 25_000))
    return _with_rows(opened, rows[day <= _YEAR_END])


def begin_to_save(
    checking: Product, savings: Product, change: Change, random: np.random.Generator
) -> tuple[Product, Product]:
    """Customers without an account open two: much goes on savings, little happens on checking."""
    n = len(change.cust_id)
    salary = random.integers(150_000, 250_000, n)
    spent = (salary * random.uniform(0.08, 0.15, n)).astype(np.int64)
    opened = _opened(checking, change, {"minimum_balance": 3_000, "per_check_fee": "0.00"})
    at = _accounts(opened, change.cust_id)
    rows = pd.concat(
        [
            _events(at, change.day, "DP", "B", salary),
            _events(at, change.day + 1, "WD", "A", -spent),
            _events(at, change.day + 2, "WD", "E", -spent),
        ]
    )
    saver = _opened(savings, change, {"minimum_balance": 500, "acct_type": "MM"})
    amount = random.integers(500_000, 1_400_000, n)
    into = _events(_accounts(saver, change.cust_id), change.day, "DP", "B", amount)
    return _with_rows(opened, rows), _with_rows(saver, into)


def _accounts(product: Product, cust_id: Ints) -> Ints:
    """Return the places of customers' accounts in the ledger."""
    held = product.cust_id[: len(product.ledger.start)]
    order = np.argsort(held)
    places: Ints = order[np.searchsorted(held, cust_id, sorter=order)]
    return places


def _opened(product: Product, change: Change, details: dict[str, object]) -> Product:
    """Return a product with an empty account for each customer, after those of the ledger."""
    there, n = len(product.ledger.start), len(change.cust_id)
    none = np.zeros(n, dtype=np.int64)
    fresh = pd.DataFrame(details, index=range(n))
    own = product.details
    return replace(
        product,
        cust_id=np.insert(product.cust_id, there, change.cust_id),
        opened=np.insert(product.opened, there, START + change.day),
        closed=np.insert(product.closed, there, np.full(n, np.datetime64("NaT", "D"))),
        ledger=replace(
            product.ledger,
            start=np.append(product.ledger.start, none),
            end=np.append(product.ledger.end, none),
        ),
        details=pd.concat([own.iloc[:there], fresh, own.iloc[there:]], ignore_index=True),
    )


def _with_rows(product: Product, rows: pd.DataFrame) -> Product:
    ledger = product.ledger
    return replace(product, ledger=booked([ledger.transactions[EVENT], rows], ledger.start))


def _events(account: Ints, day: Ints, code: str, channel: str, principal: Ints) -> pd.DataFrame:
    values = [account, day, _NOON, code, channel, principal, 0]
    return pd.DataFrame(dict(zip(EVENT, values, strict=True)))
