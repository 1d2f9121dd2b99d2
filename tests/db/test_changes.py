"""Who moved between two runs and why, through the whole pipeline, on both databases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, select

from core.change import Migration
from core.fairness import TypicalityCount
from core.pipeline import run as pipeline
from core.pipeline.options import SegmentOptions
from core.pipeline.ports import silent
from core.readmodels import RunId, SegmentationId
from db.queries.change import feature_drifts, migration
from db.queries.customers import customer_assignments
from db.queries.datasets import run_context
from db.store import SqlRunStore, SqlSnapshotStore
from db.tables.segments import Assignment
from db.tables.snapshots import Customer
from tests.builders import snapshot_data
from tests.core.segmentation.builders import mixed_customers, mixed_lens

OCTOBER, NOVEMBER = date(2024, 10, 31), date(2024, 11, 30)
N = 150


@dataclass(frozen=True)
class Bank:
    """Stores with one published run on the data of October."""

    engine: Engine
    snapshots: SqlSnapshotStore
    runs: SqlRunStore
    frame: pd.DataFrame

    def ingest(self, frame: pd.DataFrame, as_of: date) -> None:
        """Store a snapshot."""
        _, features = mixed_customers(n=N)
        data = snapshot_data(fingerprint=as_of.isoformat().ljust(64, "0"))
        self.snapshots.save_snapshot(
            replace(
                data,
                as_of=as_of,
                features=features,
                lenses=(mixed_lens(k=(3, 3)),),
                frame=frame,
                identities=data.identities.reindex(frame.index).fillna(""),
            )
        )

    def refresh(self, *, refit: bool = False) -> RunId:
        """Score (or fit) the latest snapshot and publish."""
        snapshot = self.snapshots.load_snapshot("bank")
        done = pipeline._run(
            snapshot,
            list(snapshot.lenses),
            SegmentOptions(),
            refit=refit,
            snapshots=self.snapshots,
            runs=self.runs,
            progress=silent,
        )
        self.runs.publish(done.run_id, force=True)
        return done.run_id

    def segmentation(self, run_id: RunId) -> SegmentationId:
        """Return the run's only lens."""
        with self.engine.connect() as connection:
            context = run_context(connection, "bank", run_id)
        assert context is not None
        return context.lenses[0].segmentation_id

    def changed(self, run_id: RunId) -> Migration | None:
        """Return what changed with a run."""
        with self.engine.connect() as connection:
            return migration(connection, self.segmentation(run_id))

    def unlike(self, run_id: RunId) -> TypicalityCount:
        """Count the customers beyond the 99th percentile, straight from the store."""
        with self.engine.connect() as connection:
            places = connection.execute(
                select(Assignment.typicality).where(
                    Assignment.segmentation_id == self.segmentation(run_id)
                )
            ).scalars()
            measured = [place for place in places if place is not None]
        return TypicalityCount(len(measured), sum(place > 99 for place in measured))

    def keys(self, run_id: RunId) -> pd.Series[str]:
        """Return the segment that each customer is in, straight from the store."""
        places = self.runs.places(self.segmentation(run_id))
        return pd.Series(places.key, index=places.customer_ids)


@pytest.fixture
def bank(engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore) -> Bank:
    frame, _ = mixed_customers(n=N)
    made = Bank(engine, snapshots, run_store, frame)
    made.ingest(frame, OCTOBER)
    made.refresh()
    return made


def november(frame: pd.DataFrame) -> pd.DataFrame:
    """Twenty customers bank as others do, the first two left, two joined."""
    later = frame.copy()
    rich = frame["savings"].nlargest(20).index
    poor = frame[frame["transactions"] > 0]["savings"].nsmallest(20).index
    later.loc[rich] = frame.loc[poor].to_numpy()
    later = later.astype(frame.dtypes.to_dict())
    joined = frame.iloc[[5, 6]].set_axis(["900001", "900002"]).rename_axis("customer_id")
    return pd.concat([later.iloc[2:], joined])


def test_the_first_run_has_nothing_to_compare_with_and_starts_the_clock(bank: Bank) -> None:
    assert bank.changed(RunId(1)) is None
    places = bank.runs.places(bank.segmentation(RunId(1)))
    assert set(places.since.astype(object)) == {OCTOBER}
    assert set(places.previous) == {None}


def test_if_only_the_data_change_nobody_moves_by_the_model(bank: Bank) -> None:
    bank.ingest(november(bank.frame), NOVEMBER)
    before, second = bank.keys(RunId(1)), bank.refresh()
    after, found = bank.keys(second), bank.changed(second)
    assert found is not None
    both = before.index.intersection(after.index)
    moved = both[(before[both] != after[both]).to_numpy()]
    assert len(moved) >= 5
    assert (found.known, found.by_customer, found.by_model, found.moved) == (
        N - 2,
        len(moved),
        0,
        len(moved),
    )
    assert (found.joined, found.left, found.is_refitted) == (2, 2, False)
    assert (found.before_run, found.before_as_of, found.as_of) == (1, OCTOBER, NOVEMBER)
    assert sum(flow.n for flow in found.flows) == N + 2
    assert {mark.key for mark in found.marks} >= set(after)
    assert found.unlike.before == bank.unlike(RunId(1))
    assert found.unlike.between == found.unlike.after == bank.unlike(second)
    with bank.engine.connect() as connection:
        drifts = {
            drift.feature: drift for drift in feature_drifts(connection, bank.segmentation(second))
        }
    assert list(drifts) == list(bank.frame)
    assert drifts["savings"].psi > drifts["savings"].by_chance > drifts["has_card"].psi


def test_if_only_the_model_changes_nobody_moves_by_behaviour(bank: Bank) -> None:
    report = pipeline.segment(
        "bank", SegmentOptions(k=(5, 5)), snapshots=bank.snapshots, runs=bank.runs
    )
    found = bank.changed(report.run_id)
    assert found is not None
    assert found.is_refitted
    assert found.by_customer == 0
    assert found.by_model == found.moved > 0
    assert (found.known, found.joined, found.left) == (N, 0, 0)
    # The data are those that the old model learned from, so it finds what it found.
    assert found.unlike.before == found.unlike.between == bank.unlike(RunId(1))
    assert found.unlike.after == bank.unlike(report.run_id)
    with bank.engine.connect() as connection:
        assert feature_drifts(connection, bank.segmentation(report.run_id)) == ()


def test_a_customer_knows_since_when_and_from_where_over_several_runs(bank: Bank) -> None:
    bank.ingest(november(bank.frame), NOVEMBER)
    second = bank.refresh()
    bank.ingest(november(bank.frame).iloc[:-1], date(2024, 12, 31))
    third = bank.refresh()
    before, after = bank.keys(RunId(1)), bank.keys(third)
    both = before.index.intersection(after.index)
    mover = next(iter(both[(before[both] != after[both]).to_numpy()]))
    stayer = next(iter(both[(before[both] == after[both]).to_numpy()]))
    found = bank.changed(second)
    assert found is not None
    names = {mark.key: mark.name for mark in found.marks}
    with bank.engine.connect() as connection:
        context = run_context(connection, "bank", third)
        assert context is not None

        def place(customer: str) -> tuple[date | None, str | None]:
            pseudonym = connection.execute(
                select(Customer.pseudonym).where(
                    Customer.customer_id == customer, Customer.snapshot_id == context.snapshot_id
                )
            ).scalar_one()
            (one,) = customer_assignments(connection, third, pseudonym).values()
            return one.since, one.before

        assert place(mover) == (NOVEMBER, names[before[mover]])
        assert place(stayer) == (OCTOBER, None)
        assert place("900001") == (NOVEMBER, None)


def test_a_run_on_older_data_is_not_compared_with_what_is_newer(bank: Bank) -> None:
    bank.ingest(november(bank.frame), date(2024, 9, 30))
    second = bank.refresh()
    assert bank.changed(second) is None
    with bank.engine.connect() as connection:
        days = connection.execute(
            select(Assignment.since).where(Assignment.segmentation_id == bank.segmentation(second))
        ).scalars()
        assert set(days) == {date(2024, 9, 30)}
