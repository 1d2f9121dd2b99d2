"""Which programs may ask the API."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Select, select

from core.readmodels import ApiToken
from db.clock import database_now
from db.tables.people import ApiTokenRow


def tokens(connection: Connection) -> tuple[ApiToken, ...]:
    """Every token, good or not, in order of name."""
    return tuple(ApiToken(*row) for row in connection.execute(_tokens().order_by(ApiTokenRow.name)))


def token_by_hash(connection: Connection, token_hash: str) -> ApiToken | None:
    """The token of that hash while it is good; None once it was revoked or its last day is over."""
    row = connection.execute(
        _tokens().where(ApiTokenRow.token_hash == token_hash, ApiTokenRow.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    found = ApiToken(*row)
    is_over = found.last_day is not None and found.last_day < database_now(connection).date()
    return None if is_over else found


def _tokens() -> Select[str, str, datetime, date | None, datetime | None]:
    return select(
        ApiTokenRow.name,
        ApiTokenRow.role,
        ApiTokenRow.created_at,
        ApiTokenRow.last_day,
        ApiTokenRow.revoked_at,
    )
