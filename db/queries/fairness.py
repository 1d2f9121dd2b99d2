"""How a run treats people: its purpose, and per lens the check and the meters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import Connection, select

from core.fairness import Fairness, PermutationCheck, ProxyMeter, TypicalityCount
from core.lens import LensSpec
from core.readmodels import SegmentationId
from db.rows import read_rows, tupled
from db.tables.fairness import PermutationCheckRow, ProxyMeterRow, TypicalityCountRow
from db.tables.runs import Run, Segmentation


def fairness(connection: Connection, segmentation_id: SegmentationId) -> Fairness | None:
    """How a segmentation treats people; None where an older version made it."""
    columns = [getattr(PermutationCheckRow, field.name) for field in fields(PermutationCheck)]
    row = connection.execute(
        select(*columns).where(PermutationCheckRow.segmentation_id == segmentation_id)
    ).one_or_none()
    if row is None:
        return None
    meters = read_rows(
        connection, ProxyMeterRow, ProxyMeter, ProxyMeterRow.segmentation_id == segmentation_id
    )
    return Fairness(PermutationCheck(*(tupled(value) for value in row)), meters)


def typicality_count(
    connection: Connection, segmentation_id: SegmentationId
) -> TypicalityCount | None:
    """How many customers are unlike any that the model knows; None where nobody counted."""
    row = connection.execute(
        select(TypicalityCountRow.measured, TypicalityCountRow.unlike).where(
            TypicalityCountRow.segmentation_id == segmentation_id
        )
    ).one_or_none()
    return None if row is None else TypicalityCount(*row)


def purpose_of(connection: Connection, segmentation_id: SegmentationId) -> str:
    """What the run that made a segmentation is for; empty where nobody said."""
    config = connection.execute(
        select(Run.config)
        .join(Segmentation, Segmentation.run_id == Run.id)
        .where(Segmentation.id == segmentation_id)
    ).scalar()
    return str((config or {}).get("purpose") or "")


def lenses_as_shown(
    connection: Connection, segmentation_ids: Sequence[SegmentationId]
) -> tuple[LensSpec, ...]:
    """The lenses of segmentations as they were run, in the order given."""
    found = {
        row.id: LensSpec.model_validate(row.lens_spec)
        for row in connection.execute(
            select(Segmentation.id, Segmentation.lens_spec).where(
                Segmentation.id.in_(list(segmentation_ids))
            )
        )
    }
    return tuple(found[one] for one in segmentation_ids if one in found)
