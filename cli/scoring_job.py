"""A job of its own kind: an uploaded file, answered by a lens of a run, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, Engine

from cli.files import csv_text
from core.errors import DataError, UsageError
from core.pipeline.ports import Progress, part_of
from core.readmodels import RunId
from core.scoring_answers import Answer
from core.scoring_report import (
    FIRST_ERRORS,
    NOWHERE,
    FileReport,
    as_json,
    groups_of,
    unusual_values,
)
from core.scoring_rows import RowError
from core.scoring_schema import COLUMNS, model_version
from db.job_files import (
    ANSWERS,
    MOST_ROWS,
    REFUSED,
    REPORT,
    keep_answers,
    segment_part,
    sent_file,
)
from db.jobs import JobRequest, finish
from db.queries.chosen import known_customers
from db.queries.datasets import run_context
from db.queries.scoring import ScoringGround, scoring_ground

_REFUSAL = ("line", "column", "reason")


def score_sent_file(
    request: JobRequest, board: Engine, data: Engine, progress: Progress
) -> Callable[[Connection], object]:
    """Score what was sent; return what is written on the board when that is done.

    The data are read and never written: no other job waits for this one's lock.
    """
    from core.pipeline.score_file import score_text  # loads DuckDB: not for web workers

    with board.connect() as connection:
        content = sent_file(connection, request.job_id)
    if content is None:
        raise UsageError("The file is no longer kept. Send it again.")
    ground = _ground(data, request)
    done = score_text(
        request.config["file"],
        content,
        model=ground.model,
        segments=ground.segments,
        lacking=ground.lens.lacking,
        spec=ground.spec,
        as_of=ground.run.as_of,
        most_rows=MOST_ROWS,
        progress=part_of(progress, 0.0, 0.8),
    )
    progress(0.8, "Looking for customers already known")
    with data.connect() as connection:
        known = known_customers(connection, ground.run.snapshot_id, done.ids)
    progress(0.9, "Writing the answers")
    report = FileReport(
        file=request.config["file"],
        lens=ground.lens.label,
        run_id=int(ground.run.run_id),
        as_of=ground.run.as_of,
        model_version=model_version(ground.model),
        is_the_banks=done.layout.is_the_banks,
        passed_over=done.layout.passed_over,
        has_ids=bool(done.ids),
        known=known,
        groups=groups_of(done.rows, ground.segments),
        unusual=unusual_values(done.rows),
        refused=len({error.line for error in done.errors}),
        errors=done.errors[:FIRST_ERRORS],
    )
    parts = {REPORT: as_json(report), **_files(done.rows, done.errors)}

    def keep(connection: Connection) -> None:
        if finish(connection, request.job_id, None):  # unless it was dismissed meanwhile
            keep_answers(connection, request.job_id, parts)

    return keep


def _ground(data: Engine, request: JobRequest) -> ScoringGround:
    """Return what the file is scored by; `DataError` if it is there no more."""
    with data.connect() as connection:
        run = run_context(connection, request.dataset, RunId(request.config["run"]))
        lens = None if run is None else run.lens(request.config["lens"])
        if run is None or lens is None:
            raise DataError("The run that the file was to be scored by is there no more.")
        return scoring_ground(connection, run, lens)


def _files(rows: Sequence[Answer], errors: Sequence[RowError]) -> Mapping[str, bytes]:
    """Return the files to download: all answers, those of each segment, and the rows refused."""
    by_key: dict[str, list[Answer]] = {}
    for row in rows:
        by_key.setdefault(str(row["segment_key"] or NOWHERE), []).append(row)
    listed = [{"line": one.line, "column": one.column, "reason": one.reason} for one in errors]
    return {
        ANSWERS: _csv(COLUMNS, rows),
        REFUSED: _csv(_REFUSAL, listed),
        **{segment_part(key): _csv(COLUMNS, found) for key, found in by_key.items()},
    }


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    return csv_text(columns, rows).encode("utf-8-sig")
