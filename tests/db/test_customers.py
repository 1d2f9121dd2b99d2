from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, text

from core.errors import UsageError
from core.features.base import Sensitivity
from core.readmodels import CustomerAssignment, RunId, SegmentationId, SnapshotId
from db.queries import customers
from db.queries.customers import (
    customer_assignments,
    customer_features,
    find_customers,
    input_sample,
    members,
)
from db.queries.datasets import run_context
from db.queries.features import feature_catalogue
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data

SNAPSHOT, RUN, DEMOGRAPHIC = SnapshotId(1), RunId(1), SegmentationId(1)


@pytest.fixture
def connection(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> Iterator[Connection]:
    data = snapshot_data()
    direct = replace(data.features[4], sensitivity=Sensitivity.DIRECT)
    snapshots.save_snapshot(replace(data, features=(*data.features[:4], direct)))
    run_store.start_run(SNAPSHOT, {}, 1, {})
    run_store.finish_run(RUN, run_result())
    run_store.publish(RUN)
    with engine.connect() as connection:
        yield connection


def pseudonym(connection: Connection, customer_id: str) -> str:
    return str(
        connection.execute(
            text("SELECT pseudonym FROM customers WHERE customer_id = :id"), {"id": customer_id}
        ).scalar_one()
    )


@pytest.mark.parametrize("role", ["viewer", "analyst", "admin"])
def test_customers_are_found_by_the_beginning_of_their_pseudonym(
    connection: Connection, role: str
) -> None:
    wanted = pseudonym(connection, "c-03")
    for typed in (wanted, wanted.lower(), wanted[2:], wanted[:8], f"  {wanted} "):
        assert find_customers(connection, SNAPSHOT, typed, role) == (wanted,)
    assert len(find_customers(connection, SNAPSHOT, "C-", role)) == 6
    assert len(find_customers(connection, SNAPSHOT, "C-", role, limit=2)) == 2


@pytest.mark.parametrize(("role", "found"), [("viewer", 0), ("analyst", 1), ("admin", 1)])
def test_only_analysts_find_customers_by_the_banks_own_number(
    connection: Connection, role: str, found: int
) -> None:
    hits = find_customers(connection, SNAPSHOT, "c-03", role)
    assert hits == (pseudonym(connection, "c-03"),) * found


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "c-0", "' OR 1=1 --", "\\", "nobody"])
def test_what_matches_nobody_finds_nobody(connection: Connection, typed: str) -> None:
    assert find_customers(connection, SNAPSHOT, typed, "admin") == ()


def test_a_customers_features_leave_direct_identifiers_out(connection: Connection) -> None:
    assert customer_features(connection, SNAPSHOT, pseudonym(connection, "c-06")) == {
        "age_years": 74,
        "marital_status": "Unknown",
        "balance_total": -12.75,
        "recency_days": None,
    }
    assert customer_features(connection, SNAPSHOT, "C-NOBODY") is None


def test_the_view_leaves_direct_identifiers_out(connection: Connection) -> None:
    columns = connection.execute(text("SELECT * FROM published_bank")).keys()
    assert "loyalty" not in columns
    assert "recency_days" in columns


def test_a_customer_is_placed_in_every_lens(connection: Connection) -> None:
    name = pseudonym(connection, "c-05")
    expected = CustomerAssignment(name, 0, 1, 2.0, 0.05, 99.0)
    assert customer_assignments(connection, RUN, name) == {
        "demographic": expected,
        "behavioural": expected,
    }
    by_rule = pseudonym(connection, "c-06")
    assert customer_assignments(connection, RUN, by_rule)["demographic"] == CustomerAssignment(
        by_rule, 2, None, None, None, None
    )
    assert customer_assignments(connection, RUN, "C-NOBODY") == {}


def test_members_are_paged_in_order_of_their_pseudonyms(connection: Connection) -> None:
    names = sorted(pseudonym(connection, customer) for customer in ("c-03", "c-04", "c-05"))
    first = members(connection, DEMOGRAPHIC, 0, 2, "analyst")
    assert first.next_after == names[1]
    second = members(connection, DEMOGRAPHIC, 0, 2, "analyst", after=names[1])
    assert second.next_after is None
    pages = (first.members, second.members)
    assert [[member.pseudonym for member in page] for page in pages] == [names[:2], names[2:]]
    assert {member.segment for page in pages for member in page} == {0}


def test_a_page_looks_at_so_many_customers_and_no_more(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "MOST_WALKED", 2)
    found: list[str] = []
    after, pages = "", 0
    while True:
        page = members(connection, DEMOGRAPHIC, 2, 2, "analyst", after=after)
        found += [member.pseudonym for member in page.members]
        pages += 1
        if page.next_after is None:
            break
        after = page.next_after
    assert (found, pages) == ([pseudonym(connection, "c-06")], 4)  # six by twos, and the end


def test_viewers_see_no_lists_of_customers(connection: Connection) -> None:
    with pytest.raises(UsageError, match="Only analysts and administrators"):
        members(connection, DEMOGRAPHIC, 0, 10, "viewer")


def test_members_may_bring_a_feature_each(connection: Connection) -> None:
    page = members(connection, DEMOGRAPHIC, 0, 10, "analyst", value="age_years")
    by_name = dict(zip((one.pseudonym for one in page.members), page.values, strict=True))
    assert by_name[pseudonym(connection, "c-03")] == 47
    plain = members(connection, DEMOGRAPHIC, 0, 10, "analyst")
    assert (plain.members, plain.next_after, plain.values) == (page.members, page.next_after, ())


def test_a_sample_of_inputs_has_segments_and_values_of_customers_and_tells_nobody(
    connection: Connection,
) -> None:
    run = run_context(connection, "bank", RunId(1))
    assert run is not None
    known = {feature.name: feature for feature in feature_catalogue(connection, SNAPSHOT)}
    inputs = (known["age_years"], known["balance_total"])
    whole = input_sample(connection, run, DEMOGRAPHIC, inputs, 100)
    in_order = sorted(f"c-0{n}" for n in range(1, 7))
    in_order.sort(key=lambda customer: pseudonym(connection, customer))
    frame = snapshot_data().frame
    expected = frame.loc[in_order, ["age_years", "balance_total"]].to_numpy(dtype=float)
    np.testing.assert_array_equal(whole.values, expected)
    assert whole.segment[in_order.index("c-03")] == 0
    few = input_sample(connection, run, DEMOGRAPHIC, inputs, 2)
    np.testing.assert_array_equal(few.values, expected[:2])
    none = input_sample(connection, run, DEMOGRAPHIC, (), 2)
    assert (none.values.shape, none.segment.tolist()) == ((2, 0), few.segment.tolist())
