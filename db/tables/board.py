"""The job board's tables, apart from the data's: jobs, and the files that some of them have."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.readmodels import JobStatus
from db.engine import QUEUE_SCHEMA
from db.tables.base import NAMING_CONVENTION, Base, one_of


class Board(DeclarativeBase):
    """The tables of the job board; they are made, not migrated."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION, schema=QUEUE_SCHEMA)
    type_annotation_map = Base.type_annotation_map


class Job(Board):
    """One piece of background work."""

    __tablename__ = "jobs"
    __table_args__ = (one_of("status", JobStatus), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset: Mapped[str] = mapped_column(index=True)
    config: Mapped[dict[str, Any]] = mapped_column(JSON)
    requested_by: Mapped[str]
    status: Mapped[str]
    fraction: Mapped[float]
    step: Mapped[str]
    message: Mapped[str]
    run_id: Mapped[int | None]
    created_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]


class JobFile(Board):
    """A file that a job was given or has made, compressed."""

    __tablename__ = "job_files"

    job_id: Mapped[int] = mapped_column(ForeignKey(Job.id, ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
