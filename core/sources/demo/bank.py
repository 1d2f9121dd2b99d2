"""Look-alike files of the bank: same names, columns, paddings and quirks; nobody's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

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
from core.sources.demo.people import STAGES, people
from core.sources.demo.personas import NO_ACCOUNT, PERSONAS
from core.sources.demo.truth import PlantedTruth
from core.sources.demo.writing import money, short_dates, short_times, write_table

AS_OF = date(YEAR, 12, 31)
_FIRST_ID = 5_210_000
_WINDOW = np.datetime64(f"{YEAR}-01-01")
_ACCOUNT_WIDTHS = {"acct_type": 4, "account_active": 2}
_PERSON_WIDTHS = {
    "gender": 2,
    "name_prefix": 8,
    "first_name": 60,
    "last_name": 60,
    "street_name": 60,
    "city_name": 40,
    "state_code": 4,
}

Ints = NDArray[np.int64]


def generate(path: Path, *, customers: int = 2_000, seed: int = 20_241_231) -> PlantedTruth:
    """Write the bank's files into a folder; the same arguments give the same bytes.

    Parameters
    ----------
    path
        The folder; made if it is not there.
    customers
        How many customers to invent.
    seed
        Of the random numbers.

    Returns
    -------
    PlantedTruth
        Which persona and life stage each customer was given.
    """
    random = np.random.default_rng(seed)
    path.mkdir(parents=True, exist_ok=True)
    ids = _FIRST_ID + random.permutation(customers * 2)[:customers]
    persona = _personas(customers, random)
    table, stage = people(ids, (persona % 2 == 0).astype(float), random)
    write_table(table, path / "twm_customer.csv", widths=_PERSON_WIDTHS, line_end="\r\n")
    tenure = table["years_with_bank"].to_numpy()
    accounts = [
        _checking(path, ids, persona, tenure, random),
        _savings(path, ids, persona, tenure, random),
        _credit(path, ids, persona, tenure, random),
    ]
    everything = pd.concat(accounts, ignore_index=True)
    order = random.permutation(len(everything))
    write_table(everything.iloc[order], path / "twm_accounts.csv", widths=_ACCOUNT_WIDTHS)
    names = [one.name for one in PERSONAS] + [NO_ACCOUNT]
    return PlantedTruth(
        persona={str(i): names[p] for i, p in zip(ids, persona, strict=True)},
        life_stage={str(i): STAGES[s].name for i, s in zip(ids, stage, strict=True)},
        as_of=AS_OF,
    )


def _personas(customers: int, random: np.random.Generator) -> Ints:
    """Return a persona's number per customer, in exact shares; the last has no account."""
    edges = np.cumsum([one.share for one in PERSONAS])
    return np.searchsorted(edges, (random.permutation(customers) + 0.5) / customers)


def _checking(
    path: Path, ids: Ints, persona: Ints, tenure: Ints, random: np.random.Generator
) -> pd.DataFrame:
    holders = np.flatnonzero(persona < len(PERSONAS))
    ledger = checking_ledger(persona[holders], random)
    accounts = _accounts(ids[holders], "CK", ledger, tenure[holders], random)
    rich = np.array([one.checking.median >= 1_000 for one in PERSONAS])[persona[holders]]
    details = accounts.drop(columns="acct_type")
    details.insert(2, "minimum_balance", np.where(rich, 3_000, 200))
    details.insert(3, "per_check_fee", np.where(rich, "0.00", "0.15"))
    _write_product(path, "checking", details, ledger, random)
    return accounts


def _savings(
    path: Path, ids: Ints, persona: Ints, tenure: Ints, random: np.random.Generator
) -> pd.DataFrame:
    holders, closed = _holders(persona, [one.has_savings for one in PERSONAS], random)
    ledger = savings_ledger(persona[holders], random)
    accounts = _accounts(ids[holders], "SV", ledger, tenure[holders], random)
    accounts = pd.concat(
        [accounts, _closed(ids[closed], "SV", tenure[closed], random)], ignore_index=True
    )
    basic = np.append(ledger.start < 300_000, np.ones(len(closed), bool))
    details = accounts.drop(columns="acct_type")
    details.insert(2, "minimum_balance", np.where(basic, 100, 500))
    details.insert(3, "acct_type", np.where(basic, "BS", "MM"))
    _write_product(path, "savings", details, ledger, random)
    return accounts


def _credit(
    path: Path, ids: Ints, persona: Ints, tenure: Ints, random: np.random.Generator
) -> pd.DataFrame:
    holders, closed = _holders(persona, [one.has_credit for one in PERSONAS], random)
    ledger = credit_ledger(persona[holders], random)
    accounts = _accounts(ids[holders], "CC", ledger, tenure[holders], random)
    accounts = pd.concat(
        [accounts, _closed(ids[closed], "CC", tenure[closed], random)], ignore_index=True
    )
    owed = -ledger.transactions.groupby("account")["new_balance"].min()
    most = np.maximum(owed.reindex(range(len(holders)), fill_value=0), -ledger.start) / 100
    room = most * random.uniform(1.05, 1.5, len(holders))
    limits = np.maximum(np.ceil(room / 100) * 100, 1_000).astype(np.int64)
    details = accounts.drop(columns="acct_type")
    details.insert(2, "credit_limit", np.append(limits, np.full(len(closed), 1_000)))
    details.insert(
        3, "credit_rating", random.choice([0, 2, 5, 7], len(details), p=[0.94, 0.02, 0.02, 0.02])
    )
    _write_product(path, "credit", details, ledger, random)
    return accounts


def _holders(
    persona: Ints, probability: list[float], random: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return who has the product, and who closed it long ago (a few of the others)."""
    chance = np.array([*probability, 0.0])[persona]
    draw = random.random(len(persona))
    formerly = (draw >= chance) & (draw > 0.96) & (persona < len(PERSONAS))
    return np.flatnonzero(draw < chance), np.flatnonzero(formerly)


def _accounts(
    ids: Ints, product: str, ledger: Ledger, tenure: Ints, random: np.random.Generator
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "acct_nbr": _numbers(ids, product),
            "cust_id": ids,
            "acct_type": product,
            "account_active": "Y",
            "acct_start_date": short_dates(_opened(tenure, random)),
            "acct_end_date": "NULL",
            "starting_balance": money(np.abs(ledger.start)),
            "ending_balance": money(np.abs(ledger.end)),
        }
    )


def _closed(ids: Ints, product: str, tenure: Ints, random: np.random.Generator) -> pd.DataFrame:
    """Return accounts that were emptied and closed within the year, before any transaction."""
    return pd.DataFrame(
        {
            "acct_nbr": _numbers(ids, product),
            "cust_id": ids,
            "acct_type": product,
            "account_active": "N",
            "acct_start_date": short_dates(_opened(tenure, random)),
            "acct_end_date": short_dates(_WINDOW + random.integers(0, 330, len(ids))),
            "starting_balance": "0.00",
            "ending_balance": "0.00",
        }
    )


def _numbers(ids: Ints, product: str) -> list[str]:
    form = {"CK": "{}2", "SV": "{}3", "CC": "99110000{}0"}[product]
    return [form.format(i) for i in ids.tolist()]


def _opened(tenure: Ints, random: np.random.Generator) -> NDArray[np.datetime64]:
    return _WINDOW - 20 - (random.random(len(tenure)) * (tenure * 365 + 60)).astype(np.int64)


def _write_product(
    path: Path, product: str, details: pd.DataFrame, ledger: Ledger, random: np.random.Generator
) -> None:
    """Write a product's accounts and transactions, in no particular order."""
    columns = [c for c in details.columns if c not in ("acct_nbr", "cust_id")]
    shuffled = details.iloc[random.permutation(len(details))]
    write_table(
        shuffled[["cust_id", "acct_nbr", *columns]],
        path / f"twm_{product}_acct.csv",
        widths=_ACCOUNT_WIDTHS,
    )
    rows = ledger.transactions.iloc[random.permutation(len(ledger.transactions))]
    cust_id = details["cust_id"].to_numpy()[rows["account"]]
    table = pd.DataFrame({"cust_id": cust_id, "tran_id": rows["tran_id"].to_numpy()})
    for name, column in (
        ("tran_amt", "amount"),
        ("principal_amt", "principal"),
        ("interest_amt", "interest"),
        ("new_balance", "new_balance"),
    ):
        table[name] = money(rows[column].to_numpy())
    table["tran_date"] = short_dates(_WINDOW + rows["day"].to_numpy())
    table["tran_time"] = short_times(rows["second"].to_numpy())
    table["channel"] = rows["channel"].to_numpy()
    table["tran_code"] = rows["code"].to_numpy()
    write_table(table, path / f"twm_{product}_tran.csv", widths={"channel": 2, "tran_code": 4})
