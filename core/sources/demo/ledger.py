"""A year of transactions of the demo bank's accounts, with running balances that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.personas import PERSONAS, Persona, Spread

YEAR = 2024
_FIRST_DAY = np.datetime64(f"{YEAR}-01-01")
_MONTH_STARTS = np.array(
    [np.datetime64(f"{YEAR}-{m:02d}-01") - _FIRST_DAY for m in range(1, 13)]
).astype(int)
_MONTH_ENDS = np.append(_MONTH_STARTS[1:], 366) - 1
_NO_TIME, _END_OF_DAY = -1, 86_399

Ints = NDArray[np.int64]
EVENT = ["account", "day", "second", "code", "channel", "principal", "interest"]


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Accounts of one product (balances in cents, owed ones negative) and their transactions."""

    start: Ints
    end: Ints
    transactions: pd.DataFrame  # account (position), tran_id, amounts in cents, day, second, …


def checking_ledger(persona: Ints, random: np.random.Generator) -> Ledger:
    """Return a year on checking: a deposit covers each month's payments, so nothing overdraws."""
    start = _amounts(persona, "checking", random)
    counts = _amounts(persona, "movements", random) // 100
    size = _amounts(persona, "movement", random)
    account = np.repeat(np.arange(len(persona)), counts)
    month = _months(persona[account], random)
    kind = random.choice(4, len(account), p=[0.5, 0.22, 0.13, 0.15])
    codes = np.array(["WD", "WD", "WD", "TR"])[kind]
    channels = np.array(["P", "A", "E", ""])[kind]
    channels = np.where(kind == 3, random.choice(list("ABCEV"), len(account)), channels)
    amounts = (size[account] * np.exp(random.normal(0, 0.35, len(account)))).astype(np.int64)
    day, second = _day(month, random), _second(len(account), random)
    movements = _events(
        account, day, np.where(kind == 0, _NO_TIME, second), codes, channels, -amounts
    )
    with_fee = _of(persona, lambda one: one.checking.median < 1_000) > 0
    checks = np.flatnonzero((kind == 0) & with_fee[account])
    fees = _events(account[checks], day[checks], _NO_TIME, "FK", "", -15)
    machine = np.flatnonzero((kind == 1) & (random.random(len(account)) < 0.2))
    used = _events(account[machine], day[machine], second[machine], "FU", "", -75)
    deposits = _covering([movements, fees, used], len(persona), random)
    interest = _interest(np.flatnonzero(~with_fee), start, 0.001)
    rows = [deposits, movements, fees, used, interest, _inquiries(persona, random)]
    return booked(rows, start)


def savings_ledger(persona: Ints, random: np.random.Generator) -> Ledger:
    """Return a year on savings: deposits, some withdrawals of a few percent, monthly interest."""
    start = _amounts(persona, "savings", random)
    mean = _of(persona, lambda one: one.savings_movements)
    account = np.repeat(np.arange(len(persona)), np.minimum(random.poisson(mean), 20))
    paid_in = random.random(len(account)) < 0.62
    share = random.uniform(0.01, 0.04, len(account))
    amounts = np.maximum((start[account] * share).astype(np.int64), 1_000)
    moved = _events(
        account,
        _day(_months(persona[account], random), random),
        _second(len(account), random),
        np.where(paid_in, "DP", np.where(random.random(len(account)) < 0.6, "WD", "TR")),
        random.choice(list("ABCE"), len(account)),
        np.where(paid_in, amounts, -amounts),
    )
    return booked([moved, _interest(np.arange(len(persona)), start, 0.002)], start)


def credit_ledger(persona: Ints, random: np.random.Generator) -> Ledger:
    """Return a year on credit cards: purchases, paid back the month after, part of it interest."""
    start = _amounts(persona, "debt", random)
    counts = _amounts(persona, "purchases", random) // 100
    size = _amounts(persona, "purchase", random)
    account = np.repeat(np.arange(len(persona)), counts)
    month = _months(persona[account], random)
    cash = random.random(len(account)) < 0.06
    amounts = (size[account] * np.exp(random.normal(0, 0.4, len(account)))).astype(np.int64)
    amounts = np.where(cash, np.maximum(amounts // 2_000, 1) * 2_000, amounts)
    spent = _events(
        account,
        _day(month, random),
        _second(len(account), random),
        np.where(cash, "CA", "CG"),
        np.where(cash, "A", "E"),
        -amounts,
    )
    payments = _payments(spent, start, random)
    charged = np.flatnonzero(random.random(len(persona)) < 0.05)
    fee = _events(charged, int(_MONTH_ENDS[5]), _END_OF_DAY, "FA", "", -2_000)
    return booked([payments, spent, fee, _inquiries(persona, random, 0.3)], -start)


def _payments(spent: pd.DataFrame, start: Ints, random: np.random.Generator) -> pd.DataFrame:
    """Return one payment a month of what was spent the month before, with interest on top."""
    monthly = _by_month([spent], len(start))
    before = np.roll(monthly, 1, axis=1)
    before[:, 0] = np.minimum(monthly.mean(axis=1), start * 0.5).astype(np.int64)
    ratio = random.uniform(0.9, 1.0, len(start))[:, None]
    principal = (before * ratio).astype(np.int64)
    account, month = np.nonzero(principal > 100)
    by_mail = random.random(len(account)) < 0.75
    return _events(
        account,
        _MONTH_STARTS[month] + random.integers(0, 3, len(account)),
        np.where(by_mail, _NO_TIME, _second(len(account), random)),
        "PM",
        np.where(by_mail, "M", random.choice(list("ABCE"), len(account))),
        principal[account, month],
        (start[account] * 0.012).astype(np.int64),
    )


def _covering(rows: list[pd.DataFrame], accounts: int, random: np.random.Generator) -> pd.DataFrame:
    """Return one deposit a month, in its first three days, of what leaves in that month."""
    leaving = _by_month(rows, accounts)
    account, month = np.nonzero(leaving > 0)
    return _events(
        account,
        _MONTH_STARTS[month] + random.integers(0, 3, len(account)),
        _second(len(account), random),
        "DP",
        random.choice(list("ABE"), len(account), p=[0.2, 0.3, 0.5]),
        np.maximum(leaving[account, month], 1_000),
    )


def _interest(accounts: Ints, start: Ints, monthly: float) -> pd.DataFrame:
    each = np.maximum((start[accounts] * monthly).astype(np.int64), 1)
    account, amount = np.repeat(accounts, 12), np.repeat(each, 12)
    days = np.tile(_MONTH_ENDS, len(accounts))
    return _events(account, days, _END_OF_DAY, "IN", "", 0, amount)


def _inquiries(persona: Ints, random: np.random.Generator, part: float = 1.0) -> pd.DataFrame:
    mean = _of(persona, lambda one: one.inquiries) * part
    account = np.repeat(np.arange(len(persona)), random.poisson(mean))
    day = _day(_months(persona[account], random), random)
    channels = random.choice(list("ABCKV"), len(account))
    return _events(account, day, _second(len(account), random), "IQ", channels, 0)


def booked(rows: list[pd.DataFrame], start: Ints) -> Ledger:
    """Return all rows in their order within each account, numbered, with the balance after each."""
    table = pd.concat(rows, ignore_index=True)
    table = table.sort_values(["account", "day", "second"], kind="stable", ignore_index=True)
    moved = table["principal"].to_numpy() + np.where(table["code"] == "IN", table["interest"], 0)
    table["amount"] = table["principal"] + table["interest"]
    table["tran_id"] = table.groupby("account").cumcount() + 1
    running = pd.Series(moved).groupby(table["account"]).cumsum().to_numpy()
    table["new_balance"] = start[table["account"]] + running
    last = table.groupby("account")["new_balance"].last()
    end = start.copy()
    end[last.index.to_numpy()] = last.to_numpy()
    return Ledger(start, end, table)


def _events(account: Ints, *values: object) -> pd.DataFrame:
    """Return events of accounts; ``values``: day, second, code, channel, principal[, interest]."""
    given = [*values, *([0] if len(values) == 5 else [])]
    return pd.DataFrame(dict(zip(EVENT, [account, *given], strict=True)))


def _by_month(rows: Iterable[pd.DataFrame], accounts: int) -> Ints:
    """Return what leaves each account in each month, in cents, shape (n_accounts, 12)."""
    table = pd.concat(rows)
    month = np.searchsorted(_MONTH_STARTS, table["day"], side="right") - 1
    cell = table["account"].to_numpy() * 12 + month
    total = np.bincount(cell, weights=-table["principal"].to_numpy(), minlength=accounts * 12)
    return total.astype(np.int64).reshape(accounts, 12)


def _amounts(persona: Ints, name: str, random: np.random.Generator) -> Ints:
    """Return a log-normal draw per account, in cents (or hundredths of a count)."""
    spreads: list[Spread] = [getattr(one, name) for one in PERSONAS]
    median = np.array([spread.median for spread in spreads])[persona]
    sigma = np.array([spread.sigma for spread in spreads])[persona]
    bounded = np.clip(random.normal(size=len(persona)), -2.5, 2.5)
    drawn: Ints = np.maximum(median * np.exp(sigma * bounded) * 100, 100).astype(np.int64)
    return drawn


def _of(persona: Ints, value: Callable[[Persona], float]) -> NDArray[np.float64]:
    return np.array([value(one) for one in PERSONAS], dtype=np.float64)[persona]


def _months(persona: Ints, random: np.random.Generator) -> Ints:
    last = np.array([one.last_month for one in PERSONAS])[persona]
    month: Ints = (random.random(len(persona)) * last).astype(np.int64)
    return month


def _day(month: Ints, random: np.random.Generator) -> Ints:
    """Return a day of the year in these months: the 5th to the 28th."""
    day: Ints = _MONTH_STARTS[month] + random.integers(4, 28, len(month))
    return day


def _second(n: int, random: np.random.Generator) -> Ints:
    return random.integers(0, 86_398, n)
