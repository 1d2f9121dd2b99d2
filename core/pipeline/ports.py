"""What the pipeline needs from the outside world: stores and a place to report progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, time
    from decimal import Decimal

    from core.pipeline.results import (
        Places,
        PublishedModels,
        RunResult,
        SnapshotData,
        StoredSnapshot,
    )
    from core.readmodels import RunId, SegmentationId, SnapshotId
    from core.snapshot_facts import SwitchSetting


class Progress(Protocol):
    """Where long work says how far it is. Raises `Cancelled` where the user asked to stop."""

    def __call__(self, fraction: float, step: str) -> None:
        """Report that `fraction` (0..1) is done and what happens now."""
        ...


class Cancelled(Exception):
    """The user asked for the work to stop."""


def silent(fraction: float, step: str) -> None:
    """Report nowhere."""


def part_of(progress: Progress, start: float, end: float, prefix: str = "") -> Progress:
    """Return a progress that fills only a part of the bar."""

    def report(fraction: float, step: str) -> None:
        progress(start + fraction * (end - start), f"{prefix}: {step}" if prefix else step)

    return report


TableValue: TypeAlias = "str | int | float | bool | Decimal | date | time | bytes | None"


class TableReader(Protocol):
    """Tables and views of a bank's own SQL database: read, and never written."""

    def tables(self) -> tuple[str, ...]:
        """Return the names of its tables and views; ``schema.name`` outside the default schema."""
        ...

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of a table's columns, in order; `DataError` if it cannot be read."""
        ...

    def batches(
        self, table: str, columns: Sequence[str], order: Sequence[str]
    ) -> Iterator[list[tuple[TableValue, ...]]]:
        """Yield all rows of a table, some thousands at a time, sorted by the columns `order`.

        Values are those of the database, untouched; all tables are read as of one moment.
        """
        ...


class SnapshotStore(Protocol):
    """Where snapshots are kept."""

    def find_snapshot(self, dataset: str, fingerprint: str) -> SnapshotId | None:
        """Return the snapshot of that content, if it was stored before."""
        ...

    def last_switches(self, dataset: str) -> tuple[SwitchSetting, ...]:
        """Return how the switches were set when the data set was read last; none before."""
        ...

    def save_snapshot(self, snapshot: SnapshotData) -> SnapshotId:
        """Write a snapshot in one transaction; return its id."""
        ...

    def load_snapshot(self, dataset: str, snapshot_id: SnapshotId | None = None) -> StoredSnapshot:
        """Return the given or the latest snapshot; `DataError` if there is none."""
        ...


class RunStore(Protocol):
    """Where runs are kept and published."""

    def start_run(
        self,
        snapshot_id: SnapshotId,
        config: dict[str, object],
        seed: int,
        versions: dict[str, str],
    ) -> RunId:
        """Record that a run began."""
        ...

    def finish_run(self, run_id: RunId, result: RunResult) -> None:
        """Write everything a run found in one transaction; the run becomes a draft."""
        ...

    def fail_run(self, run_id: RunId, message: str) -> None:
        """Record that a run failed, and why."""
        ...

    def published_models(self, dataset: str) -> PublishedModels:
        """Return the models and identities that are published now, by lens (empty if none)."""
        ...

    def places(self, segmentation_id: SegmentationId) -> Places:
        """Return where each customer of its snapshot was under a segmentation, by their ids."""
        ...

    def publish(self, run_id: RunId, *, force: bool = False) -> None:
        """Move the data set's pointer to this run, in one transaction."""
        ...

    def rollback(self, dataset: str) -> RunId:
        """Move the pointer back to the publication before; return the run now live."""
        ...
