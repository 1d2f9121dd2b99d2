from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from core.errors import UsageError
from core.readmodels import RunId, RunStatus, VerdictLevel
from db.queries.datasets import datasets, run_context
from db.queries.runs import runs, share_history
from db.store import SqlRunStore, SqlSnapshotStore
from db.writes import rename_segment
from tests.builders import model, run_result, segment_summaries, snapshot_data

Finish = Callable[..., RunId]

# SQLite knows no grants and keeps no account of what views are built on.
ONLY_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def finished(snapshots: SqlSnapshotStore, run_store: SqlRunStore) -> Finish:
    """Make a finished run of some lenses on the snapshot of a fingerprint."""

    def make(*lenses: str, fingerprint: str = "f" * 64, **options: object) -> RunId:
        snapshot_id = snapshots.save_snapshot(snapshot_data(fingerprint=fingerprint))
        run_id = run_store.start_run(snapshot_id, {}, 1, {})
        run_store.finish_run(run_id, run_result(*lenses, **options))
        return run_id

    return make


def live(engine: Engine) -> tuple[RunId | None, dict[str, int]]:
    """The published run, and each lens's segmentation."""
    with engine.connect() as connection:
        context = run_context(connection, "bank")
    if context is None:
        return None, {}
    return context.run_id, {lens.name: lens.segmentation_id for lens in context.lenses}


def statuses(engine: Engine) -> dict[RunId, RunStatus]:
    with engine.connect() as connection:
        return {run.run_id: run.status for run in runs(connection, "bank")}


def test_before_the_first_publication_nothing_is_live(finished: Finish, engine: Engine) -> None:
    finished()
    assert live(engine) == (None, {})
    with engine.connect() as connection:
        assert [header.published_run for header in datasets(connection)] == [None]
        assert share_history(connection, "bank", "demographic") == ()
        assert run_context(connection, "cards") is None


def test_publishing_moves_the_pointer(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    first, second = finished(), finished()
    run_store.publish(first)
    assert live(engine)[0] == first
    run_store.publish(second)
    assert live(engine)[0] == second
    assert statuses(engine) == {first: RunStatus.SUPERSEDED, second: RunStatus.PUBLISHED}
    with engine.connect() as connection:
        assert [header.published_run for header in datasets(connection)] == [second]
        superseded = run_context(connection, "bank", first)
    assert superseded is not None
    assert superseded.status is RunStatus.SUPERSEDED


def test_the_models_that_are_live_are_read_with_their_segments(
    finished: Finish, run_store: SqlRunStore
) -> None:
    assert run_store.published_models("bank").lenses == {}
    run_store.publish(finished())
    found = run_store.published_models("bank").lenses
    assert list(found) == ["demographic", "behavioural"]
    for lens, published in found.items():
        result = next(s for s in run_result().segmentations if s.lens.name == lens)
        assert published.model == model(lens)
        assert published.segments == segment_summaries(lens)
        assert published.lens == result.lens
        assert published.reason == result.reason
        assert published.verdict == result.verdict
        assert published.k_scores == result.k_scores


def test_a_run_of_one_lens_carries_the_other_over(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    both = finished()
    run_store.publish(both)
    _, before = live(engine)
    one = finished("behavioural")
    run_store.publish(one)
    run_id, after = live(engine)
    assert run_id == one
    assert list(after) == ["demographic", "behavioural"]
    assert after["demographic"] == before["demographic"]
    assert after["behavioural"] != before["behavioural"]
    with engine.connect() as connection:
        linked = run_context(connection, "bank", one)
        earlier = run_context(connection, "bank", both)
    assert linked is not None
    assert earlier is not None
    assert {lens.name: lens.segmentation_id for lens in linked.lenses} == after
    assert {lens.name: lens.segmentation_id for lens in earlier.lenses} == before


def test_lenses_of_another_snapshot_are_not_carried_over(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    run_store.publish(finished())
    run_store.publish(finished("behavioural", fingerprint="e" * 64))
    assert list(live(engine)[1]) == ["behavioural"]


def test_rolling_back_moves_the_pointer_back(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    first, second, third = finished(), finished("behavioural"), finished("demographic")
    run_store.publish(first)
    whole = live(engine)
    run_store.publish(second)
    run_store.publish(third)
    assert run_store.rollback("bank") == second
    assert run_store.rollback("bank") == first
    assert live(engine) == whole
    with pytest.raises(UsageError, match=f"Run {first} is the first publication of 'bank'"):
        run_store.rollback("bank")
    run_store.publish(third)
    assert run_store.rollback("bank") == first


def test_without_a_publication_there_is_nothing_to_roll_back(
    finished: Finish, run_store: SqlRunStore
) -> None:
    finished()
    with pytest.raises(UsageError, match="nothing published"):
        run_store.rollback("bank")
    with pytest.raises(UsageError, match="nothing published"):
        run_store.rollback("cards")


def test_what_is_judged_do_not_use_is_not_published_without_force(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    run_id = finished(level=VerdictLevel.REFUSE)
    sentence = "judged 'Do not use': The clusters are not stable. Nothing was published"
    with pytest.raises(UsageError, match=re.escape(sentence)):
        run_store.publish(run_id)
    assert live(engine) == (None, {})
    run_store.publish(run_id, force=True)
    assert live(engine)[0] == run_id


def test_only_a_run_that_ended_well_is_published(
    finished: Finish, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    snapshot_id = snapshots.save_snapshot(snapshot_data())
    running = run_store.start_run(snapshot_id, {}, 1, {})
    with pytest.raises(UsageError, match="has not ended yet"):
        run_store.publish(running)
    run_store.fail_run(running, "no")
    with pytest.raises(UsageError, match="has failed"):
        run_store.publish(running, force=True)
    with pytest.raises(UsageError, match="There is no run 99"):
        run_store.publish(RunId(99))


def test_publishing_what_is_live_changes_nothing(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    run_id = finished()
    run_store.publish(run_id)
    run_store.publish(run_id)
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM publication_history")).scalar_one()
    assert count == 1


def test_shares_are_told_in_order_of_publication_and_without_what_was_taken_back(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    first, second, third, fourth = (finished() for _ in range(4))
    run_store.publish(second)
    run_store.publish(third)
    run_store.rollback("bank")
    run_store.publish(first)
    run_store.publish(fourth)
    with engine.connect() as connection:
        history = share_history(connection, "bank", "demographic")
        latest = share_history(connection, "bank", "demographic", last=1)
    assert list(dict.fromkeys(share.run_id for share in history)) == [second, first, fourth]
    assert [(share.run_id, share.key, share.share) for share in latest] == [
        (fourth, "demographic-older", 0.5),
        (fourth, "demographic-young", 1 / 3),
        (fourth, "demographic-inactive", 1 / 6),
    ]


def test_the_view_shows_what_is_live(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    run_store.publish(finished())
    with engine.connect() as connection:
        rows = (
            connection.execute(text("SELECT * FROM published_bank ORDER BY customer_id"))
            .mappings()
            .all()
        )
    assert dict(rows[2]) == {
        "customer_id": "c-03",
        "age_years": 47,
        "marital_status": "married",
        "balance_total": 30_000.0,
        "recency_days": 0.0,
        "loyalty": "gold",
        "demographic_segment_key": "demographic-older",
        "demographic_segment_name": "Settled",
        "demographic_distance": 0.1,
        "behavioural_segment_key": "behavioural-older",
        "behavioural_segment_name": "Settled",
        "behavioural_distance": 0.1,
    }
    assert len(rows) == 6
    assert rows[5]["demographic_distance"] is None


def test_the_view_follows_publication_rollback_and_names(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    def keys_and_names() -> set[tuple[str, str]]:
        with engine.connect() as connection:
            return {
                tuple(row)
                for row in connection.execute(
                    text(
                        "SELECT demographic_segment_key, demographic_segment_name "
                        "FROM published_bank WHERE customer_id = 'c-01'"
                    )
                )
            }

    run_store.publish(finished())
    run_store.publish(finished(key_suffix="-2"))
    assert keys_and_names() == {("demographic-young-2", "Starters")}
    run_store.rollback("bank")
    assert keys_and_names() == {("demographic-young", "Starters")}
    with engine.begin() as connection:
        rename_segment(
            connection,
            "bank",
            "demographic",
            "demographic-young",
            name="Fresh 50 % starters",
            note="",
            user="ada",
        )
    assert keys_and_names() == {("demographic-young", "Fresh 50 % starters")}


def test_publishing_and_rolling_back_are_audited(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    first, second = finished(), finished()
    run_store.publish(first)
    run_store.publish(second)
    run_store.rollback("bank")
    with engine.connect() as connection:
        lines = connection.execute(
            text("SELECT actor, action, subject FROM audit ORDER BY id")
        ).all()
    assert [tuple(line) for line in lines] == [
        ("an analyst", "publish", f"run {first}"),
        ("an analyst", "publish", f"run {second}"),
        ("an analyst", "roll back", f"run {first}"),
    ]


@ONLY_POSTGRES
def test_grants_on_the_view_outlive_publication(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    run_store.publish(finished())
    with engine.begin() as connection:
        connection.execute(text("GRANT SELECT ON published_bank TO PUBLIC"))
    run_store.publish(finished())
    with engine.connect() as connection:
        granted = connection.execute(
            text(
                "SELECT grantee, privilege_type FROM information_schema.role_table_grants "
                "WHERE table_name = 'published_bank' AND grantee <> grantor"
            )
        ).all()
    assert [tuple(row) for row in granted] == [("PUBLIC", "SELECT")]


@ONLY_POSTGRES
def test_a_view_that_others_built_on_is_named_in_words(
    finished: Finish, run_store: SqlRunStore, engine: Engine
) -> None:
    first, second = finished(), finished()
    run_store.publish(first)
    with engine.begin() as connection:
        connection.execute(text("CREATE VIEW mine AS SELECT customer_id FROM published_bank"))
    with pytest.raises(
        UsageError,
        match=r"published_bank cannot be replaced.*: view mine depends on view published_bank\. No",
    ):
        run_store.publish(second)
    assert live(engine)[0] == first
