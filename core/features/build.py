"""Every feature family over one bank's canonical tables: one row per customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import ConfigurationError, DataError
from core.features.base import UNKNOWN, Feature, Kind
from core.features.family import FeatureFamily
from core.features.per_customer import storage_type
from core.features.registry import FAMILIES

if TYPE_CHECKING:
    import pyarrow as pa

    from core.sources.canonical import CanonicalTables


def build_features(
    tables: CanonicalTables, families: Sequence[FeatureFamily] = FAMILIES
) -> tuple[pd.DataFrame, tuple[Feature, ...]]:
    """Return the feature table and its catalogue.

    Each family is computed by itself, so that no more than one group-by is in memory at a time.
    The result depends neither on the order of rows nor on the number of threads, and a customer's
    row depends on that customer's own rows alone.

    Parameters
    ----------
    tables
        Canonical tables of one Ibis backend; rows after ``tables.as_of`` do not count.
    families
        The families to compute, in the order of their columns. One that does not apply to the
        tables (no accounts, no transactions) has no features and is skipped.

    Returns
    -------
    frame : pandas.DataFrame of shape (n_customers, n_features)
        Index ``customer_id``: text, unique, sorted bytewise. One column per feature in catalogue
        order: int64 or float64 for numbers, text for categories ("Unknown" where missing).
    features : tuple of Feature
        The catalogue, in the order of the columns.

    Raises
    ------
    DataError
        A customer's id is missing or not unique; a value is missing, infinite or not one of an
        ordinal's levels though its feature promises otherwise.
    ConfigurationError
        Two features have one name, or a family breaks its promise of one row per customer.

    Examples
    --------
    >>> from datetime import date
    >>> import ibis
    >>> from core.features.base import Kind, Side
    >>> from core.sources.canonical import CanonicalTables
    >>> customers = ibis.memtable({"customer_id": ["b", "a"], "children": [0, 2]})
    >>> children = Feature(
    ...     "children",
    ...     "Children",
    ...     "Number of children.",
    ...     "demographics",
    ...     Side.DEMOGRAPHIC,
    ...     Kind.COUNT,
    ... )
    >>> tables = CanonicalTables(customers, (children,), None, None, date(1995, 12, 31))
    >>> frame, features = build_features(tables)
    >>> frame
                 children
    customer_id
    a                   2
    b                   0
    """
    customer_ids = _customer_ids(tables)
    columns: dict[str, pd.Series] = {}
    found: list[Feature] = []
    for family in families:
        features = family.features(tables)
        if features:
            found += features
            columns.update(_family_columns(family, features, tables, customer_ids))
    _check_names(found)
    index = pd.Index(customer_ids.to_pandas(), name="customer_id", dtype="str")
    arrays = {name: column.array for name, column in columns.items()}
    return pd.DataFrame(arrays, index=index, copy=False), tuple(found)


def catalogue(
    tables: CanonicalTables, families: Sequence[FeatureFamily] = FAMILIES
) -> tuple[Feature, ...]:
    """Return the entries of all features that `build_features` would compute, in order."""
    return tuple(feature for family in families for feature in family.features(tables))


def _customer_ids(tables: CanonicalTables) -> pa.ChunkedArray:
    """Return the ids of all customers, sorted bytewise."""
    keys = tables.customers.select("customer_id")
    if not keys.customer_id.type().is_string():
        raise DataError(
            f"The customers' customer_id has type {keys.customer_id.type()}, but ids are text: "
            f"numbers lose leading zeros. Give the column type text in the source specification."
        )
    customer_ids = keys.order_by("customer_id").to_pyarrow()["customer_id"]
    if customer_ids.null_count:
        raise DataError(
            f"{customer_ids.null_count} customers have no customer_id, but every customer needs "
            f"one. Reject those rows when reading."
        )
    repeated = len(customer_ids) - len(customer_ids.unique())
    if repeated:
        raise DataError(
            f"{repeated} rows of the customers repeat a customer_id, but each customer may have "
            f"one row. Let the source specification keep one of them."
        )
    return customer_ids


def _family_columns(
    family: FeatureFamily,
    features: Sequence[Feature],
    tables: CanonicalTables,
    customer_ids: pa.ChunkedArray,
) -> dict[str, pd.Series]:
    """Compute one family and return its checked columns, in the order of the ids."""
    expected = ["customer_id", *(feature.name for feature in features)]
    table = family.build(tables)
    if sorted(table.columns) != sorted(expected):
        raise ConfigurationError(
            f"Feature family {family.name!r} builds the columns {sorted(table.columns)}, but its "
            f"catalogue promises {sorted(expected)}. Let both name the same features."
        )
    answer = table.select(expected).order_by("customer_id").to_pyarrow()
    if not answer["customer_id"].equals(customer_ids):
        raise ConfigurationError(
            f"Feature family {family.name!r} does not return exactly one row for every customer. "
            f"Let it finish with one_row_each()."
        )
    return {feature.name: _checked(answer[feature.name], feature) for feature in features}


def _checked(values: pa.ChunkedArray, feature: Feature) -> pd.Series:
    """Return one feature's values as they are stored, or say what is wrong with them."""
    series: pd.Series = values.to_pandas()
    missing = int(series.isna().sum())
    if missing and not feature.missing_allowed:
        raise DataError(
            f"Feature {feature.name!r} is missing for {missing} of {len(series)} customers, but "
            f"its definition does not allow that. Mend the data, or set missing_allowed for it in "
            f"the source specification."
        )
    if storage_type(feature) == "string":
        return _checked_levels(series.astype("str").fillna(UNKNOWN), feature)
    series = series.astype(np.dtype(storage_type(feature)))
    infinite = int(np.isinf(series.to_numpy()).sum())
    if infinite:
        raise DataError(
            f"Feature {feature.name!r} is infinite for {infinite} customers. A ratio whose "
            f"denominator is 0 has to be missing: use ratio()."
        )
    return series


def _checked_levels(series: pd.Series, feature: Feature) -> pd.Series:
    if feature.kind is not Kind.ORDINAL:
        return series
    strangers = sorted(set(series.unique()) - {*feature.levels, UNKNOWN})
    if strangers:
        raise DataError(
            f"Feature {feature.name!r} has the levels {', '.join(map(repr, strangers))}, but its "
            f"definition knows only {', '.join(map(repr, feature.levels))}. Add them in order, or "
            f"map them in the source specification."
        )
    return series


def _check_names(catalogue: Sequence[Feature]) -> None:
    repeated = sorted(n for n, times in Counter(f.name for f in catalogue).items() if times > 1)
    if repeated:
        raise ConfigurationError(
            f"More than one feature is called {', '.join(map(repr, repeated))}. Names of "
            f"attributes and features must differ: rename the attribute."
        )
