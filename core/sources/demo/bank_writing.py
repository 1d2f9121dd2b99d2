"""The demo bank's files: padding, line ends and order of rows as in the bank's export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from core.sources.demo.bank_products import START, Product
from core.sources.demo.writing import (
    money,
    short_dates,
    short_times,
    write_columns,
    write_table,
)

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


def write_people(path: Path, table: pd.DataFrame) -> None:
    """Write the customers."""
    write_table(table, path / "twm_customer.csv", widths=_PERSON_WIDTHS, line_end="\r\n")


def write_accounts(path: Path, products: Sequence[Product], random: np.random.Generator) -> None:
    """Write the accounts of all products in one table, in no particular order."""
    everything = pd.concat([_accounts(one) for one in products], ignore_index=True)
    order = random.permutation(len(everything))
    write_table(everything.iloc[order], path / "twm_accounts.csv", widths=_ACCOUNT_WIDTHS)


def write_product(path: Path, product: Product, random: np.random.Generator) -> None:
    """Write a product's accounts and transactions, in no particular order."""
    details = _accounts(product).drop(columns="acct_type")
    for place, column in enumerate(product.details):
        details.insert(2 + place, column, product.details[column].to_numpy())
    columns = [c for c in details.columns if c not in ("acct_nbr", "cust_id")]
    shuffled = details.iloc[random.permutation(len(details))]
    write_table(
        shuffled[["cust_id", "acct_nbr", *columns]],
        path / f"twm_{product.name}_acct.csv",
        widths=_ACCOUNT_WIDTHS,
    )
    booked = product.ledger.transactions
    rows = booked.iloc[random.permutation(len(booked))]
    table = {
        "cust_id": [str(i) for i in product.cust_id[rows["account"].to_numpy()].tolist()],
        "tran_id": [str(i) for i in rows["tran_id"].tolist()],
        "tran_amt": money(rows["amount"].to_numpy()),
        "principal_amt": money(rows["principal"].to_numpy()),
        "interest_amt": money(rows["interest"].to_numpy()),
        "new_balance": money(rows["new_balance"].to_numpy()),
        "tran_date": short_dates(START + rows["day"].to_numpy()),
        "tran_time": short_times(rows["second"].to_numpy()),
        "channel": rows["channel"].tolist(),
        "tran_code": rows["code"].tolist(),
    }
    write_columns(
        table, path / f"twm_{product.name}_tran.csv", widths={"channel": 2, "tran_code": 4}
    )


def _accounts(product: Product) -> pd.DataFrame:
    """Return the accounts as the bank writes them; what is closed was emptied before."""
    none = np.zeros(len(product.cust_id) - len(product.ledger.start), dtype=np.int64)
    return pd.DataFrame(
        {
            "acct_nbr": product.numbers,
            "cust_id": product.cust_id,
            "acct_type": product.code,
            "account_active": np.where(np.isnat(product.closed), "Y", "N"),
            "acct_start_date": short_dates(product.opened),
            "acct_end_date": short_dates(product.closed),
            "starting_balance": money(np.abs(np.append(product.ledger.start, none))),
            "ending_balance": money(np.abs(np.append(product.ledger.end, none))),
        }
    )
