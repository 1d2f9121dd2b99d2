from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Engine, func, select, text, update

from core.errors import DataError, UsageError
from core.pipeline.results import RunResult
from core.readmodels import (
    ActionClient,
    RunId,
    RunStatus,
    SegmentationId,
    VerdictLevel,
)
from db.queries.comparisons import comparison, comparisons
from db.queries.datasets import run_context
from db.queries.maps import map_axes, map_sample
from db.queries.models import model
from db.queries.runs import runs
from db.queries.segments import (
    action_clients,
    categories,
    choice_reason,
    differentiators,
    headlines,
    histograms,
    k_scores,
    rule_fidelity,
    segments,
    statistics,
    verdict,
)
from db.queries.traces import kmeans_trace
from db.store import SqlRunStore, SqlSnapshotStore
from db.tables.runs import Segmentation
from db.tables.segments import Assignment, Segment
from tests.builders import comparison as a_comparison
from tests.builders import kmeans_trace as a_trace
from tests.builders import model as a_model
from tests.builders import run_result, segmentation_result, snapshot_data

CONFIG: dict[str, object] = {
    "k": None,
    "lenses": ["demographic", "behavioural"],
    "scaler": "standard",
    "refit": True,
    "seed": np.int64(42),
}


@pytest.fixture
def run_id(snapshots: SqlSnapshotStore, run_store: SqlRunStore) -> RunId:
    snapshot_id = snapshots.save_snapshot(snapshot_data())
    return run_store.start_run(snapshot_id, CONFIG, 42, {"numpy": "2"})


def segmentation_ids(engine: Engine, run_id: RunId) -> list[SegmentationId]:
    with engine.connect() as connection:
        context = run_context(connection, "bank", run_id)
    assert context is not None
    return [lens.segmentation_id for lens in context.lenses]


def test_everything_a_run_found_is_read_back(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, run_result())
    for lens, id_ in zip(
        ("demographic", "behavioural"), segmentation_ids(engine, run_id), strict=True
    ):
        found = segmentation_result(lens)
        with engine.connect() as connection:
            assert segments(connection, id_) == found.segments
            assert statistics(connection, id_) == found.statistics
            assert histograms(connection, id_) == found.histograms
            assert categories(connection, id_) == found.categories
            assert differentiators(connection, id_) == found.differentiators
            assert k_scores(connection, id_) == found.k_scores
            assert verdict(connection, id_) == found.verdict
            assert headlines(connection, id_) == found.headlines
            assert choice_reason(connection, id_) == found.reason
            assert rule_fidelity(connection, id_) == found.rule_fidelity
            assert map_axes(connection, id_) == found.map_axes
            assert model(connection, id_) == a_model(lens)
            assert [client.reason for client in action_clients(connection, id_)] == (
                ["High value near a boundary"] if lens == "demographic" else ["Unlike anyone known"]
            )
    with engine.connect() as connection:
        assert comparisons(connection, run_id) == (a_comparison(),)
        assert comparison(connection, run_id, "demographic", "behavioural") == a_comparison()
        assert comparison(connection, run_id, "behavioural", "demographic") is None


def test_statistics_can_be_asked_for_some_features_only(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, run_result())
    id_ = segmentation_ids(engine, run_id)[0]
    found = segmentation_result()
    with engine.connect() as connection:
        assert statistics(connection, id_, ["age_years"]) == tuple(
            statistic for statistic in found.statistics if statistic.feature == "age_years"
        )
        assert histograms(connection, id_, ["loyalty"]) == ()
        assert categories(connection, id_, []) == ()


def test_the_map_shows_the_sampled_customers(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, run_result())
    points = segmentation_result().map_points
    with engine.connect() as connection:
        sample = map_sample(connection, segmentation_ids(engine, run_id)[0])
        in_order = list(
            connection.execute(
                text("SELECT pseudonym FROM customers ORDER BY customer_id")
            ).scalars()
        )
    assert sample is not None
    assert sample.pseudonyms == (in_order[0], in_order[2], in_order[5])
    np.testing.assert_array_equal(sample.xyz, points.xyz, strict=True)
    np.testing.assert_array_equal(sample.segment, np.array([1, 0, 2], dtype=np.int16), strict=True)
    np.testing.assert_array_equal(
        sample.margin, np.array([0.5, 0.9, np.nan], dtype=np.float32), strict=True
    )
    assert sample.sampled_from == 6


def test_action_clients_are_named_by_pseudonym(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, run_result())
    with engine.connect() as connection:
        pseudonym = connection.execute(
            text("SELECT pseudonym FROM customers WHERE customer_id = 'c-05'")
        ).scalar_one()
        found = action_clients(connection, segmentation_ids(engine, run_id)[0])
    assert found == (ActionClient(pseudonym, 0, 5_000.25, "High value near a boundary"),)


def test_a_score_that_is_not_defined_is_read_back_as_not_a_number(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    found = segmentation_result()
    scores = (replace(found.k_scores[0], silhouette=math.nan, jaccard_min=np.float64(0.5)),)
    result = RunResult((replace(found, k_scores=scores),), (), ())
    run_store.finish_run(run_id, result)
    with engine.connect() as connection:
        (score,) = k_scores(connection, segmentation_ids(engine, run_id)[0])
    assert math.isnan(score.silhouette)
    assert score.jaccard_min == 0.5


def test_numpy_scalars_are_stored_as_plain_numbers(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    found = segmentation_result()
    with_numpy = replace(
        found,
        k=np.int64(2),  # type: ignore[arg-type]
        segments=tuple(
            replace(s, number=np.int64(s.number), size=np.int64(s.size), share=np.float64(s.share))  # type: ignore[arg-type]
            for s in found.segments
        ),
        histograms=tuple(
            replace(h, counts=tuple(np.int64(c) for c in h.counts))  # type: ignore[misc]
            for h in found.histograms
        ),
    )
    run_store.finish_run(run_id, RunResult((with_numpy,), (), ()))
    with engine.connect() as connection:
        id_ = segmentation_ids(engine, run_id)[0]
        assert segments(connection, id_) == found.segments
        assert histograms(connection, id_) == found.histograms


def test_a_run_is_a_draft_once_it_has_finished(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    with engine.connect() as connection:
        (before,) = runs(connection, "bank")
    run_store.finish_run(run_id, run_result())
    with engine.connect() as connection:
        (after,) = runs(connection, "bank")
    assert (before.status, before.finished_at, before.lenses) == (RunStatus.RUNNING, None, ())
    assert after.status is RunStatus.DRAFT
    assert after.finished_at is not None
    assert after.finished_at >= after.started_at
    assert [lens.name for lens in after.lenses] == ["demographic", "behavioural"]
    assert after.config == (
        ("k", "not given"),
        ("lenses", "demographic, behavioural"),
        ("scaler", "standard"),
        ("refit", "yes"),
        ("seed", "42"),
    )
    assert after.seed == 42


def test_a_failed_run_stays_visible_with_its_message(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.fail_run(run_id, "Too few customers.")
    with engine.connect() as connection:
        (run,) = runs(connection, "bank")
        context = run_context(connection, "bank", run_id)
    assert (run.status, run.message) == (RunStatus.FAILED, "Too few customers.")
    assert context is not None
    assert (context.status, context.lenses) == (RunStatus.FAILED, ())


def test_results_are_written_once(run_store: SqlRunStore, run_id: RunId) -> None:
    run_store.finish_run(run_id, run_result())
    with pytest.raises(UsageError, match=f"Run {run_id} has ended"):
        run_store.finish_run(run_id, run_result())
    run_store.fail_run(run_id, "too late")
    with pytest.raises(UsageError, match="There is no run 99"):
        run_store.finish_run(RunId(99), run_result())


def test_a_failing_write_leaves_nothing_of_the_run(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    good, bad = run_result().segmentations
    wrong = replace(bad, segments=tuple(replace(s, size=s.size + 1) for s in bad.segments))
    with pytest.raises(DataError, match="'behavioural' says its segments have"):
        run_store.finish_run(run_id, RunResult((good, wrong), (), ()))
    with engine.connect() as connection:
        (run,) = runs(connection, "bank")
        kept = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (Segmentation, Segment, Assignment)
        ]
    assert run.status is RunStatus.RUNNING
    assert kept == [0, 0, 0]


def test_assignments_must_cover_the_snapshot(run_store: SqlRunStore, run_id: RunId) -> None:
    found = segmentation_result()
    short = replace(found.assignments, segment=found.assignments.segment[:-1])
    with pytest.raises(DataError, match="assigns 5 customers; the snapshot has 6"):
        run_store.finish_run(run_id, RunResult((replace(found, assignments=short),), (), ()))


def test_a_model_with_a_changed_byte_is_refused(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, run_result())
    (id_, *_) = segmentation_ids(engine, run_id)
    with engine.begin() as connection:
        connection.execute(
            update(Segmentation).values(model=func.replace(Segmentation.model, "23.0", "23.1"))
        )
    with (
        engine.connect() as connection,
        pytest.raises(DataError, match="does not match its fingerprint"),
    ):
        model(connection, id_)


def test_a_lens_judged_unfit_is_stored_all_the_same(
    run_store: SqlRunStore, engine: Engine, run_id: RunId
) -> None:
    run_store.finish_run(run_id, run_result(level=VerdictLevel.REFUSE))
    with engine.connect() as connection:
        (run,) = runs(connection, "bank")
    assert {lens.verdict for lens in run.lenses} == {VerdictLevel.REFUSE}


def test_how_k_means_found_the_segments_comes_back_frame_by_frame(
    engine: Engine, run_store: SqlRunStore, run_id: RunId
) -> None:
    played = a_trace()
    result = run_result()
    first, *rest = result.segmentations
    run_store.finish_run(
        run_id, replace(result, segmentations=(replace(first, trace=played), *rest))
    )

    first_id, second_id, *_ = segmentation_ids(engine, run_id)
    with engine.connect() as connection:
        found = kmeans_trace(connection, first_id)
        assert kmeans_trace(connection, second_id) is None
    assert found is not None
    assert found.sampled_from == 4
    np.testing.assert_array_equal(found.xy, played.xy)
    for kept, given in zip(found.frames, played.frames, strict=True):
        assert kept.segment.tolist() == given.segment.tolist()
        assert (kept.step, kept.iteration, kept.centroids, kept.inertia, kept.changed) == (
            given.step,
            given.iteration,
            given.centroids,
            given.inertia,
            given.changed,
        )
