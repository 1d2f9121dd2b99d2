"""Month by month, what the demo's financial-markets clients hold, move and do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.markets_clients import Histories
from core.sources.demo.markets_personas import PERSONAS, MarketsPersona
from core.sources.demo.markets_writing import iso_days
from core.sources.demo.personas import Spread

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Shape = tuple[int, int]  # clients, months


def months_table(
    ids: Ints,
    persona: Ints,
    histories: Histories,
    accounts: pd.DataFrame,
    months: int,
    as_of: date,
    random: np.random.Generator,
) -> pd.DataFrame:
    """Return one row per client and month, from the month of joining, in no particular order."""
    final = np.datetime64(as_of, "M")
    starts = final - np.arange(months)[::-1]
    ends = (starts + 1).astype("datetime64[D]") - 1
    shape = (len(ids), months)
    who = np.repeat(np.arange(len(ids)), months)
    drift = np.exp(random.normal(0.004, 0.02, shape).cumsum(axis=1))
    funds = _of(persona, lambda one: one.funds, random)[:, None] * drift
    paid_in = _moved(persona, lambda one: one.pays_in, lambda one: one.deposit, shape, random)
    drawn = _moved(persona, lambda one: one.draws, lambda one: one.withdrawal, shape, random)
    trades = random.poisson(_mean(persona, lambda one: one.trades, shape))
    buys = random.binomial(trades, 0.55)
    logins = random.poisson(_mean(persona, lambda one: one.logins, shape))
    calls = random.poisson(_mean(persona, lambda one: one.calls, shape))
    fees = funds * _mean(persona, lambda one: one.fee_rate, shape) + 0.5 * trades
    assets = funds * random.uniform(1.0, 1.15, shape)
    wealth = assets / _mean(persona, lambda one: one.wallet, shape)
    value = fees * 12 * random.uniform(6, 10, (len(ids), 1))
    month = np.tile(starts, len(ids))
    table = pd.DataFrame(
        {
            "CUSTOMER_ID": ids[who].astype(str),
            "START_DATE": iso_days(month.astype("datetime64[D]")),
            "END_DATE": iso_days(np.tile(ends, len(ids))),
            "FUNDS_UNDER_MANAGEMENT": _money(funds),
            "ASSETS": _money(assets),
            "TOTAL_NET_WORTH": _money(wealth),
            "RETURN_SINCE_INCEPTION": _money(random.normal(28, 15, shape)),
            "RETURN_LAST_QUARTER": _money(random.normal(1.8, 3, shape)),
            "NUMBER_OF_ACTIVE_ACCOUNTS": _whole(_open_at(accounts, ids, ends), shape),
            "NUMBER_OF_EMAILS": _whole(random.poisson(3, shape), shape),
            "NUMBER_OF_LOGINS": _whole(logins, shape),
            "NUMBER_OF_CALLS": _whole(calls, shape),
            "TOTAL_NUMBER_OF_TRADES": _whole(trades, shape),
            "TOTAL_NUMBER_OF_BUY_TRADES": _whole(buys, shape),
            "TOTAL_NUMBER_OF_SELL_TRADES": _whole(trades - buys, shape),
            "TOTAL_AMOUNT_OF_ALL_FEES": _money(fees),
            "TOTAL_AMOUNT_OF_DEPOSITS": _money(paid_in),
            "TOTAL_AMOUNT_OF_WITHDRAWALS": _money(drawn),
            "CUSTOMER_LIFETIME_VALUE": _money(value),
        },
        dtype=object,
    )
    at = np.tile(np.arange(months), len(ids))
    kept = (at < months - histories.last_month[who]) & (ends[at] >= histories.joined[who])
    rows = table[kept]
    return rows.iloc[random.permutation(len(rows))].reset_index(drop=True)


def _open_at(accounts: pd.DataFrame, ids: Ints, ends: NDArray[np.datetime64]) -> Ints:
    """Return how many accounts each client has open at the end of each month."""
    opened = accounts["OPEN_DATE"].to_numpy(dtype="datetime64[D]")[:, None]
    closed = accounts["CLOSE_DATE"].replace("", "NaT").to_numpy(dtype="datetime64[D]")[:, None]
    is_open = (opened <= ends) & (np.isnat(closed) | (closed > ends))
    at = {str(one): position for position, one in enumerate(ids)}
    owner = np.array([at[one] for one in accounts["PRIMARY_CUSTOMER_ID"]])
    counts = np.zeros((len(ids), len(ends)), dtype=np.int64)
    np.add.at(counts, owner, is_open)
    return counts


def _of(
    persona: Ints, part: Callable[[MarketsPersona], Spread], random: np.random.Generator
) -> Floats:
    spreads = [part(one) for one in PERSONAS]
    median = np.array([one.median for one in spreads])[persona]
    sigma = np.array([one.sigma for one in spreads])[persona]
    return np.asarray(median * np.exp(random.normal(0, 1, len(persona)) * sigma))


def _moved(
    persona: Ints,
    happens: Callable[[MarketsPersona], float],
    amount: Callable[[MarketsPersona], Spread],
    shape: Shape,
    random: np.random.Generator,
) -> Floats:
    """Return amounts that move in some months, around each client's own level."""
    amounts = _of(persona, amount, random)[:, None] * np.exp(random.normal(0, 0.2, shape))
    return np.where(random.random(shape) < _mean(persona, happens, shape), amounts, 0.0)


def _mean(persona: Ints, part: Callable[[MarketsPersona], float], shape: Shape) -> Floats:
    figures = np.array([part(one) for one in PERSONAS], dtype=float)
    return np.broadcast_to(figures[persona][:, None], shape)


def _money(amounts: Floats) -> list[str]:
    return [f"{value:.2f}" for value in amounts.ravel().tolist()]


def _whole(counts: Ints, shape: Shape) -> list[str]:
    return [str(value) for value in np.broadcast_to(counts, shape).ravel().tolist()]
