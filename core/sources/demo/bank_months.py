"""Four month-ends of the demo bank: one ledger, exported each time, and planted movers between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.bank import customer_ids, personas
from core.sources.demo.bank_products import BUILDERS, Ints
from core.sources.demo.bank_writing import write_accounts, write_people, write_product
from core.sources.demo.months import AS_OF_DAYS, day_number, export_of, with_quarter_before
from core.sources.demo.movers import (
    EVERYDAY,
    NOBODY,
    SAVERS,
    SPENDERS,
    Change,
    begin_to_save,
    take_a_card,
)
from core.sources.demo.people import people
from core.sources.demo.personas import NO_ACCOUNT, PERSONAS

_TAKE_A_CARD, _BEGIN_TO_SAVE = 75, 150  # one of so many customers does, each month
_COME, _GO = 200, 200
_NEVER = 99


@dataclass(frozen=True, slots=True)
class MonthTruth:
    """What is true of one month-end: files in ``folder``, and who changed since the last one."""

    as_of: date
    folder: Path
    persona: dict[str, str]
    movers: frozenset[str]
    joined: frozenset[str]
    left: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """The month (0, 1, …) in which each customer does something, (n,); `_NEVER` if not."""

    takes_card: Ints
    saves: Ints
    joins: Ints  # 0: was there from the first
    leaves: Ints


def generate_months(
    path: Path, *, customers: int = 2_000, seed: int = 20_241_231
) -> tuple[MonthTruth, ...]:
    """Write the files of each month-end into a folder of its own; return what was planted.

    All exports are of one ledger: twelve months to the day, so that what two of them share is the
    same in both. Each month a few customers join, a few leave, some have their birthday, and
    planted movers begin to bank as another persona does: holders of everyday accounts who take a
    card and use it, and customers without an account who open their first ones and save.

    Parameters
    ----------
    path
        Gets a folder per month-end, named by the day.
    customers
        How many customers there ever are.
    seed
        Of the random numbers; the same arguments give the same bytes.
    """
    random = np.random.default_rng(seed)
    ids = customer_ids(customers, random)
    persona = personas(customers, random)
    table, _ = people(ids, (persona % 2 == 0).astype(float), random)
    tenure = table["years_with_bank"].to_numpy()
    checking, savings, card = (
        with_quarter_before(build(ids, persona, tenure, random)) for build in BUILDERS
    )
    birthday = random.integers(1, 13, customers)
    plan = _planned(persona, np.isin(ids, card.cust_id), random)
    card = take_a_card(card, _change(ids, plan.takes_card, random), random)
    checking, savings = begin_to_save(checking, savings, _change(ids, plan.saves, random), random)
    truths = []
    for month, as_of in enumerate(AS_OF_DAYS):
        here = (plan.joins <= month) & (plan.leaves > month)
        folder = path / as_of.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        order = np.random.default_rng((seed, month))
        write_people(folder, _aged(table, birthday > as_of.month)[here])
        exports = [export_of(one, ids[here], as_of) for one in (checking, savings, card)]
        for one in exports:
            write_product(folder, one, order)
        write_accounts(folder, exports, order)
        truths.append(_truth(month, folder, ids, persona, plan))
    return tuple(truths)


def _planned(persona: Ints, has_card: NDArray[np.bool_], random: np.random.Generator) -> _Plan:
    """Draw who does what in which month; nobody does two things."""
    n, months = len(persona), len(AS_OF_DAYS) - 1
    free = np.ones(n, dtype=bool)

    def drawn(among: NDArray[np.bool_], one_of: int) -> Ints:
        each = max(n // one_of, 1)
        rows = random.permutation(np.flatnonzero(among & free))[: each * months]
        free[rows] = False
        month = np.full(n, _NEVER)
        month[rows] = np.arange(len(rows)) // each + 1
        return month

    takes_card = drawn((persona == EVERYDAY) & ~has_card, _TAKE_A_CARD)
    saves = drawn(persona == NOBODY, _BEGIN_TO_SAVE)
    joins = drawn(persona == NOBODY, _COME)
    leaves = drawn(persona != NOBODY, _GO)
    return _Plan(takes_card, saves, np.where(joins == _NEVER, 0, joins), leaves)


def _change(ids: Ints, month: Ints, random: np.random.Generator) -> Change:
    """Return who changes on which day: one of the month's 10th to 23rd."""
    rows = np.flatnonzero(month != _NEVER)
    first = np.array([day_number(day.replace(day=1)) for day in AS_OF_DAYS])
    return Change(ids[rows], first[month[rows]] + random.integers(9, 23, len(rows)))


def _truth(month: int, folder: Path, ids: Ints, persona: Ints, plan: _Plan) -> MonthTruth:
    names = [*(one.name for one in PERSONAS), NO_ACCOUNT]
    now = np.where(plan.takes_card <= month, SPENDERS, persona)
    now = np.where(plan.saves <= month, SAVERS, now)
    here = (plan.joins <= month) & (plan.leaves > month)

    def named(chosen: NDArray[np.bool_]) -> frozenset[str]:
        return frozenset(str(i) for i in ids[chosen])

    return MonthTruth(
        as_of=AS_OF_DAYS[month],
        folder=folder,
        persona={str(i): names[p] for i, p in zip(ids[here], now[here], strict=True)},
        movers=named((plan.takes_card == month) | (plan.saves == month)),
        joined=named((plan.joins == month) & (month > 0)),
        left=named(plan.leaves == month),
    )


def _aged(table: pd.DataFrame, is_to_come: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the customers as old as they are before this year's birthday, where it is to come."""
    age = table["age"] - is_to_come
    return table.assign(age=age, income=np.where(age < 18, 0, table["income"]))
