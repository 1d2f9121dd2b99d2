"""A snapshot as it was stored: found by its content, read back for segmenting."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection, RowMapping, select

from core.errors import DataError
from core.features.base import Feature, Kind, Sensitivity, Side
from core.lens import LensSpec
from core.pipeline.results import DatasetInfo, StoredSnapshot
from core.readmodels import SnapshotId
from db.feature_table import StoredColumn, load_feature_table
from db.tables.snapshots import (
    Dataset,
    FeatureRow,
    LensRow,
    Snapshot,
)


def find_snapshot(connection: Connection, dataset: str, fingerprint: str) -> SnapshotId | None:
    """Return the snapshot of that content, if it was stored before."""
    found = connection.execute(
        select(Snapshot.id)
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Dataset.name == dataset, Snapshot.fingerprint == fingerprint)
    ).scalar()
    return None if found is None else SnapshotId(found)


def load_snapshot(
    connection: Connection, dataset: str, snapshot_id: SnapshotId | None
) -> StoredSnapshot:
    """Return the given or the latest snapshot; `DataError` if there is none."""
    statement = (
        select(Snapshot.id, Snapshot.as_of, Dataset.title, Dataset.currency, Dataset.description)
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Dataset.name == dataset)
        .order_by(Snapshot.id.desc())
        .limit(1)
    )
    if snapshot_id is not None:
        statement = statement.where(Snapshot.id == snapshot_id)
    found = connection.execute(statement).one_or_none()
    if found is None:
        which = "" if snapshot_id is None else f" {snapshot_id}"
        raise DataError(
            f"The data set {dataset!r} has no snapshot{which}. "
            f"Read its files first: python manage.py ingest {dataset} PATH"
        )
    catalogue = connection.execute(
        select(FeatureRow.__table__)
        .where(FeatureRow.snapshot_id == found.id)
        .order_by(FeatureRow.position)
    ).all()
    specs = connection.execute(
        select(LensRow.spec).where(LensRow.snapshot_id == found.id).order_by(LensRow.position)
    ).scalars()
    columns = [StoredColumn(row.name, row.storage) for row in catalogue]
    return StoredSnapshot(
        snapshot_id=SnapshotId(found.id),
        dataset=DatasetInfo(dataset, found.title, found.currency, found.description),
        as_of=found.as_of,
        features=tuple(_feature(row._mapping) for row in catalogue),
        lenses=tuple(LensSpec.model_validate(spec) for spec in specs),
        frame=load_feature_table(connection, SnapshotId(found.id), columns),
    )


def _feature(row: RowMapping) -> Feature:
    return Feature(
        **{
            **{field.name: row[field.name] for field in fields(Feature)},
            "side": Side(row["side"]),
            "kind": Kind(row["kind"]),
            "sensitivity": Sensitivity(row["sensitivity"]),
            "source_columns": tuple(row["source_columns"]),
            "levels": tuple(row["levels"]),
        }
    )
