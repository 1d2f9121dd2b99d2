"""A bank's files all the way to a published segmentation, on both databases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_mutual_info_score
from sqlalchemy import Engine, text

from cli.datasets import run_sentence
from core.features.build import catalogue
from core.pipeline import ingest as ingesting
from core.pipeline.reports import LensReport, RunReport
from core.readmodels import RunId, VerdictLevel
from core.sources.demo.personas import NO_ACCOUNT
from core.sources.demo.truth import PlantedTruth
from db.engine import make_engine
from db.queries.datasets import run_context
from db.queries.runs import runs
from db.queries.segments import segments, statistics
from tests.cli.conftest import Manage


def _published(engine: Engine) -> list[dict[str, object]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM published_bank ORDER BY customer_id"))
        return [dict(row._mapping) for row in rows]


def test_refresh_finds_the_planted_personas_and_publishes(
    database_url: str, manage: Manage, demo_files: tuple[Path, PlantedTruth]
) -> None:
    folder, truth = demo_files
    answer = manage("refresh", "bank", folder, "--json", "--database-url", database_url)
    assert answer.code == 0, answer.err
    record = json.loads(answer.out)
    assert record["published"]
    assert record["rows_read"] == record["rows_accepted"] + record["rows_rejected"]

    engine = make_engine(database_url)
    rows = _published(engine)
    assert [row["customer_id"] for row in rows] == sorted(truth.persona)
    found = [row["behavioural_segment_key"] for row in rows]
    planted = [truth.persona[str(row["customer_id"])] for row in rows]
    assert adjusted_mutual_info_score(planted, found) >= 0.9
    inactive = {key for key, persona in zip(found, planted, strict=True) if persona == NO_ACCOUNT}
    assert inactive == {"by-rule"}
    assert not {"first_name", "last_name", "street_name"} & set(rows[0])

    with engine.connect() as connection:
        context = run_context(connection, "bank")
        assert context is not None
        assert context.as_of == truth.as_of
        for lens in context.lenses:
            summaries = segments(connection, lens.segmentation_id)
            assert 3 <= len(summaries) <= 5 or lens.grouping
            assert sum(s.size for s in summaries) + lens.ineligible == len(truth.persona)
            assert len({segment.name for segment in summaries}) == len(summaries)
            everyone = statistics(connection, lens.segmentation_id, ["age_years"])[0]
            assert everyone.n == len(truth.persona) - lens.ineligible
    engine.dispose()


def test_the_same_files_again_change_nothing_but_the_run(
    database_url: str, manage: Manage, demo_files: tuple[Path, PlantedTruth]
) -> None:
    folder, _ = demo_files
    url = ("--database-url", database_url)
    manage("refresh", "bank", folder, *url)
    engine = make_engine(database_url)
    before = _published(engine)
    again = manage("refresh", "bank", folder, "--refit", *url)
    assert "Nothing changed: snapshot 1 already holds exactly this content." in again.out
    assert _published(engine) == before

    assert manage("rollback", "bank", *url).out == "Run 1 is published again.\n"
    with engine.connect() as connection:
        assert [(run.run_id, run.status.value) for run in runs(connection, "bank")] == [
            (2, "superseded"),
            (1, "published"),
        ]
    engine.dispose()


def test_scoring_new_files_with_the_published_model_fits_nothing(
    sqlite_url: str, manage: Manage, demo_files: tuple[Path, PlantedTruth], tmp_path: Path
) -> None:
    folder, _ = demo_files
    url = ("--database-url", sqlite_url)
    manage("refresh", "bank", folder, *url)
    engine = make_engine(sqlite_url)
    before = {row["customer_id"]: row["behavioural_segment_key"] for row in _published(engine)}
    fewer = tmp_path / "fewer"
    fewer.mkdir()
    dropped = _without_first_customer(folder, fewer)

    assert manage("refresh", "bank", fewer, *url).code == 0

    after = {row["customer_id"]: row["behavioural_segment_key"] for row in _published(engine)}
    assert after == {customer: key for customer, key in before.items() if customer != dropped}
    with engine.connect() as connection:
        models = connection.execute(
            text("SELECT DISTINCT model_sha256 FROM segmentations WHERE lens = 'behavioural'")
        ).all()
    assert len(models) == 1
    engine.dispose()


@pytest.mark.parametrize("published", [True, False])
def test_a_view_that_can_hardly_be_relied_on_is_named_with_the_reason(published: bool) -> None:
    lenses = (
        LensReport("Who", ("Older",), 1, VerdictLevel.STRONG, "As asked.", "Real groups."),
        LensReport("How", ("Savers",), 1, VerdictLevel.WEAK, "As asked.", "One smooth crowd."),
    )
    said = run_sentence(RunReport(RunId(7), published, lenses)).splitlines()
    assert said[-1] == "Worth knowing: How is judged Weak. One smooth crowd."
    assert "Worth knowing" not in "".join(said[:-1])


def test_what_an_analyst_chose_stays_until_a_refit(
    sqlite_url: str, manage: Manage, demo_files: tuple[Path, PlantedTruth], tmp_path: Path
) -> None:
    folder, _ = demo_files
    url = ("--database-url", sqlite_url)
    manage("refresh", "bank", folder, *url)
    manage("segment", "bank", "--lens", "behavioural", "--k", "3", *url)
    manage("publish", "2", *url)
    fewer = tmp_path / "fewer"
    fewer.mkdir()
    _without_first_customer(folder, fewer)

    record = json.loads(manage("refresh", "bank", fewer, "--json", *url).out)

    assert record["lenses"][1]["k"] == 3
    assert record["lenses"][1]["reason"].startswith("3 segments were asked for")
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:
        models = connection.execute(
            text("SELECT lens, count(DISTINCT model_sha256) FROM segmentations GROUP BY lens")
        ).all()
    engine.dispose()
    assert sorted(map(tuple, models)) == [
        ("behavioural", 2),
        ("demographic", 1),
        ("rfm_groups", 1),
        ("value_tiers", 1),
    ]


def test_the_first_inactive_customers_make_their_lens_fit_anew(
    sqlite_url: str, manage: Manage, demo_files: tuple[Path, PlantedTruth], tmp_path: Path
) -> None:
    folder, truth = demo_files
    url = ("--database-url", sqlite_url)
    active = tmp_path / "active"
    active.mkdir()
    _without(folder, active, {c for c, persona in truth.persona.items() if persona == NO_ACCOUNT})
    first = json.loads(manage("refresh", "bank", active, "--json", *url).out)
    assert "Not yet active" not in first["lenses"][1]["names"]

    second = json.loads(manage("refresh", "bank", folder, "--json", *url).out)

    assert "Not yet active" in second["lenses"][1]["names"]


def test_new_definitions_of_features_make_a_new_snapshot_of_the_same_files(
    sqlite_url: str,
    manage: Manage,
    demo_files: tuple[Path, PlantedTruth],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, _ = demo_files
    ingest = ("ingest", "bank", folder, "--json", "--database-url", sqlite_url)
    assert json.loads(manage(*ingest).out)["snapshot_id"] == 1
    assert json.loads(manage(*ingest).out)["unchanged"]
    monkeypatch.setattr(ingesting, "catalogue", lambda tables: catalogue(tables)[1:])
    again = json.loads(manage(*ingest).out)
    assert (again["snapshot_id"], again["unchanged"]) == (2, False)


@pytest.mark.real_data
def test_the_real_bank_gives_two_segmentations_of_three_to_five_segments(
    database_url: str, manage: Manage, real_data: Path
) -> None:
    url = ("--database-url", database_url)
    answer = manage("refresh", "bank", real_data / "twm", "--json", *url)
    assert answer.code == 0, answer.err
    record = json.loads(answer.out)
    assert (record["customers"], record["as_of"]) == (747, "1995-12-31")
    found, by_rule = record["lenses"][:2], record["lenses"][2:]
    assert [lens["label"] for lens in found] == ["Demographic", "Behavioural"]
    assert all(3 <= lens["k"] <= 5 and lens["reason"] for lens in found)
    assert "Not yet active" in found[1]["names"]
    assert [(lens["label"], lens["k"]) for lens in by_rule] == [
        ("RFM groups", 8),
        ("Value tiers", 4),
    ]
    assert by_rule[1]["names"] == ["VIP", "Plus", "Mid", "Low"]


def _without_first_customer(source: Path, target: Path) -> str:
    """Copy the files without one customer who has no account; return who it is."""
    with_account = {
        line.split(";")[1] for line in (source / "twm_accounts.csv").read_text().splitlines()
    }
    customers = (source / "twm_customer.csv").read_text().splitlines()[1:]
    dropped = next(c for c in (line.split(";")[0] for line in customers) if c not in with_account)
    _without(source, target, {dropped})
    return dropped


def _without(source: Path, target: Path, dropped: set[str]) -> None:
    """Copy the files without some customers who have no account."""
    for file in source.iterdir():
        content = file.read_bytes()
        if file.name == "twm_customer.csv":
            lines = content.splitlines(keepends=True)
            kept = [line for line in lines if line.split(b";")[0].decode() not in dropped]
            content = b"".join(kept)
        (target / file.name).write_bytes(content)
