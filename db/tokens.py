"""Letting programs ask the API, and no more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select, update

from core.errors import UsageError, one_of
from db.audit import record
from db.clock import database_now
from db.queries.tokens import tokens as tokens
from db.tables.people import ROLES, ApiTokenRow

LONGEST_NAME = 100


def add_token(
    connection: Connection,
    name: str,
    role: str,
    token_hash: str,
    *,
    last_day: date | None = None,
    actor: str = "command line",
) -> None:
    """Let a program in under a name; a name whose token was revoked or is over may be given again.

    Only the hash of the token is kept: who loses the token gets another one.
    """
    if role not in ROLES:
        raise UsageError(one_of("role", role, ROLES))
    key = name.strip().lower()
    if not key or not key.isprintable() or len(key) > LONGEST_NAME:
        raise UsageError(
            f"The token's name is {name!r}. Give a name of 1 to {LONGEST_NAME} printable "
            "characters: the program that will use it."
        )
    now = database_now(connection)
    if last_day is not None and last_day < now.date():
        raise UsageError(
            f"The token's last day, {last_day.isoformat()}, is over. Give today or a later day."
        )
    values = {
        "role": role,
        "token_hash": token_hash,
        "created_at": now,
        "last_day": last_day,
        "revoked_at": None,
    }
    known = connection.execute(
        select(ApiTokenRow.id, ApiTokenRow.last_day, ApiTokenRow.revoked_at).where(
            ApiTokenRow.name == key
        )
    ).one_or_none()
    if known is None:
        connection.execute(insert(ApiTokenRow), values | {"name": key})
    elif known.revoked_at is None and (known.last_day is None or known.last_day >= now.date()):
        raise UsageError(
            f"There is a token {key!r} already. Choose another name, or revoke that one first: "
            f"python manage.py tokens revoke {key}"
        )
    else:
        connection.execute(update(ApiTokenRow).where(ApiTokenRow.id == known.id).values(values))
    detail = {} if last_day is None else {"last_day": last_day.isoformat()}
    record(connection, actor, "add token", key, role=role, **detail)


def revoke_token(connection: Connection, name: str, *, actor: str = "command line") -> None:
    """Let a program in no more, from its next request on."""
    key = name.strip().lower()
    changed = connection.execute(
        update(ApiTokenRow)
        .where(ApiTokenRow.name == key, ApiTokenRow.revoked_at.is_(None))
        .values(revoked_at=database_now(connection))
    )
    if not changed.rowcount:
        raise UsageError(
            f"There is no token {name!r} to revoke. Tokens are listed by: "
            "python manage.py tokens list"
        )
    record(connection, actor, "revoke token", key)
