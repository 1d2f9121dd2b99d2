"""The record of who did what; lines are only ever added."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from db.clock import database_now
from db.tables.people import AuditLine


def record(connection: Connection, actor: str, action: str, subject: str, **detail: object) -> None:
    """Add a line within the caller's transaction, so that it stands exactly when the deed does."""
    connection.execute(
        insert(AuditLine),
        {
            "at": database_now(connection),
            "actor": actor,
            "action": action,
            "subject": subject,
            "detail": detail,
        },
    )
