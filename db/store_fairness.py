"""Writing how a lens of a run treats people, within the run's transaction."""

from __future__ import annotations

from sqlalchemy import Connection

from core.pipeline.results import SegmentationResult
from db.rows import insert_ordered, insert_rows, row_of
from db.tables.fairness import PermutationCheckRow, ProxyMeterRow, TypicalityCountRow


def insert_fairness(
    connection: Connection, segmentation_id: int, result: SegmentationResult
) -> None:
    """Write the check, the meters and the count of customers unlike any known one."""
    owner = {"segmentation_id": segmentation_id}
    if result.fairness is not None:
        insert_rows(connection, PermutationCheckRow, [row_of(result.fairness.check, **owner)])
        insert_ordered(connection, ProxyMeterRow, owner, result.fairness.meters)
    if result.typicality is not None:
        insert_rows(connection, TypicalityCountRow, [row_of(result.typicality, **owner)])
