"""What was chosen for a run and the comparison of recipes reach the database and come back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from core.lens import Impute
from core.pipeline.options import Overrule, Purpose, SegmentOptions
from core.pipeline.recipe import Recipe
from core.pipeline.run import segment
from core.readmodels import RecipeScore
from db.engine import make_engine
from db.queries.recipes import recipe_scores
from db.queries.run_details import features_to_run, lenses_as_run
from db.queries.runs import runs
from db.queries.segments import choice_reason
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import KEY, features, run_result, snapshot_data
from tests.core.segmentation.builders import mixed_customers, mixed_lens

RECIPES = (
    RecipeScore("standard", "kmeans", True, 1.0, None, 0.4, 0.9, (0.6, 0.4)),
    RecipeScore("robust", "gmm", False, None, None, None, None, (), "It found only 1."),
)


def test_recipes_are_read_back_as_they_were_stored(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    run_id = run_store.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})
    result = run_result("demographic")
    compared = replace(result.segmentations[0], recipes=RECIPES)
    run_store.finish_run(run_id, replace(result, segmentations=(compared,)))
    with engine.connect() as connection:
        (found,) = runs(connection, "bank")
        assert recipe_scores(connection, found.lenses[0].segmentation_id) == RECIPES


def test_a_new_run_can_look_at_the_features_of_the_latest_snapshot(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    snapshots.save_snapshot(snapshot_data())
    with engine.connect() as connection:
        found = [feature.name for feature in features_to_run(connection, "bank")]
        assert found == [feature.name for feature in features()]
        assert features_to_run(connection, "nobody") == ()


def test_what_an_analyst_chose_is_stored_with_the_run_and_why(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    snapshots = SqlSnapshotStore(engine, pseudonym_key=KEY)
    frame, catalogue = mixed_customers(n=120)
    data = snapshot_data()
    stored = replace(
        data,
        features=catalogue,
        lenses=(mixed_lens(k=(3, 3)),),
        frame=frame,
        identities=data.identities.reindex(frame.index).fillna(""),
    )
    snapshots.save_snapshot(stored)
    options = SegmentOptions(
        recipe=Recipe(impute=Impute.ZERO, left_out=("channel",)),
        overrule=Overrule(4, "Four campaigns", "ann"),
        purpose=Purpose.SERVICE,
        compare_recipes=True,
    )
    segment("bank", options, snapshots=snapshots, runs=SqlRunStore(engine, user="ann"))
    with engine.connect() as connection:
        (found,) = runs(connection, "bank")
        (lens,) = lenses_as_run(connection, found.run_id)
        (summary,) = found.lenses
        reason = choice_reason(connection, summary.segmentation_id)
        compared = recipe_scores(connection, summary.segmentation_id)
    engine.dispose()
    config = dict(found.config)
    assert (config["purpose"], config["k_chosen"], config["impute"]) == ("service", "4", "zero")
    assert "channel" not in lens.feature_names
    assert {use.impute for use in lens.features} == {Impute.ZERO}
    assert summary.k == 4
    assert reason.startswith("k = 4 chosen by ann instead of 3: Four campaigns.")
    assert next(r.ami_own for r in compared if r.is_own) is not None
