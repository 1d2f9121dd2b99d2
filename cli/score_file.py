"""``score DATASET FILE``: a file of customers' features, answered by what is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from cli.files import whole_file, write_csv
from cli.published import published_lens
from core.errors import DataError
from core.pipeline.score_file import score_text
from core.readmodels import LensSummary
from core.scoring import scorer
from core.scoring_answers import Answer, answers
from core.scoring_report import known_sentence
from core.scoring_rows import RowError, errors_in_words, read_rows
from core.scoring_schema import COLUMNS, OUTPUT, scoring_schema, text_inputs
from db.queries.chosen import known_customers
from db.queries.features import feature_catalogue
from db.queries.models import model
from db.queries.scoring import ScoringGround, scoring_ground


@dataclass(frozen=True, slots=True)
class FileScores:
    """What a file was answered: rows in its order, rows that could not be scored, and by what."""

    lens: LensSummary
    rows: list[Answer]
    errors: tuple[RowError, ...]
    passed_over: tuple[str, ...]
    known: str  # says that customers of the file are not new; "" if all are


def score_file(
    connection: Connection, dataset: str, path: Path, *, lens: str | None, keep_going: bool
) -> FileScores:
    """Return an answer per row of a file by the published model of a lens.

    Raises
    ------
    UsageError
        Nothing is published, or there is no such lens or file.
    DataError
        Columns are missing; or, unless `keep_going`, a row cannot be scored: all are named.
    """
    run, chosen = published_lens(connection, dataset, lens)
    ground = scoring_ground(connection, run, chosen)
    rows, errors, ids, passed_over = _read(path, ground)
    if errors and not keep_going:
        raise DataError(
            f"{errors_in_words(path.name, errors)}\nNothing was written. Mend the rows, or "
            "name a file for them with --rejects to score the others."
        )
    known = known_customers(connection, run.snapshot_id, ids)
    said = known_sentence(known, len(rows), int(run.run_id))
    return FileScores(chosen, rows, errors, passed_over, said)


_Read = tuple[list[Answer], tuple[RowError, ...], tuple[str, ...], tuple[str, ...]]


def _read(path: Path, ground: ScoringGround) -> _Read:
    """Return answers, errors, ids and columns passed over; text may be the bank's own layout."""
    found, lacking = ground.model, ground.lens.lacking
    if path.suffix.lower() == ".parquet" or not path.is_file():
        rows = read_rows(path, scorer(found).inputs, text_inputs(found))
        answered = answers(found, rows, ground.segments, lacking)
        return answered, rows.errors, rows.ids or (), rows.passed_over
    done = score_text(
        path.name,
        path.read_bytes(),
        model=found,
        segments=ground.segments,
        lacking=lacking,
        spec=ground.spec,
        as_of=ground.run.as_of,
    )
    return done.rows, done.errors, done.ids, done.layout.passed_over


def schema_of(connection: Connection, dataset: str, lens: str | None) -> dict[str, object]:
    """Return the schema of the files that a published lens takes and gives."""
    run, chosen = published_lens(connection, dataset, lens)
    found = model(connection, chosen.segmentation_id)
    catalogue = {one.name: one for one in feature_catalogue(connection, run.snapshot_id)}
    described = f"{run.dataset.title}, {chosen.label}: {chosen.question}"
    return scoring_schema(found, scorer(found).inputs, catalogue, described)


def write_answers(path: Path, rows: Sequence[Answer]) -> None:
    """Write answers as Parquet or CSV, by the name; the file is whole or not there."""
    if path.suffix.lower() == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        numbers = {name for name, kind, _ in OUTPUT if kind == "float"}
        schema = pa.schema(
            [(name, pa.float64() if name in numbers else pa.string()) for name in COLUMNS]
        )
        with whole_file(path) as part:
            pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), part)
        return
    write_csv(path, COLUMNS, rows)
