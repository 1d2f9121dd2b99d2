"""Users of the app, programs that ask its API, and the record of who did what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, one_of

ROLES = ("viewer", "analyst", "admin")


class UserRow(Base):
    """Someone who may sign in; changing the session token ends every session."""

    __tablename__ = "users"
    __table_args__ = (
        one_of("role", ROLES),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password_hash: Mapped[str]
    session_token: Mapped[str] = mapped_column(unique=True)
    is_active: Mapped[bool]
    created_at: Mapped[datetime]


class ApiTokenRow(Base):
    """A program that may ask the API; the token itself is not kept, only its hash."""

    __tablename__ = "api_tokens"
    __table_args__ = (
        one_of("role", ROLES),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_day: Mapped[date | None]  # on which it is still good, in UTC
    revoked_at: Mapped[datetime | None]


class AuditLine(Base):
    """Who did what to what; rows are only ever added."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
