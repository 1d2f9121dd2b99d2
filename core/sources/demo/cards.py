"""A look-alike file of card holders: same name, columns, formats and quirks; nobody's data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.card_personas import CARD_PERSONAS, CardPersona
from core.sources.demo.personas import Spread
from core.sources.demo.truth import PlantedTruth
from core.sources.demo.writing import shortest, write_table

AS_OF = date(2024, 12, 31)
_MOST_SPREAD = 2.2  # standard deviations that a draw may be from its median
_STRAY = 0.04  # share of holders who once do what their persona does not
_ONCE = Spread(90, 0.5)  # how much of it

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def generate(path: Path, *, customers: int = 2_000, seed: int = 20_241_231) -> PlantedTruth:
    """Write the file of card holders into a folder; the same arguments give the same bytes.

    Parameters
    ----------
    path
        The folder; made if it is not there.
    customers
        How many card holders to invent.
    seed
        Of the random numbers.

    Returns
    -------
    PlantedTruth
        Which persona each holder was given.
    """
    random = np.random.default_rng(seed)
    path.mkdir(parents=True, exist_ok=True)
    ids = [f"C{number}" for number in 10_001 + np.arange(customers)]
    edges = np.cumsum([one.share for one in CARD_PERSONAS])
    persona = np.searchsorted(edges[:-1], (random.permutation(customers) + 0.5) / customers)
    table = _holders(persona, random)
    _with_quirks(table, random)
    table.insert(0, "CUST_ID", ids)
    write_table(table, path / "CC GENERAL.csv", widths={}, delimiter=",")
    names = [CARD_PERSONAS[number].name for number in persona.tolist()]
    return PlantedTruth(persona=dict(zip(ids, names, strict=True)), as_of=AS_OF)


def _holders(persona: Ints, random: np.random.Generator) -> pd.DataFrame:
    """Return the measures as text, as the file writes them."""
    n = len(persona)
    tenure = np.where(random.random(n) < 0.85, 12, random.integers(6, 12, n))
    year = tenure / 12
    one_off = _amounts(persona, lambda one: one.one_off, random) * year
    instalment = _amounts(persona, lambda one: one.instalment, random) * year
    cash = _amounts(persona, lambda one: one.cash, random) * year
    purchases = one_off.round(2) + instalment.round(2)
    limit = np.maximum((_amounts(persona, lambda one: one.limit, random) / 500).round() * 500, 500)
    balance = np.minimum(_amounts(persona, lambda one: one.balance, random), 0.98 * limit)
    each = _amounts(persona, lambda one: one.purchase, random)
    bought = np.where(purchases > 0, np.maximum((purchases / each).round(), 1), 0)
    active = np.array([one.months_with for one in CARD_PERSONAS])[persona]
    months = np.clip(random.binomial(tenure, active), 1, tenure)
    taken = np.where(cash > 0, months + random.poisson(2, n), 0)
    in_full = random.binomial(tenure, np.array([one.in_full for one in CARD_PERSONAS])[persona])
    changed = np.minimum(tenure, months + random.integers(0, tenure))
    both = np.minimum(months, bought)
    part = np.where(instalment > 0, np.maximum((both * 0.6).round(), 1), 0)
    return pd.DataFrame(
        {
            "BALANCE": shortest(balance),
            "BALANCE_FREQUENCY": shortest(changed / tenure),
            "PURCHASES": shortest(purchases, 2),
            "ONEOFF_PURCHASES": shortest(one_off, 2),
            "INSTALLMENTS_PURCHASES": shortest(instalment, 2),
            "CASH_ADVANCE": shortest(cash),
            "PURCHASES_FREQUENCY": shortest(both / tenure),
            "ONEOFF_PURCHASES_FREQUENCY": shortest(
                np.where(one_off > 0, np.maximum(both - part, 1), 0) / tenure
            ),
            "PURCHASES_INSTALLMENTS_FREQUENCY": shortest(part / tenure),
            "CASH_ADVANCE_FREQUENCY": shortest(np.where(cash > 0, months, 0) / tenure),
            "CASH_ADVANCE_TRX": taken.astype(np.int64),
            "PURCHASES_TRX": bought.astype(np.int64),
            "CREDIT_LIMIT": shortest(limit),
            "PAYMENTS": shortest(_amounts(persona, lambda one: one.payments, random) * year),
            "MINIMUM_PAYMENTS": shortest(_amounts(persona, lambda one: one.minimum, random)),
            "PRC_FULL_PAYMENT": shortest(in_full / tenure),
            "TENURE": tenure,
        }
    )


def _with_quirks(table: pd.DataFrame, random: np.random.Generator) -> None:
    """Blank some minimum payments and one limit; let a few shares of months pass 1."""
    n = len(table)
    lacking = random.random(n) < 0.035
    table["MINIMUM_PAYMENTS"] = np.where(lacking, "", table["MINIMUM_PAYMENTS"])
    table.loc[int(random.integers(n)), "CREDIT_LIMIT"] = ""
    takers = np.flatnonzero(table["CASH_ADVANCE_TRX"] > 0)
    above = random.choice(takers, min(3, len(takers)), replace=False)
    table.loc[above, "CASH_ADVANCE_FREQUENCY"] = shortest(
        1 + random.integers(1, 4, len(above)) / 12
    )


def _amounts(
    persona: Ints, of: Callable[[CardPersona], Spread | None], random: np.random.Generator
) -> Floats:
    """Return a log-normal draw per holder; of those whose persona has none, 0 for all but a few."""
    spreads = [of(one) for one in CARD_PERSONAS]
    median, sigma = np.array([((s or _ONCE).median, (s or _ONCE).sigma) for s in spreads]).T
    bounded = np.clip(random.normal(size=len(persona)), -_MOST_SPREAD, _MOST_SPREAD)
    drawn: Floats = median[persona] * np.exp(sigma[persona] * bounded)
    has = np.array([spread is not None for spread in spreads])[persona]
    return np.where(has | (random.random(len(persona)) < _STRAY), drawn, 0.0)
