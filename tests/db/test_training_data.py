"""What a run was trained on is kept for machines: choices, columns, and ranges per segment."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from core.document.training_data import SMALL, training_data_metadata
from core.readmodels import RunId
from db.queries.document import input_statistics, run_facts
from db.store import SqlRunStore, SqlSnapshotStore
from tests.documented import (
    CONFIG,
    HOW,
    IDLE,
    VERSIONS,
    WHO,
    documented_run,
    documented_snapshot,
)

SMALLEST = 10


@pytest.fixture
def run_id(snapshots: SqlSnapshotStore, run_store: SqlRunStore) -> RunId:
    """A stored run of two lenses."""
    run = run_store.start_run(snapshots.save_snapshot(documented_snapshot()), CONFIG, 3, VERSIONS)
    run_store.finish_run(run, documented_run())
    return run


def metadata(engine: Engine, run_id: RunId, smallest: int = SMALLEST) -> dict[str, Any]:
    with engine.connect() as connection:
        facts = run_facts(connection, run_id, smallest=smallest)
        found = training_data_metadata(facts, input_statistics(connection, facts))
    return json.loads(json.dumps(found, allow_nan=False))  # type: ignore[no-any-return]


def test_what_the_user_chose_and_which_data_it_was_are_kept(engine: Engine, run_id: RunId) -> None:
    found, data = metadata(engine, run_id), documented_snapshot()
    assert (found["dataset"], found["run"], found["seed"]) == ("bank", int(run_id), 3)
    assert found["userInputs"] == CONFIG
    assert found["libraries"] == VERSIONS
    assert found["effectiveDate"] == data.as_of.isoformat()
    assert found["dataFingerprint"] == data.fingerprint
    assert [lens["name"] for lens in found["lenses"]] == [HOW, WHO]
    for told, lens in zip(found["lenses"], data.lenses, strict=True):
        assert type(lens).model_validate(told["specification"]) == lens


def test_columns_are_those_of_the_model_in_its_order(engine: Engine, run_id: RunId) -> None:
    found = metadata(engine, run_id, 1)
    for told, result in zip(found["lenses"], documented_run().segmentations, strict=True):
        model = json.loads(result.model.to_json())
        assert [column["feature"] for column in told["columns"]] == [
            column["feature"] for column in model["columns"]
        ]
        for column, own in zip(told["columns"], model["columns"], strict=True):
            assert column == {name: value for name, value in own.items() if name != "pooled"}
        assert told["trainedOn"] == result.model.trained_on
        assert told["modelSha256"] == result.model.sha256


def test_means_deviations_and_ranges_of_a_segment_are_those_of_its_customers(
    engine: Engine, run_id: RunId
) -> None:
    frame = documented_snapshot().frame
    found = metadata(engine, run_id)
    checked = 0
    for told, result in zip(found["lenses"], documented_run().segmentations, strict=True):
        numbers = {segment.key: segment.number for segment in result.segments}
        for segment in told["segments"]:
            members = frame[result.assignments.segment == numbers[segment["key"]]]
            for name, said in segment["inputs"].items():
                values = members[name].dropna().astype(float)
                assert said == {
                    "mean": pytest.approx(values.mean()),
                    "standardDeviation": pytest.approx(values.std()),
                    "minimum": values.min(),
                    "maximum": values.max(),
                    "missing": len(members) - len(values),
                }
                checked += 1
    assert checked > 10


def test_of_a_group_of_few_customers_nothing_is_told(engine: Engine, run_id: RunId) -> None:
    result = documented_run().segmentations[0]
    sizes = {segment.key: segment.size for segment in result.segments}
    assert IDLE in sizes.values()
    for smallest in (1, SMALLEST):
        told = metadata(engine, run_id, smallest)["lenses"][0]["segments"]
        enough = [key for key, size in sizes.items() if size >= smallest]
        assert [segment["key"] for segment in told] == enough


def test_levels_that_few_customers_have_are_not_named(engine: Engine, run_id: RunId) -> None:
    levels = [
        level
        for lens in metadata(engine, run_id, 40)["lenses"]
        for column in lens["columns"]
        for level in (column.get("levels", ()) if column["type"] == "category" else ())
    ]
    assert SMALL in levels
    assert "pooled" not in json.dumps(metadata(engine, run_id))


@pytest.mark.parametrize("smallest", [SMALLEST, 40])
def test_rare_levels_are_one_that_enough_customers_have(
    engine: Engine, run_id: RunId, smallest: int
) -> None:
    pooled = 0
    for told, result in zip(
        metadata(engine, run_id, smallest)["lenses"], documented_run().segmentations, strict=True
    ):
        own = {
            column["feature"]: column for column in json.loads(result.model.to_json())["columns"]
        }
        for column in told["columns"]:
            if column["type"] != "category" or SMALL not in column["levels"]:
                continue
            pooled += 1
            assert column["levels"].count(SMALL) == 1
            assert len(column["centres"]) == len(column["levels"])
            assert sum(column["centres"]) == pytest.approx(sum(own[column["feature"]]["centres"]))
            counts = [round(share * told["trainedOn"]) for share in column["centres"]]
            assert [n for n in counts if n < smallest] == []
            assert "factors" not in column
    assert pooled > 0


def test_figures_of_all_customers_are_left_out_where_they_would_tell_a_small_segment(
    engine: Engine, run_id: RunId
) -> None:
    (how, who), (whole, _) = (metadata(engine, run_id, n)["lenses"] for n in (SMALLEST, 1))
    numeric = [column for column in how["columns"] if column["type"] in ("numeric", "missing")]
    assert how["allCustomers"] == {}
    assert [column for column in numeric if {"centre", "factor"} & set(column)] == []
    assert set(whole["allCustomers"]) == {column["feature"] for column in numeric}
    assert set(who["allCustomers"]) == {"age_years"}
    assert "centre" in next(c for c in who["columns"] if c["feature"] == "age_years")
