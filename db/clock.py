"""The database's clock: one time for every process that writes to it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection


def database_now(connection: Connection) -> datetime:
    """Return the present time in UTC as the database knows it."""
    if connection.dialect.name == "sqlite":
        text = connection.exec_driver_sql(
            "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"
        ).scalar_one()
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    moment: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return moment.astimezone(UTC)
