"""Which columns of files canonical columns are made of."""

from __future__ import annotations

import pytest

from core.sources.lineage import column_sources, sources_of_query
from core.sources.spec import SourceSpec, catalogue, load_spec

TABLES = {
    "people": {"id": "VARCHAR", "income": "VARCHAR", "children": "VARCHAR"},
    "north": {"id": "VARCHAR", "paid": "VARCHAR"},
    "south": {"id": "VARCHAR", "paid": "VARCHAR"},
}


def sources(sql: str) -> dict[str, tuple[str, ...]]:
    return {found.column: found.sources for found in sources_of_query("customers", sql, TABLES)}


def test_a_column_comes_from_what_it_is_computed_from() -> None:
    assert sources("SELECT id AS customer_id, income / (1 + children) AS each FROM people") == {
        "customer_id": ("people.id",),
        "each": ("people.children", "people.income"),
    }


def test_united_tables_are_all_sources_through_any_depth() -> None:
    sql = """
    WITH booked AS (SELECT * FROM north UNION ALL BY NAME SELECT * FROM south)
    SELECT p.id, sum(b.paid) AS paid FROM people AS p JOIN booked AS b USING (id) GROUP BY p.id
    """
    assert sources(sql) == {"id": ("people.id",), "paid": ("north.paid", "south.paid")}


def test_the_expression_is_told_as_it_was_written() -> None:
    (found,) = sources_of_query("customers", "SELECT upper(p.id) AS id FROM people AS p", TABLES)
    assert (found.table, found.expression) == ("customers", "UPPER(p.id)")


def test_names_are_spelled_as_in_the_files() -> None:
    tables = {"CC GENERAL": {"CUST_ID": "VARCHAR"}}
    (found,) = sources_of_query("customers", 'SELECT cust_id AS id FROM "CC GENERAL"', tables)
    assert found.sources == ("CC GENERAL.CUST_ID",)


@pytest.mark.parametrize("sql", ["SELECT FROM WHERE", "DROP TABLE people", ""])
def test_what_cannot_be_read_has_no_entries(sql: str) -> None:
    assert sources_of_query("customers", sql, TABLES) == ()


@pytest.mark.parametrize("name", catalogue())
def test_every_shipped_source_knows_where_its_columns_come_from(name: str) -> None:
    spec: SourceSpec = load_spec(name)
    found = column_sources(spec)
    assert {entry.table for entry in found} == set(spec.queries)
    read = {f"{t}.{c}" for t, table in spec.tables.items() for c in table.read_columns}
    assert {source for entry in found for source in entry.sources} <= read
    ids = [entry for entry in found if entry.column == "customer_id"]
    assert ids
    assert all(entry.sources for entry in ids)


def test_card_debt_comes_from_the_balance_of_accounts() -> None:
    found = {(f.table, f.column): f.sources for f in column_sources(load_spec("bank"))}
    assert found["accounts", "balance"] == ("twm_accounts.ending_balance",)
    assert found["accounts", "minimum_balance"] == (
        "twm_checking_acct.minimum_balance",
        "twm_savings_acct.minimum_balance",
    )
