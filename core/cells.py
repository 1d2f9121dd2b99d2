"""Customers' values as they come, from a form, a file or a table: read as numbers or as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import UsageError

Values = Sequence[object] | NDArray[np.generic] | ArrayLike


def require(features: Sequence[str], values: Mapping[str, object]) -> None:
    """Raise `UsageError` naming the features that the values do not have at all."""
    absent = [name for name in features if name not in values]
    if absent:
        raise UsageError(
            f"These features are absent: {', '.join(absent)}. Give every feature of the lens; "
            "leave the value of one that is not known empty."
        )


def as_numbers(feature: str, values: Values) -> NDArray[np.float64]:
    """Return values as float64, NaN where missing; `UsageError` if one is not a finite number."""
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        cells = np.asarray(values, dtype=object)
        array = np.array([_number(feature, cell) for cell in cells], dtype=np.float64)
    numbers = np.asarray(array, dtype=np.float64)
    if np.isinf(numbers).any():
        raise UsageError(f"{feature} has an infinite value. Give a number, or leave it empty.")
    return numbers


def as_texts(values: Values) -> list[str | None]:
    """Return values as text, None where missing.

    >>> as_texts(["a ", " ", None, 1, np.nan, "a "])
    ['a', None, None, '1', None, 'a']
    """
    cells = np.asarray(values, dtype=object).tolist()
    known = {cell: _text(cell) for cell in {cell for cell in cells if type(cell) is str}}
    return [known[cell] if type(cell) is str else _text(cell) for cell in cells]  # levels recur


def is_missing(values: Values) -> NDArray[np.bool_]:
    """Return which values are missing, whatever their type: None, NaN and blanks.

    >>> is_missing(["a", " ", None, 0, np.nan]).tolist()
    [False, True, True, False, True]
    """
    array = np.asarray(values)
    if array.dtype.kind == "f":
        return np.asarray(np.isnan(array))
    if array.dtype.kind in "iub":
        return np.zeros(len(array), dtype=bool)
    return np.array([text is None for text in as_texts(values)], dtype=bool)


def _number(feature: str, cell: object) -> float:
    if _text(cell) is None:
        return np.nan
    try:
        return float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise UsageError(
            f"{cell!r} is not a number for {feature}. Give a number, or leave it empty."
        ) from None


def _text(cell: object) -> str | None:
    """Return a cell as text; None for None, NaN, NA and blanks."""
    if isinstance(cell, str):
        return cell.strip() or None
    if cell is None or type(cell).__name__ in ("NAType", "NaTType") or cell != cell:
        return None  # only NaN differs from itself
    return str(cell)
