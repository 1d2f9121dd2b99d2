"""All tables of the data in one metadata, for migrations and tests."""

from __future__ import annotations

from db.tables import (
    change,
    fairness,
    glossary,
    left_out,
    people,
    profiles,
    quality,
    recipes,
    runs,
    segments,
    snapshots,
    traces,
)
from db.tables.base import Base

MODULES = (
    snapshots,
    left_out,
    profiles,
    recipes,
    runs,
    segments,
    traces,
    quality,
    change,
    fairness,
    people,
    glossary,
)
METADATA = Base.metadata
