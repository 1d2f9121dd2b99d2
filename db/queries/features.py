"""The catalogue of features: what each column of a snapshot means."""

from __future__ import annotations

from sqlalchemy import Connection

from core.readmodels import FeatureInfo, SnapshotId
from db.rows import read_rows
from db.tables.snapshots import FeatureRow


def feature_catalogue(connection: Connection, snapshot_id: SnapshotId) -> tuple[FeatureInfo, ...]:
    """Every feature of a snapshot, in the order of the families that compute them."""
    return read_rows(connection, FeatureRow, FeatureInfo, FeatureRow.snapshot_id == snapshot_id)
