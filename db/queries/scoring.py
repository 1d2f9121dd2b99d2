"""Everything that a file is answered by: a lens of a run, its model, its segments, its layout."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from core.readmodels import LensSummary, RunContext, SegmentSummary
from core.scoring_layout import one_file_spec
from core.segmentation.model import SegmentationModel
from core.sources.spec import SourceSpec
from db.queries.features import feature_catalogue
from db.queries.models import model
from db.queries.segments import segments


@dataclass(frozen=True, slots=True, eq=False)
class ScoringGround:
    """A lens of a run as files are scored by it."""

    run: RunContext
    lens: LensSummary
    model: SegmentationModel
    segments: tuple[SegmentSummary, ...]
    spec: SourceSpec | None  # the bank's own layout of customers, where one file holds them


def scoring_ground(connection: Connection, run: RunContext, lens: LensSummary) -> ScoringGround:
    """What files are scored by, under the segments' present names."""
    return ScoringGround(
        run,
        lens,
        model(connection, lens.segmentation_id),
        segments(connection, lens.segmentation_id),
        one_file_spec(run.dataset.name, feature_catalogue(connection, run.snapshot_id)),
    )
