"""All families together: one row per customer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ConfigurationError, DataError
from core.features.base import Feature, Kind
from core.features.build import build_features
from core.features.family import FeatureFamily
from core.features.registry import FAMILIES
from core.sources.canonical import CanonicalTables
from tests.core.features.builders import (
    ATTRIBUTES,
    Bank,
    account,
    attribute,
    customer,
    mixed_bank,
    transaction,
)


def test_the_index_is_sorted_bytewise_and_columns_follow_the_catalogue() -> None:
    ids = ["é", "b", "a10", "a9", "Z", "007"]
    frame, features = build_features(Bank([customer(i) for i in ids]).tables())

    assert list(frame.index) == sorted(ids, key=lambda text: text.encode())
    assert (frame.index.name, frame.index.dtype) == ("customer_id", "str")
    assert list(frame.columns) == [feature.name for feature in features]


def test_numbers_are_float64_or_int64_and_categories_text() -> None:
    frame, features = build_features(mixed_bank(1).tables())

    whole = {Kind.COUNT, Kind.FLAG}
    assert {f.name: str(frame[f.name].dtype) for f in features} == {
        f.name: "str" if not f.is_numeric else "int64" if f.kind in whole else "float64"
        for f in features
    }


def test_a_source_without_transactions_has_no_features_of_them() -> None:
    bank = Bank([customer("a")], [account("a")], None)

    _, features = build_features(bank.tables())

    assert {f.family for f in features} == {"demographics", "tenure", "balances", "credit"}
    assert "card_spend" not in {f.name for f in features}


def test_a_source_of_customers_alone_has_their_attributes() -> None:
    frame, features = build_features(Bank([customer("a")], None, None).tables())

    assert features == ATTRIBUTES
    assert frame.shape == (1, len(ATTRIBUTES))


def test_a_bank_without_a_single_customer_has_an_empty_table() -> None:
    frame, features = build_features(Bank([]).tables())

    assert frame.shape == (0, len(features))
    assert [str(frame[n].dtype) for n in ("age_years", "children", "gender", "main_channel")] == [
        "float64",
        "int64",
        "str",
        "str",
    ]


@given(st.integers(0, 10**6))
@settings(max_examples=5, deadline=None)
def test_neither_the_order_of_rows_nor_the_number_of_threads_matters(seed: int) -> None:
    bank = mixed_bank(3, customers=15, transactions=200)

    one = _frame_with_threads(bank, 1)
    many = _frame_with_threads(bank.shuffled(seed), 4)

    pd.testing.assert_frame_equal(one, many, check_exact=True)


def test_rows_of_unknown_customers_are_nobodys() -> None:
    bank = mixed_bank(4)
    orphans = bank.with_accounts([account("nobody")]).with_transactions([transaction("nobody")])

    pd.testing.assert_frame_equal(_frame(bank), _frame(orphans), check_exact=True)


def test_a_repeated_customer_is_refused() -> None:
    with pytest.raises(DataError, match="1 rows of the customers repeat a customer_id"):
        build_features(Bank([customer("a"), customer("a")]).tables())


def test_a_customer_without_an_id_is_refused() -> None:
    bank = Bank([customer("a"), customer("b") | {"customer_id": None}])

    with pytest.raises(DataError, match="1 customers have no customer_id"):
        build_features(bank.tables())


def test_ids_that_are_numbers_are_refused() -> None:
    customers = ibis.memtable({"customer_id": [1, 2]})
    tables = replace(Bank([]).tables(), customers=customers, attributes=())

    with pytest.raises(DataError, match="has type int64, but ids are text"):
        build_features(tables)


def test_a_missing_value_that_is_not_allowed_is_refused() -> None:
    bank = Bank(
        [customer("a", age_years=None), customer("b"), customer("c", age_years=float("nan"))]
    )

    with pytest.raises(DataError, match="'age_years' is missing for 2 of 3 customers"):
        build_features(bank.tables())


def test_a_level_that_an_ordinal_does_not_know_is_refused() -> None:
    bank = Bank([customer("a", education="Kindergarten")])

    with pytest.raises(DataError, match="'education' has the levels 'Kindergarten', but"):
        build_features(bank.tables())


def test_an_attribute_with_the_name_of_a_feature_is_refused() -> None:
    taken = attribute("transactions", Kind.COUNT)
    tables = Bank([customer("a")], attributes=(taken,)).tables()
    tables = replace(tables, customers=tables.customers.mutate(transactions=1))

    with pytest.raises(ConfigurationError, match="More than one feature is called 'transactions'"):
        build_features(tables)


@dataclass
class _Family:
    """A family that breaks its promise."""

    table: ibis.Table
    promised: tuple[Feature, ...]
    name: str = "broken"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        return self.promised

    def build(self, tables: CanonicalTables) -> ibis.Table:
        return self.table


NUMBER = attribute("number", Kind.NUMBER)


@pytest.mark.parametrize(
    ("built", "complaint"),
    [
        ({"customer_id": ["a"], "other": [1.0]}, "builds the columns"),
        ({"customer_id": ["a", "a"], "number": [1.0, 2.0]}, "exactly one row for every customer"),
        ({"customer_id": ["b"], "number": [1.0]}, "exactly one row for every customer"),
        ({"customer_id": ["a"], "number": [float("inf")]}, "infinite for 1 customers"),
    ],
)
def test_a_family_that_breaks_its_promise_is_named(
    built: dict[str, list[object]], complaint: str
) -> None:
    family = _Family(ibis.memtable(built), (NUMBER,))

    with pytest.raises((ConfigurationError, DataError), match=complaint):
        build_features(Bank([customer("a")]).tables(), [family])


def _frame(bank: Bank, families: tuple[FeatureFamily, ...] = FAMILIES) -> pd.DataFrame:
    return build_features(bank.tables(), families)[0]


def _frame_with_threads(bank: Bank, threads: int) -> pd.DataFrame:
    """Return the features as a database with that many threads computes them."""
    database = ibis.duckdb.connect(threads=threads)
    tables = bank.tables()
    assert tables.accounts is not None
    assert tables.transactions is not None
    stored = CanonicalTables(
        database.create_table("customers", tables.customers.to_pyarrow()),
        tables.attributes,
        database.create_table("accounts", tables.accounts.to_pyarrow()),
        database.create_table("transactions", tables.transactions.to_pyarrow()),
        tables.as_of,
    )
    frame, _ = build_features(stored)
    database.disconnect()
    return frame
