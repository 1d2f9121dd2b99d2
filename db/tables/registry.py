"""All tables of the data in one metadata, for migrations and tests."""

from __future__ import annotations

from db.tables import people, runs, segments, snapshots
from db.tables.base import Base

MODULES = (snapshots, runs, segments, people)
METADATA = Base.metadata
