"""What is live in a data set, as the pipeline needs it to match, score and publish again.

Apart from the queries, since the pipeline's results bring pandas along, which no web process needs.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from core.lens import LensSpec
from core.pipeline.results import Origin, PublishedLens, PublishedModels
from core.readmodels import SnapshotId
from db.queries.models import model
from db.queries.quality import quality
from db.queries.segments import choice_reason, k_scores, segments, verdict
from db.tables.runs import Publication, PublicationLens, Run, Segmentation
from db.tables.snapshots import Dataset, LensRow, Snapshot


def published_models(connection: Connection, dataset: str) -> PublishedModels:
    """The models and segments that are published now, by lens (empty if none)."""
    rows = connection.execute(
        select(
            PublicationLens.lens,
            PublicationLens.segmentation_id,
            Segmentation.lens_spec,
            Snapshot.id.label("snapshot_id"),
            Snapshot.as_of,
            LensRow.spec.label("described"),
        )
        .join(Segmentation, Segmentation.id == PublicationLens.segmentation_id)
        .join(Run, Run.id == Segmentation.run_id)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .join(
            LensRow,
            (LensRow.snapshot_id == Run.snapshot_id) & (LensRow.name == PublicationLens.lens),
        )
        .join(Publication, Publication.entry_id == PublicationLens.entry_id)
        .join(Dataset, Dataset.id == Publication.dataset_id)
        .where(Dataset.name == dataset)
        .order_by(PublicationLens.position)
    ).all()
    return PublishedModels(
        {
            row.lens: PublishedLens(
                model=model(connection, row.segmentation_id),
                segments=segments(connection, row.segmentation_id),
                lens=LensSpec.model_validate(row.lens_spec),
                reason=choice_reason(connection, row.segmentation_id),
                verdict=verdict(connection, row.segmentation_id),
                k_scores=k_scores(connection, row.segmentation_id),
                described=LensSpec.model_validate(row.described),
                quality=quality(connection, row.segmentation_id),
                origin=Origin(row.segmentation_id, SnapshotId(row.snapshot_id), row.as_of),
            )
            for row in rows
        }
    )
