"""Who may sign in."""

from __future__ import annotations

from sqlalchemy import ColumnExpressionArgument, Connection, select

from core.readmodels import UserAccount
from db.tables.people import UserRow


def users(connection: Connection) -> tuple[UserAccount, ...]:
    """Every user, active or not, in order of name."""
    return _users(connection)


def user_by_name(connection: Connection, name: str) -> UserAccount | None:
    """The user who signs in under a name; capitals do not count."""
    found = _users(connection, UserRow.name == name.strip().lower())
    return found[0] if found else None


def user_by_session(connection: Connection, session_token: str) -> UserAccount | None:
    """The active user whose sessions carry this token, None once they were ended."""
    found = _users(connection, UserRow.session_token == session_token, UserRow.is_active)
    return found[0] if found else None


def _users(
    connection: Connection, *where: ColumnExpressionArgument[bool]
) -> tuple[UserAccount, ...]:
    statement = (
        select(
            UserRow.id,
            UserRow.name,
            UserRow.role,
            UserRow.password_hash,
            UserRow.session_token,
            UserRow.is_active,
        )
        .where(*where)
        .order_by(UserRow.name)
    )
    return tuple(UserAccount(*row) for row in connection.execute(statement))
