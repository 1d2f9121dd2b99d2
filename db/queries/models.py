"""Models as they were saved; a changed byte is refused."""

from __future__ import annotations

from sqlalchemy import Connection, select

from core.errors import DataError
from core.lens import LensSpec
from core.pipeline.results import PublishedLens, PublishedModels
from core.readmodels import SegmentationId
from core.segmentation.model import SegmentationModel
from db.queries.segments import choice_reason, k_scores, segments, verdict
from db.tables.runs import Publication, PublicationLens, Segmentation
from db.tables.snapshots import Dataset


def model(connection: Connection, segmentation_id: SegmentationId) -> SegmentationModel:
    """The model of a segmentation; `DataError` if there is none or it was changed."""
    row = connection.execute(
        select(Segmentation.model, Segmentation.model_sha256).where(
            Segmentation.id == segmentation_id
        )
    ).one_or_none()
    if row is None:
        raise DataError(f"There is no segmentation {segmentation_id}.")
    return SegmentationModel.from_json(row.model, row.model_sha256)


def published_models(connection: Connection, dataset: str) -> PublishedModels:
    """The models and segments that are published now, by lens (empty if none)."""
    rows = connection.execute(
        select(PublicationLens.lens, PublicationLens.segmentation_id, Segmentation.lens_spec)
        .join(Segmentation, Segmentation.id == PublicationLens.segmentation_id)
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
            )
            for row in rows
        }
    )
