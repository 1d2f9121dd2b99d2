"""Customers, one at a time or by the page: the one module that reads them.

People see pseudonyms. A customer's own number is never returned; analysts may search by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    select,
    table,
)
from sqlalchemy import column as sql_column
from sqlalchemy.orm import InstrumentedAttribute

from core.errors import UsageError
from core.features.base import Sensitivity
from core.readmodels import (
    CustomerAssignment,
    FeatureInfo,
    PairSample,
    RunContext,
    RunId,
    SegmentationId,
    SnapshotId,
)
from db.pseudonyms import PREFIX
from db.queries.change import names_before
from db.queries.published import lenses_of_run
from db.tables.runs import Run, Segmentation
from db.tables.segments import Assignment
from db.tables.snapshots import Customer, FeatureRow

PRIVILEGED = frozenset({"analyst", "admin"})
LARGEST_PAGE = 1000
MOST_WALKED = 50_000  # customers looked at for one page of a segment, however small it is


def find_customers(
    connection: Connection, snapshot_id: SnapshotId, text: str, role: str, limit: int = 10
) -> tuple[str, ...]:
    """Pseudonyms that begin with the text, and for analysts the customer of exactly that number."""
    wanted = text.strip()
    if not wanted:
        return ()
    mine = select(Customer.pseudonym).where(Customer.snapshot_id == snapshot_id)
    found: list[str] = []
    if role in PRIVILEGED:
        found += connection.execute(mine.where(Customer.customer_id == wanted)).scalars()
    begins = mine.where(_begins_with(Customer.pseudonym, _as_pseudonym(wanted)))
    found += connection.execute(begins.order_by(Customer.pseudonym).limit(limit)).scalars()
    return tuple(dict.fromkeys(found))[:limit]


def customer_features(
    connection: Connection, snapshot_id: SnapshotId, pseudonym: str
) -> dict[str, float | str | None] | None:
    """One customer's features that identify nobody directly; None if there is no such customer."""
    customer_id = _customer_id(connection, snapshot_id, pseudonym)
    names = connection.execute(
        select(FeatureRow.name)
        .where(
            FeatureRow.snapshot_id == snapshot_id,
            FeatureRow.sensitivity != Sensitivity.DIRECT.value,
        )
        .order_by(FeatureRow.position)
    ).scalars()
    if customer_id is None:
        return None
    columns: dict[str, ColumnClause[Any]] = {name: sql_column(name) for name in names}
    features = table(
        f"snapshot_{snapshot_id}_features", sql_column("customer_id"), *columns.values()
    )
    row = connection.execute(
        select(*columns.values()).select_from(features).where(features.c.customer_id == customer_id)
    ).one()
    return dict(zip(columns, row, strict=True))


def customer_assignments(
    connection: Connection, run_id: RunId, pseudonym: str
) -> dict[str, CustomerAssignment]:
    """Where one customer belongs in each lens that is shown with a run; empty if nowhere."""
    lenses = {lens.segmentation_id: lens.name for lens in lenses_of_run(connection, run_id)}
    snapshot_id = select(Run.snapshot_id).where(Run.id == run_id).scalar_subquery()
    statement = (
        _assignments(snapshot_id)
        .add_columns(Assignment.since, Assignment.previous, Assignment.segmentation_id)
        .where(Assignment.segmentation_id.in_(list(lenses)), Customer.pseudonym == pseudonym)
    )
    rows = connection.execute(statement).all()
    names = names_before(connection, {row.segmentation_id: row.previous for row in rows})
    found = {
        row.segmentation_id: CustomerAssignment(
            row.pseudonym,
            row.segment,
            row.runner_up,
            row.distance,
            row.margin,
            row.typicality,
            row.since,
            names.get(row.segmentation_id),
        )
        for row in rows
    }
    return {name: found[id_] for id_, name in lenses.items() if id_ in found}


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Customers of a segment, and the pseudonym after which the next page begins (None: done).

    A page may hold fewer than were asked for, or none, while there is a next one: so many
    customers are looked at for one page, and no more.
    """

    members: tuple[CustomerAssignment, ...]
    next_after: str | None
    values: tuple[float | None, ...] = ()  # of the feature asked for, one per customer


def members(
    connection: Connection,
    segmentation_id: SegmentationId,
    segment: int,
    limit: int,
    role: str,
    after: str = "",
    value: str | None = None,
) -> MembersPage:
    """A page of a segment's customers in order of their pseudonyms, for analysts.

    It begins behind a pseudonym, wherever that is: a late page costs what an early one does.
    ``value`` is a numeric feature to be told of each.
    """
    if role not in PRIVILEGED:
        raise UsageError("Only analysts and administrators see lists of customers.")
    of_snapshot = (
        select(Run.snapshot_id)
        .join(Segmentation, Segmentation.run_id == Run.id)
        .where(Segmentation.id == segmentation_id)
    )
    snapshot_id = of_snapshot.scalar_subquery()
    last_walked = connection.execute(
        select(Customer.pseudonym)
        .where(Customer.snapshot_id == snapshot_id, Customer.pseudonym > after)
        .order_by(Customer.pseudonym)
        .offset(MOST_WALKED - 1)
        .limit(1)
    ).scalar()
    size = min(limit, LARGEST_PAGE)
    statement = (
        _assignments(snapshot_id)
        .where(
            Assignment.segmentation_id == segmentation_id,
            Assignment.segment == segment,
            Customer.pseudonym > after,
        )
        .order_by(Customer.pseudonym)
        .limit(size + 1)
    )
    if last_walked is not None:
        statement = statement.where(Customer.pseudonym <= last_walked)
    if value is None:
        rows = connection.execute(statement).all()
        found = tuple(CustomerAssignment(*row) for row in rows[:size])
        return MembersPage(found, found[-1].pseudonym if len(rows) > size else last_walked)
    number = connection.execute(of_snapshot).scalar_one()
    features = table(f"snapshot_{number}_features", sql_column("customer_id"), sql_column(value))
    with_value = statement.add_columns(features.c[value]).join(
        features, features.c.customer_id == Customer.customer_id
    )
    told: list[tuple[Any, ...]] = [tuple(row) for row in connection.execute(with_value)]
    found = tuple(CustomerAssignment(*row[:-1]) for row in told[:size])
    return MembersPage(
        found,
        found[-1].pseudonym if len(told) > size else last_walked,
        tuple(row[-1] for row in told[:size]),
    )


def input_sample(
    connection: Connection,
    run: RunContext,
    segmentation_id: SegmentationId,
    features: Sequence[FeatureInfo],
    most: int,
) -> PairSample:
    """Segment and some numeric features of a few customers, who are told in no way.

    They are the first in the order of their pseudonyms, which has nothing to do with anything else.
    """
    columns: list[ColumnClause[Any]] = [sql_column(feature.name) for feature in features]
    wide = table(f"snapshot_{run.snapshot_id}_features", sql_column("customer_id"), *columns)
    rows = connection.execute(
        select(Assignment.segment, *(wide.c[feature.name] for feature in features))
        .select_from(Customer)
        .join(Assignment, Assignment.customer_id == Customer.customer_id)
        .join(wide, wide.c.customer_id == Customer.customer_id)
        .where(
            Customer.snapshot_id == run.snapshot_id,
            Customer.pseudonym > "",  # all of them, from the first on by the index
            Assignment.segmentation_id == segmentation_id,
        )
        .order_by(Customer.pseudonym)
        .limit(most)
    ).all()
    return PairSample(
        segment=np.array([row[0] for row in rows], dtype=np.int16),
        values=np.array([row[1:] for row in rows], dtype=float).reshape(len(rows), len(features)),
        features=tuple(features),
    )


def _assignments(
    snapshot_id: ScalarSelect[int],
) -> Select[str, int, int | None, float | None, float | None, float | None]:
    """Assignments of a snapshot's customers. One known snapshot lets an index give the order."""
    return (
        select(
            Customer.pseudonym,
            Assignment.segment,
            Assignment.runner_up,
            Assignment.distance,
            Assignment.margin,
            Assignment.typicality,
        )
        .join(Customer, Customer.customer_id == Assignment.customer_id)
        .where(Customer.snapshot_id == snapshot_id)
    )


def _customer_id(connection: Connection, snapshot_id: SnapshotId, pseudonym: str) -> str | None:
    return connection.execute(
        select(Customer.customer_id).where(
            Customer.snapshot_id == snapshot_id, Customer.pseudonym == pseudonym
        )
    ).scalar()


def _as_pseudonym(text: str) -> str:
    """Return what was typed as pseudonyms are written: capitals, the prefix optional."""
    upper = text.upper()
    return upper if upper.startswith(PREFIX) else f"{PREFIX}{upper}"


def _begins_with(column: InstrumentedAttribute[str], prefix: str) -> ColumnElement[bool]:
    """A range of the index instead of LIKE, so that wildcards are plain characters."""
    return (column >= prefix) & (column < prefix + "\U0010ffff")
