"""Customers that a lens cannot look at, and cells of recency, frequency and money, kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Engine, func, select, text

from core.errors import DataError
from core.pipeline.results import RunResult, SegmentationResult
from core.readmodels import RfmOverview, RunId
from db.queries.datasets import run_context
from db.queries.rfm import rfm_overview
from db.store import SqlRunStore, SqlSnapshotStore
from db.tables.segments import Assignment
from tests.builders import run_result, segmentation_result, snapshot_data

OVERVIEW = RfmOverview(
    features=("recency_days", "frequency", "monetary_total"),
    edges=((1.0, 30.5), (1.0,), (10.0, 20.0)),
    cuts=((1.0, 1.0, 30.5, 30.5), (1.0,) * 4, (10.0, 10.0, 20.0, 20.0)),
    cells=((0, 1, 2, 3, 99.5), (2, 0, 0, 1, 0.0)),
    without=2,
)


@pytest.fixture
def run_id(snapshots: SqlSnapshotStore, run_store: SqlRunStore) -> RunId:
    return run_store.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})


def without_the_first() -> SegmentationResult:
    """Return a lens of a run in which the first customer is not eligible."""
    found = segmentation_result("demographic")
    segment = found.assignments.segment.copy()
    number = int(segment[0])
    segment[0] = -1
    segments = tuple(replace(one, size=one.size - (one.number == number)) for one in found.segments)
    lens = found.lens.model_copy(update={"requires": ("age_years",), "lacking": "have no age"})
    return replace(
        found,
        lens=lens,
        segments=segments,
        assignments=replace(found.assignments, segment=segment),
        ineligible=1,
    )


def test_a_customer_who_is_not_eligible_has_no_assignment_and_is_counted(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, RunResult((without_the_first(),), (), ()))
    with engine.connect() as connection:
        context = run_context(connection, "bank", run_id)
        assert context is not None
        (lens,) = context.lenses
        assert (lens.ineligible, lens.lacking, lens.grouping) == (1, "have no age", "")
        found = connection.execute(select(func.count(), func.min(Assignment.customer_id))).one()
    assert tuple(found) == (context.customers - 1, "c-02")


def test_a_customer_who_is_not_eligible_stays_in_the_published_view(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, RunResult((without_the_first(),), (), ()))
    run_store.publish(run_id)
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT customer_id, demographic_segment_key, demographic_segment_name "
                "FROM published_bank ORDER BY customer_id"
            )
        ).all()
    assert len(rows) == len(snapshot_data().frame)
    assert tuple(rows[0]) == ("c-01", None, None)
    assert all(key and name for _, key, name in rows[1:])


def test_assignments_and_counts_that_do_not_fit_are_refused(
    run_store: SqlRunStore, run_id: RunId
) -> None:
    wrong = replace(without_the_first(), ineligible=0)
    with pytest.raises(DataError, match="says that 0 are not eligible"):
        run_store.finish_run(run_id, RunResult((wrong,), (), ()))


def test_cells_are_read_back_as_they_were_counted(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, replace(run_result(), rfm=OVERVIEW))
    with engine.connect() as connection:
        assert rfm_overview(connection, run_id) == OVERVIEW
        assert rfm_overview(connection, RunId(99)) is None


def test_who_is_assigned_is_told_by_the_assignments() -> None:
    assigned = without_the_first().assignments.is_assigned
    assert np.flatnonzero(~assigned).tolist() == [0]
