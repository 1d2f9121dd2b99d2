"""Look-alike files of a financial-markets house: histories, accounts, months; nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.markets_accounts import accounts_table, counts_of_open
from core.sources.demo.markets_clients import Histories, clients
from core.sources.demo.markets_columns import ACCOUNT, CUSTOMER, JOINED, SUMMARY, USER_DEFINED
from core.sources.demo.markets_months import months_table
from core.sources.demo.markets_personas import PERSONAS, STAGES
from core.sources.demo.markets_writing import completed
from core.sources.demo.truth import PlantedTruth
from core.sources.demo.writing import write_table

AS_OF = date(2024, 12, 31)
MONTHS = 14

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MarketsFiles:
    """What is written: the three tables, each of text columns."""

    customer: pd.DataFrame
    account: pd.DataFrame
    summary: pd.DataFrame


def generate(
    path: Path, *, customers: int = 1_500, seed: int = 20_241_231, joined: bool = False
) -> PlantedTruth:
    """Write the house's files into a folder; the same arguments give the same bytes.

    Parameters
    ----------
    path
        The folder; made if it is not there.
    customers
        How many clients to invent, those without an active status included.
    seed
        Of the random numbers.
    joined
        Instead of the three files with their history, one file with a row per client.

    Returns
    -------
    PlantedTruth
        Which persona and life stage each client was given.
    """
    random = np.random.default_rng(seed)
    path.mkdir(parents=True, exist_ok=True)
    ids = 1_000 + random.permutation(customers * 3)[:customers]
    persona = _drawn(customers, [one.share for one in PERSONAS], random)
    stage = _drawn(customers, [one.share for one in STAGES], random)
    histories = clients(ids, persona, stage, AS_OF, random)
    accounts = accounts_table(ids, persona, AS_OF, random)
    files = MarketsFiles(
        customer=histories.versions,
        account=accounts,
        summary=months_table(ids, persona, histories, accounts, MONTHS, AS_OF, random),
    )
    if joined:
        _write(joined_table(files), JOINED, path / "customer_full_summary_latest.csv")
    else:
        _write(files.customer, (*CUSTOMER, *USER_DEFINED), path / "customer.csv")
        _write(files.account, ACCOUNT, path / "account.csv")
        _write(files.summary, SUMMARY, path / "customer_summary.csv")
    return _truth(ids, persona, stage, histories)


def joined_table(files: MarketsFiles) -> pd.DataFrame:
    """Return the latest month of each client beside the version valid at its end, and counts."""
    latest = files.summary.sort_values("END_DATE").groupby("CUSTOMER_ID", sort=False).tail(1)
    versions = files.customer.merge(latest[["CUSTOMER_ID", "END_DATE"]], on="CUSTOMER_ID")
    valid = versions[versions.EFFECTIVE_DATE <= versions.END_DATE].drop(columns="END_DATE")
    valid = valid.sort_values("EFFECTIVE_DATE").groupby("CUSTOMER_ID", sort=False).tail(1)
    counts = counts_of_open(files.account, latest[["CUSTOMER_ID", "END_DATE"]])
    months = latest.add_prefix("CUSTOMER_SUMMARY_")
    joined = valid.add_prefix("CUSTOMER_").merge(
        months, left_on="CUSTOMER_CUSTOMER_ID", right_on="CUSTOMER_SUMMARY_CUSTOMER_ID"
    )
    return joined.merge(counts, left_on="CUSTOMER_CUSTOMER_ID", right_on="CUSTOMER_ID")


def _write(table: pd.DataFrame, columns: tuple[str, ...], path: Path) -> None:
    write_table(completed(table, columns), path, widths={}, line_end="\r\n", delimiter=",")


def _drawn(count: int, shares: list[float], random: np.random.Generator) -> Ints:
    """Return a group's number per client, in exact shares."""
    edges = np.cumsum(shares)
    edges[-1] = 1.0
    return np.searchsorted(edges, (random.permutation(count) + 0.5) / count)


def _truth(ids: Ints, persona: Ints, stage: Ints, histories: Histories) -> PlantedTruth:
    kept = np.flatnonzero(histories.takes_part)
    return PlantedTruth(
        persona={str(ids[at]): PERSONAS[persona[at]].name for at in kept},
        life_stage={str(ids[at]): STAGES[stage[at]].name for at in kept},
        as_of=AS_OF,
    )
