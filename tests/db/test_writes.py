from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from core.errors import UsageError
from core.pipeline.results import ActionRow
from core.readmodels import RunId, SegmentationId
from db.queries.runs import share_history
from db.queries.segments import action_clients, choice_reason, headlines, segments
from db.store import SqlRunStore, SqlSnapshotStore
from db.writes import rename_segment
from tests.builders import run_result, snapshot_data


@pytest.fixture
def first(snapshots: SqlSnapshotStore, run_store: SqlRunStore) -> RunId:
    snapshot_id = snapshots.save_snapshot(snapshot_data())
    run_id = run_store.start_run(snapshot_id, {}, 1, {})
    run_store.finish_run(run_id, run_result())
    run_store.publish(run_id)
    return run_id


def rename(engine: Engine, name: str, key: str = "demographic-older", note: str = "") -> None:
    with engine.begin() as connection:
        rename_segment(connection, "bank", "demographic", key, name=name, note=note, user="ada")


def names(engine: Engine, segmentation_id: int) -> list[str]:
    with engine.connect() as connection:
        return [s.name for s in segments(connection, SegmentationId(segmentation_id))]


def test_a_given_name_is_shown_everywhere_and_survives_retraining(
    engine: Engine, run_store: SqlRunStore, first: RunId
) -> None:
    rename(engine, "  Golden   years ")
    assert names(engine, 1) == ["Golden years", "Starters", "Not yet active"]
    live = run_store.published_models("bank").lenses["demographic"]
    assert [segment.name for segment in live.segments] == names(engine, 1)
    with engine.connect() as connection:
        history = share_history(connection, "bank", "demographic")
    assert [share.name for share in history] == names(engine, 1)

    run_store.finish_run(run_store.start_run(live_snapshot(engine), {}, 1, {}), run_result())
    assert names(engine, 3) == ["Golden years", "Starters", "Not yet active"]


def live_snapshot(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT max(id) FROM snapshots")).scalar_one())


def test_a_name_belongs_to_one_lens(engine: Engine, first: RunId) -> None:
    rename(engine, "Golden years")
    assert names(engine, 2) == ["Settled", "Starters", "Not yet active"]


def test_renaming_is_audited_with_before_and_after(engine: Engine, first: RunId) -> None:
    rename(engine, "Golden years", note="Agreed with marketing.")
    with engine.connect() as connection:
        line = connection.execute(
            text("SELECT actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT 1")
        ).one()
        note = connection.execute(
            text("SELECT note FROM segment_identities WHERE is_named")
        ).scalar_one()
    assert tuple(line[:3]) == ("ada", "rename segment", "bank / demographic / demographic-older")
    assert "Settled" in str(line.detail)
    assert "Golden years" in str(line.detail)
    assert note == "Agreed with marketing."


@pytest.mark.parametrize(
    ("name", "key", "note", "sentence"),
    [
        ("  ", "demographic-older", "", "has 1 to 60 characters, not 0"),
        ("x" * 61, "demographic-older", "", "has 1 to 60 characters, not 61"),
        ("Fine", "demographic-older", "x" * 2001, "at most 2000 characters"),
        ("Fine", "nobody", "", "has no segment 'nobody'"),
    ],
)
def test_names_that_cannot_be_given_are_refused(
    engine: Engine, first: RunId, name: str, key: str, note: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        rename(engine, name, key, note)
    assert names(engine, 1) == ["Settled", "Starters", "Not yet active"]


def test_two_segments_of_a_lens_do_not_share_a_name(engine: Engine, first: RunId) -> None:
    with pytest.raises(UsageError, match="another segment of this lens is called 'Starters'"):
        rename(engine, "starters")


def test_a_given_name_stands_in_every_sentence_about_the_segment(
    engine: Engine, run_store: SqlRunStore, snapshots: SqlSnapshotStore
) -> None:
    found = run_result("demographic")
    told = replace(
        found.segmentations[0],
        headlines=("“Settled” hold 98 % of balances; settled people do.", "“Starters” do not."),
        reason="Two are stable; “Settled” is one of them.",
    )
    actions = (ActionRow("demographic", 0, 1, 5.0, "Between “Settled” and another"),)
    snapshot_id = snapshots.save_snapshot(snapshot_data())
    run_id = run_store.start_run(snapshot_id, {}, 1, {})
    run_store.finish_run(run_id, replace(found, segmentations=(told,), actions=actions))
    rename(engine, "Golden years")
    with engine.connect() as connection:
        id_ = SegmentationId(1)
        assert headlines(connection, id_) == (
            "“Golden years” hold 98 % of balances; settled people do.",
            "“Starters” do not.",
        )
        assert choice_reason(connection, id_) == "Two are stable; “Golden years” is one of them."
        assert [client.reason for client in action_clients(connection, id_)] == [
            "Between “Golden years” and another"
        ]


def test_the_history_of_shares_says_of_how_many_customers(engine: Engine, first: RunId) -> None:
    with engine.connect() as connection:
        history = share_history(connection, "bank", "demographic")
    assert [(share.key, share.size) for share in history] == [
        ("demographic-older", 3),
        ("demographic-young", 2),
        ("demographic-inactive", 1),
    ]
