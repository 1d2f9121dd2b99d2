"""What came of reading a bank's files and of a run, as commands and jobs tell it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from core.pipeline.results import SegmentationResult
from core.readmodels import FileRead, RunId, SnapshotId, VerdictLevel
from core.sources.spec import SourceSpec


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of reading a bank's files."""

    dataset: str
    snapshot_id: SnapshotId
    as_of: date
    unchanged: bool
    customers: int
    features: int
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    remarks: tuple[str, ...] = ()  # sentences: what is odd about days, what was not read

    def record(self) -> dict[str, object]:
        """Return the report as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LensReport:
    """What one lens of a run found."""

    label: str
    names: tuple[str, ...]
    k: int
    verdict: VerdictLevel
    reason: str  # why this many segments
    verdict_reason: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run found."""

    run_id: RunId
    published: bool
    lenses: tuple[LensReport, ...]

    def record(self) -> dict[str, object]:
        """Return the report as plain values."""
        return asdict(self)


def ingest_report(
    spec: SourceSpec,
    files: tuple[FileRead, ...],
    snapshot_id: SnapshotId,
    as_of: date,
    shape: tuple[int, int],
    *,
    unchanged: bool,
    remarks: tuple[str, ...] = (),
) -> IngestReport:
    """Return what came of reading files into a snapshot of this many customers and features."""
    return IngestReport(
        dataset=spec.name,
        snapshot_id=snapshot_id,
        as_of=as_of,
        unchanged=unchanged,
        customers=shape[0],
        features=shape[1],
        rows_read=sum(file.rows_read for file in files),
        rows_accepted=sum(file.rows_accepted for file in files),
        rows_rejected=sum(file.rows_rejected for file in files),
        remarks=remarks,
    )


def lens_report(found: SegmentationResult) -> LensReport:
    """Return what a lens of a run found."""
    names = tuple(segment.name for segment in found.segments)
    verdict = found.verdict
    return LensReport(found.lens.label, names, found.k, verdict.level, found.reason, verdict.reason)
