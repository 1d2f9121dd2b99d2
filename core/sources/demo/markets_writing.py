"""Cells and whole rows as the financial-markets export writes them: ISO dates, blanks for none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.sources.demo.markets_columns import SAME_THROUGHOUT


def completed(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return all columns in order; those that the table lacks are blank, or one value throughout.

    >>> completed(pd.DataFrame({"A": ["1"]}), ("EXCHANGE_RATE", "A", "B")).values.tolist()
    [['1.0', '1', '']]
    """
    others = {name: _throughout(name) for name in columns if name not in table.columns}
    return table.assign(**others)[list(columns)]


def iso_days(days: np.ndarray) -> list[str]:
    """Return days (datetime64) as yyyy-mm-dd, blank where missing.

    >>> iso_days(np.array(["2024-03-01", "NaT"], dtype="datetime64[D]"))
    ['2024-03-01', '']
    """
    return ["" if str(day) == "NaT" else str(day) for day in days.astype("datetime64[D]")]


def _throughout(name: str) -> str:
    bare = name.removeprefix("CUSTOMER_SUMMARY_").removeprefix("CUSTOMER_")
    return SAME_THROUGHOUT.get(bare, "")
