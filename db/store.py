"""The write side: each snapshot, run and publication is one transaction."""

from __future__ import annotations

from sqlalchemy import Engine

from core.pipeline.results import Places, PublishedModels, RunResult, SnapshotData, StoredSnapshot
from core.readmodels import RunId, SegmentationId, SnapshotId
from core.snapshot_facts import SwitchSetting
from db import publishing, store_changes, store_runs, store_snapshots, stored_snapshots
from db.glossary import refresh_shipped
from db.published_models import published_models
from db.queries.snapshots import switches_as_read_last


class SqlSnapshotStore:
    """Snapshots in a SQL database (the port `core.pipeline.ports.SnapshotStore`)."""

    def __init__(self, engine: Engine, *, pseudonym_key: bytes) -> None:
        self._engine = engine
        self._pseudonym_key = pseudonym_key

    def find_snapshot(self, dataset: str, fingerprint: str) -> SnapshotId | None:
        """Return the snapshot of that content, if it was stored before."""
        with self._engine.connect() as connection:
            return stored_snapshots.find_snapshot(connection, dataset, fingerprint)

    def last_switches(self, dataset: str) -> tuple[SwitchSetting, ...]:
        """Return how the switches were set when the data set was read last; none before."""
        with self._engine.connect() as connection:
            return switches_as_read_last(connection, dataset)

    def save_snapshot(self, snapshot: SnapshotData) -> SnapshotId:
        """Write a snapshot in one transaction; return its id (the known one of known content).

        The shipped glossary comes with it, so that its features have their terms.
        """
        prepared = store_snapshots.prepare_snapshot(snapshot, self._pseudonym_key)
        with self._engine.begin() as connection:
            refresh_shipped(connection)
            return store_snapshots.insert_snapshot(connection, prepared)

    def load_snapshot(self, dataset: str, snapshot_id: SnapshotId | None = None) -> StoredSnapshot:
        """Return the given or the latest snapshot; `DataError` if there is none."""
        with self._engine.connect() as connection:
            return stored_snapshots.load_snapshot(connection, dataset, snapshot_id)


class SqlRunStore:
    """Runs and publications in a SQL database (the port `core.pipeline.ports.RunStore`).

    ``user`` is named in the audit of what is published and rolled back.
    """

    def __init__(self, engine: Engine, *, user: str) -> None:
        self._engine = engine
        self._user = user

    def start_run(
        self,
        snapshot_id: SnapshotId,
        config: dict[str, object],
        seed: int,
        versions: dict[str, str],
    ) -> RunId:
        """Record that a run began."""
        with self._engine.begin() as connection:
            return store_runs.start_run(connection, snapshot_id, config, seed, versions)

    def finish_run(self, run_id: RunId, result: RunResult) -> None:
        """Write everything a run found in one transaction; the run becomes a draft."""
        with self._engine.connect() as connection:
            members = store_runs.members_of_run(connection, run_id)
        with self._engine.begin() as connection:
            store_runs.insert_result(connection, run_id, result, members)

    def fail_run(self, run_id: RunId, message: str) -> None:
        """Record that a run failed, and why."""
        with self._engine.begin() as connection:
            store_runs.fail_run(connection, run_id, message)

    def published_models(self, dataset: str) -> PublishedModels:
        """Return the models and identities that are published now, by lens (empty if none)."""
        with self._engine.connect() as connection:
            return published_models(connection, dataset)

    def places(self, segmentation_id: SegmentationId) -> Places:
        """Return where each customer of its snapshot was under a segmentation, by their ids."""
        with self._engine.connect() as connection:
            return store_changes.places(connection, segmentation_id)

    def publish(self, run_id: RunId, *, force: bool = False) -> None:
        """Move the data set's pointer to this run, in one transaction."""
        with self._engine.begin() as connection:
            publishing.publish(connection, run_id, force=force, user=self._user)

    def rollback(self, dataset: str) -> RunId:
        """Move the pointer back to the publication before; return the run now live."""
        with self._engine.begin() as connection:
            return publishing.rollback(connection, dataset, user=self._user)
