"""Stores on a fresh database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import KEY


@pytest.fixture
def snapshots(engine: Engine) -> SqlSnapshotStore:
    """Where snapshots are kept."""
    return SqlSnapshotStore(engine, pseudonym_key=KEY)


@pytest.fixture
def run_store(engine: Engine) -> SqlRunStore:
    """Where runs are kept."""
    return SqlRunStore(engine, user="an analyst")
