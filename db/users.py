"""Adding, changing and deactivating users."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select, update

from core.errors import UsageError, one_of
from db.audit import record
from db.clock import database_now
from db.queries.users import users as users
from db.tables.people import ROLES, UserRow


def add_user(
    connection: Connection, name: str, role: str, password_hash: str, *, actor: str = "command line"
) -> None:
    """Add a user, or let a deactivated one in again with a new role and password."""
    if role not in ROLES:
        raise UsageError(one_of("role", role, ROLES))
    key = name.strip().lower()
    if not key:
        raise UsageError("The user's name is empty. Give the name or address to sign in with.")
    values = {
        "role": role,
        "password_hash": password_hash,
        "session_token": secrets.token_urlsafe(32),
        "is_active": True,
    }
    known = connection.execute(
        select(UserRow.id, UserRow.is_active).where(UserRow.name == key)
    ).one_or_none()
    if known is None:
        values |= {"name": key, "created_at": database_now(connection)}
        connection.execute(insert(UserRow), values)
    elif known.is_active:
        raise UsageError(f"There is a user {key!r} already.")
    else:
        connection.execute(update(UserRow).where(UserRow.id == known.id).values(values))
    record(connection, actor, "add user", key, role=role)


def set_password(
    connection: Connection, name: str, password_hash: str, *, actor: str = "command line"
) -> None:
    """Give a user a new password and end their sessions."""
    _change(connection, name, password_hash=password_hash)
    record(connection, actor, "set password", name)


def set_role(connection: Connection, name: str, role: str, *, actor: str = "command line") -> None:
    """Give a user another role and end their sessions."""
    if role not in ROLES:
        raise UsageError(one_of("role", role, ROLES))
    _change(connection, name, role=role)
    record(connection, actor, "set role", name, role=role)


def deactivate_user(connection: Connection, name: str, *, actor: str = "command line") -> None:
    """Let a user in no more and end their sessions; what they did stays in the audit."""
    _change(connection, name, is_active=False)
    record(connection, actor, "deactivate user", name)


def end_sessions(connection: Connection, name: str, *, actor: str) -> None:
    """Sign a user out everywhere."""
    _change(connection, name)
    record(connection, actor, "end sessions", name)


def _change(connection: Connection, name: str, **values: object) -> None:
    changed = connection.execute(
        update(UserRow)
        .where(UserRow.name == name.strip().lower())
        .values(session_token=secrets.token_urlsafe(32), **values)
    )
    if not changed.rowcount:
        raise UsageError(
            f"There is no user {name!r}. Users are listed by: python manage.py users list"
        )
