"""The canonical models say what is wrong without telling values."""

from __future__ import annotations

from core.engines.duckdb import DuckDBEngine
from core.schema import violations

TRANSACTION = (
    "SELECT 't1' AS transaction_id, 'a' AS account_id, 'c' AS customer_id, 'savings' AS product, "
    "DATE '2024-01-01' AS booked_on, NULL::TIMESTAMP AS booked_at, 1::DECIMAL(18, 2) AS amount, "
    "NULL::VARCHAR AS direction, 'inquiry' AS kind, 'ATM' AS channel, "
    "0::DECIMAL(18, 2) AS interest, true AS is_inquiry"
)


def found(query: str, model: str = "transactions") -> list[str]:
    with DuckDBEngine(threads=1) as engine:
        engine.connection.execute(f"CREATE TABLE given AS {query}")
        return violations(model, engine.backend.table("given"))


def test_a_canonical_transaction_is_accepted() -> None:
    assert found(TRANSACTION) == []


def test_all_violations_are_told_at_once_without_values() -> None:
    wrong = (
        f"SELECT * REPLACE ('loan' AS product, -7::DECIMAL(18, 2) AS amount) FROM ({TRANSACTION})"
    )
    assert found(f"{wrong} UNION ALL {wrong}") == [
        "transactions.transaction_id fails the check 'is unique'.",
        (
            "transactions.product fails the check "
            "'isin(('checking', 'savings', 'credit', 'purchases'))'."
        ),
        "transactions.amount fails the check 'greater_than_or_equal_to(0)'.",
    ]


def test_missing_wrong_and_unknown_columns_are_named() -> None:
    assert found(
        "SELECT * EXCLUDE (kind) REPLACE ('1.1.2024' AS booked_on), 1 AS colour "
        f"FROM ({TRANSACTION})"
    ) == [
        "transactions.colour is not a canonical column; leave it out.",
        "transactions.kind is missing; the query must select it.",
        "transactions.booked_on has another type than the canonical date.",
    ]


def test_customers_may_have_any_attributes_but_need_an_id_each() -> None:
    assert found("SELECT 'a' AS customer_id, 1 AS shoe", "customers") == []
    assert found("SELECT '' AS customer_id UNION ALL SELECT NULL", "customers") == [
        "customers.customer_id has missing values, which are not allowed.",
        "customers.customer_id fails the check 'str_length(1, None)'.",
        "customers.customer_id fails the check 'is unique'.",
    ]
