"""The demo bank's products: who holds which account since when, and what happens on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.ledger import (
    YEAR,
    Ledger,
    checking_ledger,
    credit_ledger,
    savings_ledger,
)
from core.sources.demo.personas import PERSONAS

START = np.datetime64(f"{YEAR}-01-01")  # days of a ledger count from here
_FORMS = {"CK": "{}2", "SV": "{}3", "CC": "99110000{}0"}  # account numbers

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """Accounts of one product, (n,): first those of the ledger, then those long closed.

    ``details``: the columns that only this product has, as text, by name.
    """

    name: str
    code: str
    cust_id: Ints
    opened: Days
    closed: Days  # NaT while open
    ledger: Ledger
    details: pd.DataFrame

    @property
    def numbers(self) -> list[str]:
        """The account numbers, made of the customers' ids."""
        return [_FORMS[self.code].format(i) for i in self.cust_id.tolist()]


def checking(ids: Ints, persona: Ints, tenure: Ints, random: np.random.Generator) -> Product:
    """Return the checking accounts: all who have a persona hold one."""
    holders = np.flatnonzero(persona < len(PERSONAS))
    ledger = checking_ledger(persona[holders], random)
    opened = _opened(tenure[holders], random)
    rich = np.array([one.checking.median >= 1_000 for one in PERSONAS])[persona[holders]]
    details = pd.DataFrame(
        {
            "minimum_balance": np.where(rich, 3_000, 200),
            "per_check_fee": np.where(rich, "0.00", "0.15"),
        }
    )
    return Product("checking", "CK", ids[holders], opened, _never(len(holders)), ledger, details)


def savings(ids: Ints, persona: Ints, tenure: Ints, random: np.random.Generator) -> Product:
    """Return the savings accounts, basic ones and money market."""
    holders, former = _holders(persona, [one.has_savings for one in PERSONAS], random)
    ledger = savings_ledger(persona[holders], random)
    opened, closed = _dates(tenure, holders, former, random)
    basic = np.append(ledger.start < 300_000, np.ones(len(former), bool))
    details = pd.DataFrame(
        {
            "minimum_balance": np.where(basic, 100, 500),
            "acct_type": np.where(basic, "BS", "MM"),
        }
    )
    everyone = ids[np.append(holders, former)]
    return Product("savings", "SV", everyone, opened, closed, ledger, details)


def credit(ids: Ints, persona: Ints, tenure: Ints, random: np.random.Generator) -> Product:
    """Return the credit cards, with limits that nobody has passed."""
    holders, former = _holders(persona, [one.has_credit for one in PERSONAS], random)
    ledger = credit_ledger(persona[holders], random)
    opened, closed = _dates(tenure, holders, former, random)
    room = most_owed(ledger) / 100 * random.uniform(1.05, 1.5, len(holders))
    limits = np.maximum(np.ceil(room / 100) * 100, 1_000).astype(np.int64)
    n = len(holders) + len(former)
    details = pd.DataFrame(
        {
            "credit_limit": np.append(limits, np.full(len(former), 1_000)),
            "credit_rating": random.choice([0, 2, 5, 7], n, p=[0.94, 0.02, 0.02, 0.02]),
        }
    )
    everyone = ids[np.append(holders, former)]
    return Product("credit", "CC", everyone, opened, closed, ledger, details)


BUILDERS: tuple[Callable[[Ints, Ints, Ints, np.random.Generator], Product], ...] = (
    checking,
    savings,
    credit,
)


def most_owed(ledger: Ledger) -> Ints:
    """Return the most that was ever owed on each card, in cents (n,)."""
    owed = -ledger.transactions.groupby("account")["new_balance"].min()
    most: Ints = np.maximum(
        owed.reindex(range(len(ledger.start)), fill_value=0).to_numpy(), -ledger.start
    )
    return most


def _holders(
    persona: Ints, probability: list[float], random: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return who has the product, and who closed it long ago (a few of the others)."""
    chance = np.array([*probability, 0.0])[persona]
    draw = random.random(len(persona))
    formerly = (draw >= chance) & (draw > 0.96) & (persona < len(PERSONAS))
    return np.flatnonzero(draw < chance), np.flatnonzero(formerly)


def _dates(
    tenure: Ints, holders: Ints, former: Ints, random: np.random.Generator
) -> tuple[Days, Days]:
    """Return when accounts were opened, and when the former ones closed: within the year."""
    opened = _opened(tenure[holders], random)
    opened_long_ago = _opened(tenure[former], random)
    closed = START + random.integers(0, 330, len(former))
    return np.append(opened, opened_long_ago), np.append(_never(len(holders)), closed)


def _opened(tenure: Ints, random: np.random.Generator) -> Days:
    opened: Days = START - 20 - (random.random(len(tenure)) * (tenure * 365 + 60)).astype(np.int64)
    return opened


def _never(n: int) -> Days:
    return np.full(n, np.datetime64("NaT", "D"))
