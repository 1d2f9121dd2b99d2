"""The canonical tables as pandera models: what every source is brought to, checked all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import ibis
import ibis.expr.datatypes as dt
import pandera.ibis as pa
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from core.repeats import may_repeat

ACCOUNT_PRODUCTS = ("checking", "savings", "credit")
PRODUCTS = (*ACCOUNT_PRODUCTS, "purchases")  # what is bought without an account
DIRECTIONS = ("in", "out")

_UNIQUE = "is unique"
_Money = Annotated[dt.Decimal, 18, 2, True]


def _is_unique(data: Any) -> Any:
    """Pandera's own `unique` does not reach Ibis tables (0.35)."""
    return data.table[data.key].nunique() == data.table.count()


class Customers(pa.DataFrameModel):
    """One row per customer; a source's attributes stand beside the id."""

    customer_id: dt.String = pa.Field(str_length={"min_value": 1})

    @pa.check("customer_id", name=_UNIQUE)
    def customer_is_unique(cls, data: Any) -> Any:  # noqa: N805
        """No two rows share the id."""
        return _is_unique(data)


class Accounts(pa.DataFrameModel):
    """One row per account; the balance of a credit account is what the customer owes."""

    account_id: dt.String = pa.Field(str_length={"min_value": 1})
    customer_id: dt.String
    product: dt.String = pa.Field(isin=ACCOUNT_PRODUCTS)
    is_active: dt.Boolean
    opened_on: dt.Date = pa.Field(nullable=True)
    closed_on: dt.Date = pa.Field(nullable=True)
    opening_balance: _Money = pa.Field(nullable=True)
    balance: _Money
    credit_limit: _Money = pa.Field(nullable=True, ge=0)
    minimum_balance: _Money = pa.Field(nullable=True)

    @pa.check("account_id", name=_UNIQUE)
    def account_is_unique(cls, data: Any) -> Any:  # noqa: N805
        """No two rows share the id."""
        return _is_unique(data)

    class Config:
        """Only these columns."""

        strict = True


class Transactions(pa.DataFrameModel):
    """One row per transaction; the amount is never negative, the direction says which way.

    A source without accounts has transactions without account_id: a shop's row is one order, its
    product "purchases" and its direction "out" (what the customer pays).
    """

    transaction_id: dt.String = pa.Field(str_length={"min_value": 1})
    account_id: dt.String = pa.Field(nullable=True)
    customer_id: dt.String
    product: dt.String = pa.Field(isin=PRODUCTS)
    booked_on: dt.Date
    booked_at: Annotated[dt.Timestamp, None, 6, True] = pa.Field(nullable=True)
    amount: _Money = pa.Field(ge=0)
    direction: dt.String = pa.Field(nullable=True, isin=DIRECTIONS)
    kind: dt.String
    channel: dt.String
    interest: _Money
    is_inquiry: dt.Boolean

    @pa.check("transaction_id", name=_UNIQUE)
    def transaction_is_unique(cls, data: Any) -> Any:  # noqa: N805
        """No two rows share the id."""
        return _is_unique(data)

    class Config:
        """Only these columns."""

        strict = True


class Measures(pa.DataFrameModel):
    """One row per customer and period (a month, as a rule); the declared measures stand beside."""

    customer_id: dt.String
    period_start: dt.Date
    period_end: dt.Date

    @pa.dataframe_check(name="no customer has a period twice")
    def period_is_unique(cls, data: Any) -> Any:  # noqa: N805
        """No customer has two rows that begin on one day."""
        months = data.table.customer_id + " " + data.table.period_start.cast("string")
        return months.nunique() == data.table.count()

    @pa.dataframe_check(name="periods end after they begin")
    def period_goes_forward(cls, data: Any) -> Any:  # noqa: N805
        """Every period ends on or after the day it begins."""
        return (data.table.period_end < data.table.period_start).sum() == 0


MODELS: dict[str, type[pa.DataFrameModel]] = {
    "customers": Customers,
    "accounts": Accounts,
    "transactions": Transactions,
    "measures": Measures,
}


def violations(name: str, table: Any) -> list[str]:
    """Return every way in which an Ibis table is not the canonical one, without values.

    >>> import ibis
    >>> violations("customers", ibis.memtable({"customer_id": ["a", "a"]}))
    ["customers.customer_id fails the check 'is unique'."]
    """
    try:
        with config_context(validation_depth=ValidationDepth.SCHEMA_ONLY):
            MODELS[name].validate(table, lazy=True)
        if not _all_hold(MODELS[name], table):
            MODELS[name].validate(table, lazy=True)
    except SchemaErrors as errors:
        return list(dict.fromkeys(_sentence(name, error) for error in errors.schema_errors))
    return []


def _all_hold(model: type[pa.DataFrameModel], table: Any) -> bool:
    """Return True if a model's checks of values all hold, found in one pass over the table.

    Pandera passes over it once per check and column, which only pays where something is to be told.
    """
    schema = model.to_schema()
    held = [table[name].notnull().all() for name, c in schema.columns.items() if not c.nullable]
    held += [check(table).check_passed for check in schema.checks]
    for name, column in schema.columns.items():
        for check in column.checks:
            if check.name == _UNIQUE:
                if may_repeat(table[name].hash().to_pyarrow().to_numpy()):
                    return False
            else:
                fits = _SAME[check.name](table[name], **check.statistics)
                held.append((fits | table[name].isnull()).all())
    return bool(ibis.and_(*held).execute())


_SAME: dict[str, Callable[..., Any]] = {  # pandera's checks, over the table itself
    "isin": lambda cells, allowed_values: cells.isin(list(allowed_values)),
    "greater_than_or_equal_to": lambda cells, min_value: cells >= min_value,
    "str_length": lambda cells, min_value, **_: cells.length() >= min_value,
}


def _sentence(name: str, error: SchemaError) -> str:
    column = f"{name}.{getattr(error.schema, 'name', None)}".removesuffix(
        f".{MODELS[name].__name__}"  # a check of the whole table
    )
    match error.reason_code:
        case SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
            return f"{name}.{error.failure_cases} is missing; the query must select it."
        case SchemaErrorReason.COLUMN_NOT_IN_SCHEMA:
            return f"{name}.{error.failure_cases} is not a canonical column; leave it out."
        case SchemaErrorReason.SERIES_CONTAINS_NULLS:
            return f"{column} has missing values, which are not allowed."
        case SchemaErrorReason.WRONG_DATATYPE:
            return f"{column} has another type than the canonical {error.schema.dtype}."
        case _:
            check = getattr(error.check, "error", None) or getattr(error.check, "name", error.check)
            return f"{column} fails the check '{check}'."
