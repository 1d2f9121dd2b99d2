"""The reading half of a vectorised pandas script, as an analyst would write it.

Columns are chosen on reading, codes are categories, dates are parsed once per distinct text. It
looks for no broken row and checks nothing.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

PRODUCTS = {"CK": "checking", "SV": "savings", "CC": "credit"}
_GENDERS = {"F": "Female", "M": "Male"}
_MARITAL = {1: "Single", 2: "Married", 3: "Separated", 4: "Divorced or widowed"}
_CHANNELS = {
    "A": "ATM",
    "B": "Branch",
    "C": "Call centre",
    "E": "Electronic",
    "H": "Home banking",
    "K": "Kiosk",
    "M": "Mail",
    "P": "Check",
    "V": "Voice response",
}
_CODES = ("WD", "DP", "TR", "IN", "IQ", "FK", "FP", "FU", "FM", "CG", "PM", "CA", "FA")
_THE_BANKS_OWN = ("FK", "FP", "FU", "FM", "FA", "IN")  # fees and interest
_IN_IF_ZERO = ("DP", "IN", "PM")


def read_customers(folder: Path) -> pd.DataFrame:
    """Return the customers' attributes, by customer."""
    whole = ("cust_id", "income", "age", "years_with_bank", "nbr_children", "marital_status")
    columns = {**dict.fromkeys(whole, "int64"), "gender": "category", "state_code": "category"}
    table = _read(folder / "twm_customer.csv", columns).set_index("cust_id").sort_index()
    sharing = 1 + table.nbr_children + (table.marital_status == 2)
    return pd.DataFrame(
        {
            "age_years": table.age,
            "income_yearly": table.income,
            "tenure_years": table.years_with_bank,
            "children": table.nbr_children,
            "age_at_joining_years": table.age - table.years_with_bank,
            "income_per_person": (table.income / sharing).round(2),
            "gender": _stripped(table.gender).cat.rename_categories(_GENDERS).astype("str"),
            "marital_status": table.marital_status.map(_MARITAL).astype("str"),
            "state": _stripped(table.state_code).astype("str"),
        }
    )


def read_accounts(folder: Path) -> pd.DataFrame:
    """Return the accounts of all products, with what only some products have."""
    columns = {
        **dict.fromkeys(("acct_nbr", "cust_id"), "int64"),
        **dict.fromkeys(("acct_type", "account_active"), "category"),
        **dict.fromkeys(("acct_start_date", "acct_end_date"), "str"),
        **dict.fromkeys(("starting_balance", "ending_balance"), "float64"),
    }
    details = {"acct_nbr": "int64", "minimum_balance": "float64"}
    minimum = [_read(folder / f"twm_{name}_acct.csv", details) for name in ("checking", "savings")]
    table = _read(folder / "twm_accounts.csv", columns)
    table = table.merge(pd.concat(minimum), on="acct_nbr", how="left")
    return pd.DataFrame(
        {
            "cust_id": table.cust_id,
            "product": _stripped(table.acct_type).cat.rename_categories(PRODUCTS),
            "is_active": _stripped(table.account_active) == "Y",
            "opened_on": pd.to_datetime(table.acct_start_date, format="%d.%m.%Y"),
            "closed_on": pd.to_datetime(table.acct_end_date, format="%d.%m.%Y"),
            "opening_balance": table.starting_balance,
            "balance": table.ending_balance,
            "minimum_balance": table.minimum_balance,
        }
    )


def read_transactions(folder: Path) -> pd.DataFrame:
    """Return the transactions of all products."""
    columns = {
        "cust_id": "int64",
        "tran_amt": "float64",
        "tran_date": "str",
        "channel": "category",
        "tran_code": "category",
    }
    parts = []
    for name in PRODUCTS.values():
        part = _read(folder / f"twm_{name}_tran.csv", columns)
        part["tran_date"] = pd.to_datetime(part.tran_date, format="%d.%m.%Y")
        part["channel"] = _stripped(part.channel).cat.set_categories([*_CHANNELS])
        part["tran_code"] = _stripped(part.tran_code).cat.set_categories(_CODES)
        part["product"] = pd.Categorical([name], [*PRODUCTS.values()]).repeat(len(part))
        parts.append(part)
    rows = pd.concat(parts, ignore_index=True)
    code = rows.tran_code
    return pd.DataFrame(
        {
            "cust_id": rows.cust_id,
            "product": rows["product"],
            "booked_on": rows.tran_date,
            "amount": rows.tran_amt.abs(),
            "is_in": (rows.tran_amt > 0) | ((rows.tran_amt == 0) & code.isin(_IN_IF_ZERO)),
            "is_own": ~code.isin(_THE_BANKS_OWN),
            "is_inquiry": code == "IQ",
            "channel": rows.channel.cat.rename_categories(_CHANNELS),
        }
    )


def _read(path: Path, columns: dict[str, str]) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", usecols=[*columns], dtype=columns)


def _stripped(codes: pd.Series) -> pd.Series:
    """Return a category without the blanks that its texts are padded with."""
    return codes.cat.rename_categories(lambda text: text.strip())
