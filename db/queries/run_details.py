"""One run more closely: how its lenses were run, what it took, and what went live before it."""

from __future__ import annotations

from sqlalchemy import Connection, Select, func, select

from core.lens import LensSpec
from core.readmodels import FeatureInfo, RunDetails, RunId, SnapshotId
from db.queries.features import feature_catalogue
from db.tables.runs import Publication, PublicationEntry, Run, Segmentation
from db.tables.snapshots import Dataset, LensRow, Snapshot


def run_details(connection: Connection, run_id: RunId) -> RunDetails | None:
    """Time taken, library versions and fingerprints of the models; None if there is no such run."""
    row = connection.execute(
        select(Run.timings, Run.versions).where(Run.id == run_id)
    ).one_or_none()
    if row is None:
        return None
    models = connection.execute(
        select(Segmentation.lens, Segmentation.model_sha256)
        .where(Segmentation.run_id == run_id)
        .order_by(Segmentation.position)
    ).all()
    return RunDetails(
        timings=tuple((str(step), float(seconds)) for step, seconds in row.timings),
        versions=tuple((name, version) for name, version in row.versions.items()),
        models=tuple((model.lens, model.model_sha256) for model in models),
    )


def lenses_as_run(connection: Connection, run_id: RunId) -> tuple[LensSpec, ...]:
    """The lenses of a run with what was chosen for it."""
    specs = connection.execute(
        select(Segmentation.lens_spec)
        .where(Segmentation.run_id == run_id)
        .order_by(Segmentation.position)
    ).scalars()
    return tuple(LensSpec.model_validate(spec) for spec in specs)


def lenses_to_run(connection: Connection, dataset: str) -> tuple[LensSpec, ...]:
    """The lenses of the latest snapshot: what a new run can look through; empty without data."""
    latest = _latest_snapshot(dataset).scalar_subquery()
    specs = connection.execute(
        select(LensRow.spec).where(LensRow.snapshot_id == latest).order_by(LensRow.position)
    ).scalars()
    return tuple(LensSpec.model_validate(spec) for spec in specs)


def features_to_run(connection: Connection, dataset: str) -> tuple[FeatureInfo, ...]:
    """The features of the latest snapshot: what a new run can look at; empty without data."""
    latest = connection.scalars(_latest_snapshot(dataset)).one()
    return () if latest is None else feature_catalogue(connection, SnapshotId(latest))


def _latest_snapshot(dataset: str) -> Select[int | None]:
    return (
        select(func.max(Snapshot.id))
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Dataset.name == dataset)
    )


def published_before(connection: Connection, dataset: str) -> RunId | None:
    """The run that rolling back would make live again; None if there is none."""
    live = (
        select(PublicationEntry.previous_id)
        .join(Publication, Publication.entry_id == PublicationEntry.id)
        .join(Dataset, Dataset.id == Publication.dataset_id)
        .where(Dataset.name == dataset)
        .scalar_subquery()
    )
    found = connection.execute(
        select(PublicationEntry.run_id).where(PublicationEntry.id == live)
    ).scalar()
    return None if found is None else RunId(found)
