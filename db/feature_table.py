"""The wide table of one snapshot: one row per customer, one typed column per feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    MetaData,
    Table,
    Text,
    quoted_name,
    select,
)
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeEngine

from core.errors import DataError
from core.readmodels import SnapshotId
from db.bulk import insert_columns, read_array
from db.tables.base import BytewiseText

_DTYPES = {"real": "f8", "integer": "i8", "text": "O"}
_TYPES: dict[str, TypeEngine[Any]] = {"real": Double(), "integer": BigInteger(), "text": Text()}


class StoredColumn(NamedTuple):
    """A feature and how the table keeps it: real, integer or text."""

    name: str
    storage: str


def storage_of(frame: pd.DataFrame, name: str) -> str:
    """Return how a column is kept; `DataError` for a type that is no number and no text."""
    dtype = frame[name].dtype
    if pd.api.types.is_bool_dtype(dtype) or pd.api.types.is_integer_dtype(dtype):
        return "real" if frame[name].hasnans else "integer"
    if pd.api.types.is_float_dtype(dtype):
        return "real"
    if pd.api.types.is_string_dtype(dtype) or isinstance(dtype, pd.CategoricalDtype):
        return "text"
    raise DataError(
        f"The feature {name!r} has the type {dtype}. Features are numbers (int64, float64) or text."
    )


def feature_table(snapshot_id: SnapshotId, columns: Sequence[StoredColumn]) -> Table:
    """Return the snapshot's table, as it is or as it will be made."""
    return Table(
        f"snapshot_{snapshot_id}_features",
        MetaData(),
        Column("customer_id", BytewiseText, primary_key=True),
        *(
            Column(quoted_name(column.name, quote=True), _TYPES[column.storage])
            for column in columns
        ),
    )


def create_feature_table(
    connection: Connection,
    snapshot_id: SnapshotId,
    columns: Sequence[StoredColumn],
    frame: pd.DataFrame,
) -> None:
    """Make the snapshot's table and fill it, within the caller's transaction."""
    table = feature_table(snapshot_id, columns)
    connection.execute(CreateTable(table))
    values: dict[str, object] = {"customer_id": frame.index.to_numpy(dtype=object)}
    for column in columns:
        values[column.name] = _values(frame[column.name], column.storage)
    insert_columns(connection, table, values)


def load_feature_table(
    connection: Connection, snapshot_id: SnapshotId, columns: Sequence[StoredColumn]
) -> pd.DataFrame:
    """Return the frame that was stored: sorted by customer, same columns, same types."""
    table = feature_table(snapshot_id, columns)
    dtype = np.dtype([("customer_id", "O"), *((name, _DTYPES[kind]) for name, kind in columns)])
    rows = read_array(connection, select(table).order_by(table.c.customer_id), dtype)
    values = {name: _column(rows[name], kind) for name, kind in columns}
    index = pd.Index(rows["customer_id"], dtype="str", name="customer_id")
    return pd.DataFrame(values, index=index, columns=[column.name for column in columns])


def _values(series: pd.Series[Any], storage: str) -> NDArray[Any]:
    if storage == "real":
        return series.to_numpy(dtype=np.float64, na_value=np.nan)
    if storage == "integer":
        return series.to_numpy(dtype=np.int64)
    values = series.to_numpy(dtype=object, copy=True)
    values[series.isna().to_numpy()] = None
    return values


def _column(raw: NDArray[Any], storage: str) -> Any:
    return pd.array(raw, dtype="str") if storage == "text" else np.ascontiguousarray(raw)
