"""Models as they were saved; a changed byte is refused."""

from __future__ import annotations

from sqlalchemy import Connection, select

from core.errors import DataError
from core.readmodels import SegmentationId
from core.segmentation.model import SegmentationModel
from db.tables.runs import Segmentation


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
