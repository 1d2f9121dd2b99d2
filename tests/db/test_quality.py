"""Quality and examples of a run reach the database and come back; examples only to analysts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.quality import Exemplar, ExemplarKind, Quality
from core.readmodels import SegmentationId
from db.published_models import published_models
from db.queries.quality import exemplars, quality
from db.queries.runs import runs
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data
from tests.quality import BY_RULE, EXAMPLES, QUALITY


def stored(
    snapshots: SqlSnapshotStore, run_store: SqlRunStore, engine: Engine, found: Quality
) -> SegmentationId:
    run_id = run_store.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})
    result = run_result("demographic")
    judged = replace(result.segmentations[0], quality=found, exemplars=EXAMPLES)
    run_store.finish_run(run_id, replace(result, segmentations=(judged,)))
    run_store.publish(run_id)
    with engine.connect() as connection:
        return runs(connection, "bank")[0].lenses[0].segmentation_id


@pytest.mark.parametrize("found", [QUALITY, BY_RULE], ids=["clusters", "groups by rule"])
def test_quality_is_read_back_as_it_was_stored(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore, found: Quality
) -> None:
    wanted = stored(snapshots, run_store, engine, found)
    with engine.connect() as connection:
        assert quality(connection, wanted) == found
        assert published_models(connection, "bank").lenses["demographic"].quality == found


def test_a_run_that_kept_no_quality_has_none(engine: Engine) -> None:
    with engine.connect() as connection:
        assert quality(connection, SegmentationId(99)) is None


def test_analysts_see_examples_under_pseudonyms_and_viewers_see_none(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    wanted = stored(snapshots, run_store, engine, QUALITY)
    with engine.connect() as connection:
        (medoid,) = exemplars(connection, wanted, 0, "analyst")
        with pytest.raises(UsageError, match="Only analysts and administrators"):
            exemplars(connection, wanted, 0, "viewer")
    assert medoid.pseudonym.startswith("C-")
    assert medoid == Exemplar(
        medoid.pseudonym,
        0,
        ExemplarKind.MEDOID,
        medoid.runner_up,
        medoid.margin,
        EXAMPLES[0].features,
    )
