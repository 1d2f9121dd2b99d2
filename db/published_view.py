"""The SQL view of what is live, for Power BI, Superset, QuickSight or a notebook."""

from __future__ import annotations

from sqlalchemy import Connection, Row, select, text
from sqlalchemy.exc import DBAPIError

from core.errors import UsageError
from core.features.base import Sensitivity
from core.sql import quoted
from db.names import view_columns
from db.tables.runs import PublicationLens
from db.tables.snapshots import FeatureRow

_STILL_USED = "2BP01"  # Postgres: dependent objects still exist


def view_name(dataset: str) -> str:
    """Return the name of a data set's view."""
    return f"published_{dataset}"


def replace_published_view(
    connection: Connection, dataset: str, snapshot_id: int, entry_id: int
) -> None:
    """Make the view show a publication, within the caller's transaction; grants are kept.

    One row per customer: customer_id, the features that identify nobody directly, and of each lens
    the segment's key and name and the customer's distance; none of them where the lens cannot look
    at the customer.
    """
    name = quoted(view_name(dataset))
    grants = _grants(connection, view_name(dataset))
    try:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _STILL_USED:
            raise
        detail = error.orig.diag.message_detail  # type: ignore[union-attr]
        raise UsageError(
            f"The view {view_name(dataset)} cannot be replaced, because something was built on it: "
            f"{detail}. Nothing was changed; drop that first, and make it again afterwards."
        ) from None
    connection.exec_driver_sql(
        f"CREATE VIEW {name} AS {_query(connection, snapshot_id, entry_id)}",
        execution_options={"no_parameters": True},  # a % in a feature's name is just a %
    )
    for grant in grants:
        connection.exec_driver_sql(
            f"GRANT {grant.privilege_type} ON {name} TO {_grantee(grant.grantee)}"
        )


def _query(connection: Connection, snapshot_id: int, entry_id: int) -> str:
    features = connection.execute(
        select(FeatureRow.name)
        .where(
            FeatureRow.snapshot_id == snapshot_id,
            FeatureRow.sensitivity != Sensitivity.DIRECT.value,
        )
        .order_by(FeatureRow.position)
    ).scalars()
    lenses = connection.execute(
        select(PublicationLens.lens, PublicationLens.segmentation_id)
        .where(PublicationLens.entry_id == entry_id)
        .order_by(PublicationLens.position)
    ).all()
    columns = ["f.customer_id", *(f"f.{quoted(name)}" for name in features)]
    joins = []
    for n, (lens, segmentation_id) in enumerate(lenses):
        name = f"CASE WHEN i{n}.is_named THEN i{n}.name ELSE s{n}.name END"
        found = (f"i{n}.key", name, f"a{n}.distance")
        columns += [
            f"{value} AS {quoted(column)}"
            for value, column in zip(found, view_columns(lens), strict=True)
        ]
        joins.append(
            f"LEFT JOIN assignments a{n} ON a{n}.segmentation_id = {segmentation_id} "
            f"AND a{n}.customer_id = f.customer_id "
            f"LEFT JOIN segments s{n} ON s{n}.segmentation_id = a{n}.segmentation_id "
            f"AND s{n}.number = a{n}.segment "
            f"LEFT JOIN segment_identities i{n} ON i{n}.id = s{n}.identity_id"
        )
    table = quoted(f"snapshot_{snapshot_id}_features")
    return f"SELECT {', '.join(columns)} FROM {table} f {' '.join(joins)}"  # noqa: S608  (quoted)


def _grants(connection: Connection, view: str) -> list[Row[str, str]]:
    """Return who may do what with the view besides its owner (SQLite knows no grants)."""
    if connection.dialect.name == "sqlite":
        return []
    return list(
        connection.execute(
            text(
                "SELECT grantee, privilege_type FROM information_schema.role_table_grants "
                "WHERE table_schema = current_schema() AND table_name = :view "
                "AND grantee <> grantor"
            ),
            {"view": view},
        ).all()
    )


def _grantee(name: str) -> str:
    return "PUBLIC" if name == "PUBLIC" else quoted(name)
