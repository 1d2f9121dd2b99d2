"""Every number of a model document is one that a query of the database gives."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, func, select, text

from core.document.markdown import to_markdown
from core.document.model_document import model_document
from core.errors import UsageError
from core.fairness import ProxyMeter
from core.insight.fairness import assignments_sha256
from core.readmodels import RunId, SegmentationId
from db.queries.document import run_facts
from db.queries.fairness import fairness, lenses_as_shown, purpose_of, typicality_count
from db.store import SqlRunStore, SqlSnapshotStore
from db.tables.fairness import PermutationCheckRow, ProxyMeterRow
from db.tables.segments import Assignment
from tests.builders import run_result, snapshot_data
from tests.documented import (
    CONFIG,
    HOW,
    IDLE,
    VERSIONS,
    documented_run,
    documented_snapshot,
    lenses,
)
from tests.facts import facts

SMALLEST = 10
Cells = dict[str, list[list[str]]]


@pytest.fixture
def run_id(snapshots: SqlSnapshotStore, run_store: SqlRunStore) -> RunId:
    """A stored run."""
    run = run_store.start_run(snapshots.save_snapshot(documented_snapshot()), CONFIG, 3, VERSIONS)
    run_store.finish_run(run, documented_run())
    return run


def written(engine: Engine, run_id: RunId, smallest: int = SMALLEST) -> str:
    with engine.connect() as connection:
        return to_markdown(model_document(run_facts(connection, run_id, smallest=smallest)))


def tables(markdown: str) -> Cells:
    """Return the rows of each table by its caption, as a program reads them."""
    found: Cells = {}
    for caption, body in re.findall(r"^\*(.+)\*\n\n((?:\|.*\|\n)+)", markdown, re.MULTILINE):
        lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in body.splitlines()]
        found[unescaped(caption)] = [[unescaped(cell.strip()) for cell in row] for row in lines[2:]]
    return found


def test_how_the_source_was_read_is_told(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    data = replace(documented_snapshot(), facts=facts())
    run = run_store.start_run(snapshots.save_snapshot(data), CONFIG, 3, VERSIONS)
    run_store.finish_run(run, documented_run())
    told = "How the source was read: Count closed accounts: yes. Include minors: yes (as the source"
    assert told in written(engine, run).replace("\\", "")


def test_a_source_without_switches_is_not_said_to_have_any(engine: Engine, run_id: RunId) -> None:
    assert "How the source was read" not in written(engine, run_id)


def unescaped(cell: str) -> str:
    return re.sub(r"\\(.)", r"\1", cell).replace("&amp;", "&")


def near(cell: str, value: float | None) -> bool:
    """Whether a cell says a value, to the digits that it has."""
    if value is None:
        return cell == "–"
    said = cell.replace("−", "-").replace(",", "").replace("$", "")
    scale = 1.0
    if said.endswith("%"):
        said, scale = said[:-1], 100.0
    elif said.endswith(" M"):
        said, scale = said[:-2], 1e-6
    digits = len(said.partition(".")[2])
    return abs(float(said) - scale * value) <= 0.5 * 10**-digits + 1e-9


def rows(connection: Connection, sql: str, **values: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(sql), values)]


def test_the_numbers_are_those_of_the_database(engine: Engine, run_id: RunId) -> None:
    markdown = written(engine, run_id)
    found = tables(markdown)
    with engine.connect() as connection:
        files = rows(
            connection,
            "SELECT file, rows_read, rows_accepted, rows_rejected, sha256 FROM snapshot_files",
        )
        assert found["Files and their rows"] == [[str(cell) for cell in row] for row in files]
        assert found["Why rows were rejected"] == [
            ["customer.csv", "age", "not a whole number", "2"]
        ]
        for segmentation_id, lens, sha in rows(
            connection,
            "SELECT id, lens, model_sha256 FROM segmentations ORDER BY position",
        ):
            label = next(one.label for one in lenses() if one.name == lens)
            assert sha in markdown
            of = {"id": segmentation_id}
            expected = rows(
                connection,
                "SELECT k, inertia, silhouette, silhouette_macro, calinski_harabasz, "
                "davies_bouldin, jaccard_min, jaccard_mean, smallest_share, largest_share "
                "FROM k_scores WHERE segmentation_id = :id ORDER BY k",
                **of,
            )
            scores = found[f"Scores of every number of segments tried for {label}"]
            assert len(scores) == len(expected)
            for cells, values in zip(scores, expected, strict=True):
                assert all(near(c, v) for c, v in zip(cells, values, strict=False)), (cells, values)
            meters = rows(
                connection,
                "SELECT groups, cramers_v, accuracy, chance FROM proxy_meters "
                "WHERE segmentation_id = :id ORDER BY position",
                **of,
            )
            told = found[f"How well the segments of {label} tell each sensitive attribute"]
            assert len(told) == len(meters) == 2
            for cells, values in zip(told, meters, strict=True):
                assert all(near(c, v) for c, v in zip(cells[1:], values, strict=False))
            sizes = rows(
                connection,
                "SELECT s.name, s.share, s.value_share, s.value_median, s.jaccard "
                "FROM segments s WHERE segmentation_id = :id AND size >= 10 ORDER BY number",
                **of,
            )
            shown = next(v for k, v in found.items() if k.startswith(f"Segments of {label};"))
            for cells, (name, share, value_share, median, jaccard) in zip(
                shown, sizes, strict=True
            ):
                assert cells[0] == name
                assert near(cells[3], share)
                assert near(cells[5], value_share)
                assert near(cells[6], median)
                assert near(cells[7], jaccard)
    assert found["Versions"] == [[name, version] for name, version in VERSIONS.items()]
    assert ["purpose", "service"] in found["What was chosen for the run"]
    assert "Purpose: service." in markdown


def test_sizes_and_values_are_exact_where_no_group_is_small(engine: Engine, run_id: RunId) -> None:
    found = tables(written(engine, run_id))
    shown = next(v for k, v in found.items() if k.startswith("Segments of Who they are;"))
    with engine.connect() as connection:
        counted = connection.execute(
            select(func.count())
            .select_from(Assignment)
            .where(Assignment.segmentation_id == 2)
            .group_by(Assignment.segment)
            .order_by(Assignment.segment)
        ).scalars()
        assert [cells[2] for cells in shown] == [str(count) for count in counted]


def test_a_small_group_stays_unknown(engine: Engine, run_id: RunId) -> None:
    small = next(s for s in documented_run().segmentations[0].segments if s.is_rule)
    assert small.size == IDLE
    with_it, without = written(engine, run_id, smallest=1), written(engine, run_id)
    assert small.name in with_it
    assert small.name not in without
    assert "One segment has fewer than 10 customers" in without
    shown = next(v for k, v in tables(without).items() if k.startswith("Segments of How"))
    assert {cells[2] for cells in shown} == {"–"}  # sizes of the others would tell it
    assert all(re.fullmatch(r"\d+%", cells[3]) for cells in shown)


def test_no_customer_is_named(engine: Engine, run_id: RunId) -> None:
    markdown = written(engine, run_id)
    with engine.connect() as connection:
        people = rows(connection, "SELECT customer_id, pseudonym FROM customers")
    assert len(people) == len(documented_snapshot().frame)
    assert not [one for pair in people for one in pair if str(one) in markdown]


def test_what_people_wrote_is_text(engine: Engine, run_id: RunId) -> None:
    markdown = written(engine, run_id)
    assert CONFIG["note"] not in markdown
    assert ["note", CONFIG["note"]] in tables(markdown)["What was chosen for the run"]


def test_fairness_is_read_back_as_it_was_found(engine: Engine, run_id: RunId) -> None:
    how = documented_run().segmentations[0]
    with engine.connect() as connection:
        assert fairness(connection, SegmentationId(1)) == how.fairness
        assert typicality_count(connection, SegmentationId(1)) == how.typicality
        assert purpose_of(connection, SegmentationId(1)) == "service"
        assert [x.name for x in lenses_as_shown(connection, [SegmentationId(1)])] == [HOW]
        assert fairness(connection, SegmentationId(99)) is None
    assert how.fairness is not None
    assert how.fairness.check.columns == ("age_years", "town")
    assert how.fairness.check.is_identical
    town = next(meter for meter in how.fairness.meters if meter.feature == "town")
    assert town.says in ("clearly", "largely")


def test_the_fingerprint_of_assignments_is_that_of_what_is_stored(
    engine: Engine, run_id: RunId
) -> None:
    with engine.connect() as connection:
        stored = connection.execute(
            select(
                Assignment.customer_id,
                Assignment.segment,
                Assignment.runner_up,
                Assignment.distance,
            )
            .where(Assignment.segmentation_id == 1)
            .order_by(Assignment.customer_id)
        ).all()
        told = fairness(connection, SegmentationId(1))
    again = assignments_sha256(
        [row.customer_id for row in stored],
        np.array([row.segment for row in stored], dtype=np.int16),
        np.array([-1 if r.runner_up is None else r.runner_up for r in stored], dtype=np.int16),
        np.array([np.nan if r.distance is None else r.distance for r in stored]),
    )
    assert told is not None
    assert told.check.assignments_sha256 == again


def test_a_run_of_an_older_version_says_that_it_was_not_checked(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    run = run_store.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})
    run_store.finish_run(run, run_result())
    markdown = written(engine, run)
    assert markdown.count("made by an older version, which did not check it") == 2
    assert "No purpose was stated" in markdown


def test_a_run_that_failed_or_is_not_there_has_no_document(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    run = run_store.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})
    with engine.connect() as connection:
        with pytest.raises(UsageError, match="is not finished"):
            run_facts(connection, run, smallest=SMALLEST)
        with pytest.raises(UsageError, match="There is no run 99"):
            run_facts(connection, RunId(99), smallest=SMALLEST)
    run_store.fail_run(run, "Stopped.")
    with engine.connect() as connection, pytest.raises(UsageError, match="failed"):
        run_facts(connection, run, smallest=SMALLEST)


def test_the_tables_have_a_column_for_every_field() -> None:
    for model, table in ((ProxyMeter, ProxyMeterRow),):
        assert set(model.__dataclass_fields__) <= set(table.__table__.columns.keys())
    assert "columns" in PermutationCheckRow.__table__.columns
