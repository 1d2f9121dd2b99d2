"""A run's customers by recency, frequency and monetary value, as the pipeline counted them."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection, select

from core.readmodels import RfmOverview, RunId
from db.rows import tupled
from db.tables.runs import RfmOverviewRow


def rfm_overview(connection: Connection, run_id: RunId) -> RfmOverview | None:
    """The cells of a run; None where its source has no recency, frequency and money."""
    columns = [getattr(RfmOverviewRow, field.name) for field in fields(RfmOverview)]
    row = connection.execute(select(*columns).where(RfmOverviewRow.run_id == run_id)).one_or_none()
    return None if row is None else RfmOverview(*(tupled(value) for value in row))
