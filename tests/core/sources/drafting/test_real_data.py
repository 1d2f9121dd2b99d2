"""Drafts of the real files: keys, days and direct identifiers are found, and nothing stops them."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path

import duckdb
import pytest

from core.sources.canonical import read_source
from core.sources.columns import ColumnType, Role
from core.sources.drafting.draft import SourceDraft, draft_source
from core.sources.drafting.loading import load_folder
from core.sources.drafting.looks import draft_table
from core.sources.drafting.references import related
from core.sources.drafting.shape import Shape, shape
from core.sources.drafting.tables import Draft
from core.sources.spec import SourceSpec, spec_from

pytestmark = pytest.mark.real_data


def _looked_at(folder: Path) -> tuple[dict[str, Draft], Shape]:
    with duckdb.connect(":memory:") as connection, tempfile.TemporaryDirectory() as scratch:
        loaded = load_folder(connection, folder, Path(scratch))
        tables = related(connection, [draft_table(connection, table) for table in loaded])
        return tables, shape(connection, tables)


def _names(table: Draft, role: Role) -> set[str]:
    return {one.name for one in table.with_role(role)}


def _days(table: Draft) -> dict[str, tuple[str, ...]]:
    return {one.name: one.format for one in table.columns.values() if one.is_date}


def _drafted(folder: Path) -> tuple[SourceDraft, SourceSpec]:
    draft = draft_source(folder, as_of=None)
    queries = {n.removesuffix(".sql"): t for n, t in draft.files.items() if n.endswith(".sql")}
    return draft, spec_from(tomllib.loads(draft.files["source.toml"]), queries)


@pytest.mark.parametrize(
    ("bank", "customers"), [("cc_general", 8_950), ("wms", 10_000), ("olist", 8_135)]
)
def test_a_draft_of_real_files_reads_every_row_as_it_is(
    real_data: Path, bank: str, customers: int
) -> None:
    draft, spec = _drafted(real_data / bank)
    assert not [doubt for doubt in draft.doubts if "not yet right" in doubt]
    assert spec.lenses
    with read_source(spec, real_data / bank) as read:
        assert (read.rejects, len(read.identities)) == ((), customers)


def test_inquiries_and_credit_limits_of_the_retail_bank_are_recognised(real_data: Path) -> None:
    draft, spec = _drafted(real_data / "twm")
    assert (draft.remarks, draft.doubts) == ((), ())
    with read_source(spec, real_data / "twm") as read:
        assert (read.rejects, len(read.identities)) == ((), 747)
        found = read.engine.connection.execute(
            """SELECT
            (SELECT count(*) FROM canonical.transactions WHERE is_inquiry),
            (SELECT count(*) FROM canonical.transactions WHERE kind = 'inquiry' AND amount = 0),
            (SELECT count(*) FROM canonical.transactions WHERE (direction IS NULL) <> is_inquiry),
            (SELECT count(credit_limit) FROM canonical.accounts WHERE product = 'credit'),
            (SELECT count(credit_limit) FROM canonical.accounts WHERE product <> 'credit'),
            (SELECT count(minimum_balance) FROM canonical.accounts)"""
        ).fetchone()
    assert found == (inquiries := 8_155 + 1_802 + 929, inquiries, 0, 468, 0, 520 + 421)


def test_the_retail_bank_is_understood(real_data: Path) -> None:
    tables, found = _looked_at(real_data / "twm")
    customer = tables["twm_customer"]
    assert _names(customer, Role.DIRECT_IDENTIFIER) == {
        "name_prefix", "first_name", "last_name", "street_nbr", "street_name",
    }  # fmt: skip
    assert _names(customer, Role.SENSITIVE) == {"age", "gender", "marital_status"}
    assert _names(customer, Role.PROXY) == {"postal_code", "city_name", "state_code"}
    assert {name: table.key for name, table in tables.items()} == {
        "twm_customer": ("cust_id",),
        **{f"twm_{part}": ("acct_nbr",) for part in
           ("accounts", "checking_acct", "credit_acct", "savings_acct")},
        **{f"twm_{part}_tran": ("cust_id", "tran_id") for part in
           ("checking", "credit", "savings")},
    }  # fmt: skip
    for name in ("twm_accounts", "twm_checking_acct", "twm_credit_acct", "twm_savings_acct"):
        assert _days(tables[name]) == dict.fromkeys(
            ("acct_start_date", "acct_end_date"), ("d.m.yyyy",)
        )
    assert tables["twm_credit_tran"].columns["tran_time"].type is ColumnType.TIME
    assert (found.customers, found.accounts) == ("twm_customer", "twm_accounts")
    assert {facts.table for facts in found.facts} == {
        "twm_checking_tran", "twm_credit_tran", "twm_savings_tran",
    }  # fmt: skip


def test_the_card_holders_are_understood(real_data: Path) -> None:
    tables, found = _looked_at(real_data / "cc_general")
    holders = tables["cc_general"]
    assert holders.key == ("cust_id",)
    assert (found.customers, found.customer_column, found.facts) == ("cc_general", "cust_id", ())
    measures = [one for one in holders.columns.values() if one.is_number]
    assert len(measures) == 17
    assert holders.columns["minimum_payments"].profile.missing == 313


def test_the_investors_direct_identifiers_are_all_found(real_data: Path) -> None:
    tables, found = _looked_at(real_data / "wms")
    assert found.customers == "final_wms_customer_training_dataset"
    for table in tables.values():
        assert table.key == ("customer_id",)
        assert _names(table, Role.DIRECT_IDENTIFIER) == {
            "customer_name", "customer_pan_card_no", "customer_adhar_card_no", "address",
            "mobile_no", "kyc_number", "crn_unique_id", "demat_account_no",
        }  # fmt: skip
        assert _days(table) == {"date_of_birth": ("yyyy-mm-dd",)}
        assert _names(table, Role.SENSITIVE) == {"date_of_birth", "nationality", "age"}
        assert table.columns["zip_code"].type is ColumnType.TEXT


def test_the_orders_find_their_payments_and_customers(real_data: Path) -> None:
    tables, found = _looked_at(real_data / "olist")
    payments = tables["olist_order_payments_dataset"]
    assert payments.key == ("order_id", "payment_sequential")
    assert [(r.column, r.table) for r in payments.references] == [
        ("order_id", "olist_orders_dataset")
    ]
    assert found.customers == "olist_customers_dataset"
    facts = found.facts[0]
    assert facts.day == ("olist_orders_dataset", "order_purchase_timestamp")
    assert facts.amount == "payment_value"
    formats = set(_days(tables["olist_orders_dataset"]).values())
    assert formats == {("yyyy-mm-dd hh:mm:ss",)}
