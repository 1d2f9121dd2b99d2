"""Accounts of the demo's financial-markets clients, and how many were open on a day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.markets_columns import OBJECTIVES, PRODUCTS, RISKS
from core.sources.demo.markets_personas import PERSONAS
from core.sources.demo.markets_writing import iso_days

Ints = NDArray[np.int64]


def accounts_table(
    ids: Ints, persona: Ints, as_of: date, random: np.random.Generator
) -> pd.DataFrame:
    """Return the accounts: a few clients have none, a tenth are closed, a few open later."""
    day = np.datetime64(as_of)
    held = random.binomial(4, 0.45, len(ids))
    owner = np.repeat(np.arange(len(ids)), held)
    count = len(owner)
    opened = day - 60 - random.integers(0, 5_000, count)
    future = random.random(count) < 0.02
    opened[future] = day + 20
    closed = np.full(count, np.datetime64("NaT"), dtype="datetime64[D]")
    ends = np.flatnonzero(~future & (random.random(count) < 0.12))
    closed[ends] = opened[ends] + random.integers(30, 5_060, len(ends))  # some after the last month
    closed[ends] = np.minimum(closed[ends], day + 25)
    kind = random.choice(["INVESTMENT", "SERVICE", "CASH"], count, p=[0.6, 0.15, 0.25])
    of_persona = persona[owner]
    risk = [random.choice(RISKS, p=PERSONAS[number].risks) for number in of_persona]
    aim = [random.choice(OBJECTIVES, p=PERSONAS[number].objectives) for number in of_persona]
    return pd.DataFrame(
        {
            "ACCOUNT_ID": [f"A{number:07d}" for number in random.permutation(count * 2)[:count]],
            "PRIMARY_CUSTOMER_ID": ids[owner].astype(str),
            "ACCOUNT_TYPE": kind,
            "PRODUCT_ID": random.choice(PRODUCTS, count),
            "RISK_TOLERANCE": risk,
            "INVESTMENT_OBJECTIVE": aim,
            "LIFE_CYCLE_STATUS": np.where(np.isnat(closed), "Active", "Closed"),
            "OPEN_DATE": iso_days(opened),
            "CLOSE_DATE": iso_days(closed),
            "BASE_CURRENCY": "USD",
        },
        dtype=object,
    )


def counts_of_open(accounts: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Return per client how many accounts were open on their day, by risk, objective and product.

    ``days`` has CUSTOMER_ID and END_DATE; both tables write days as yyyy-mm-dd, which sorts.
    """
    placed = accounts.merge(days, left_on="PRIMARY_CUSTOMER_ID", right_on="CUSTOMER_ID")
    is_open = (placed.OPEN_DATE <= placed.END_DATE) & (
        (placed.CLOSE_DATE == "") | (placed.CLOSE_DATE > placed.END_DATE)
    )
    placed = placed[is_open]
    found = days[["CUSTOMER_ID"]].set_index("CUSTOMER_ID")
    for column, levels, form in (
        ("RISK_TOLERANCE", RISKS, "NUM_ACCOUNTS_WITH_RISK_TOLERANCE_{}"),
        ("INVESTMENT_OBJECTIVE", OBJECTIVES, "NUM_ACCOUNTS_WITH_INVESTMENT_OBJECTIVE_{}"),
        ("PRODUCT_ID", PRODUCTS, "PID_{}_NUM_ACCOUNTS"),
    ):
        for level in levels:
            held = placed[placed[column] == level].groupby("CUSTOMER_ID").size()
            name = form.format(level.upper().replace(" ", "_"))
            found[name] = held.reindex(found.index, fill_value=0).astype(str)
    return found.reset_index()
