"""``score --ids``: chosen customers by their ids, answered in the order asked."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from cli.published import published_lens
from core.errors import DataError, UsageError
from core.readmodels import FeatureStatistic, SegmentSummary
from core.scoring_ids import IdAnswer
from db.queries.chosen import answers_by_id
from db.queries.segments import segments, statistics

COLUMNS = (
    "id",
    "answer",
    "segment",
    "segment_key",
    "distance_to_cluster",
    "runner_up",
    "margin",
    "typicality",
)
RANGES = ("segment", "feature", "minimum", "maximum")


@dataclass(frozen=True, slots=True)
class IdScores:
    """What was answered: by which lens, as of when, and what its segments range over."""

    lens: str
    as_of: date
    answers: tuple[IdAnswer, ...]
    segments: tuple[SegmentSummary, ...]
    ranges: tuple[FeatureStatistic, ...]

    def rows(self) -> list[dict[str, object]]:
        """Return a row per id, in the order asked."""
        known = {segment.number: segment for segment in self.segments}
        return [_row(one, known) for one in self.answers]

    def range_rows(self) -> list[dict[str, object]]:
        """Return a row per segment and input: from the smallest to the largest value."""
        names = {segment.number: segment.name for segment in self.segments}
        return [
            {
                "segment": names[one.segment],
                "feature": one.feature,
                "minimum": one.minimum,
                "maximum": one.maximum,
            }
            for one in self.ranges
            if one.segment is not None
        ]


def read_ids(where: str) -> list[str]:
    """Return the ids of a file ("-": standard input), one per line or in the first column of a CSV.

    Raises
    ------
    UsageError
        There is no such file.
    DataError
        It holds no id, or is no UTF-8 text.
    """
    try:
        raw = sys.stdin.buffer.read() if where == "-" else Path(where).read_bytes()
    except OSError:
        raise UsageError(f"There is no file {where} to read ids from.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{where} is not UTF-8 text; save the ids as UTF-8.") from None
    cells = [row[0].strip() for row in csv.reader(io.StringIO(text)) if row]
    ids = [cell for cell in cells if cell]
    if not ids:
        raise DataError(f"{where} holds no id; write one per line.")
    return ids


def score_ids(
    connection: Connection,
    dataset: str,
    ids: Sequence[str],
    *,
    lens: str | None,
    as_of: date | None,
    smallest_group: int,
) -> IdScores:
    """Return an answer per id by what is published, with the ranges of segments of some size."""
    run, chosen = published_lens(connection, dataset, lens)
    found = statistics(connection, chosen.segmentation_id, chosen.inputs)
    return IdScores(
        lens=chosen.name,
        as_of=as_of or run.as_of,
        answers=answers_by_id(connection, run, chosen, ids, "admin", as_of),
        segments=segments(connection, chosen.segmentation_id),
        ranges=tuple(x for x in found if x.segment is not None and x.n >= smallest_group),
    )


def _row(one: IdAnswer, known: dict[int, SegmentSummary]) -> dict[str, object]:
    segment = None if one.segment is None else known[one.segment]
    runner_up = None if one.runner_up is None else known[one.runner_up]
    return {
        "id": one.asked,
        "answer": one.said,
        "segment": segment.name if segment else None,
        "segment_key": segment.key if segment else None,
        "distance_to_cluster": one.distance,
        "runner_up": runner_up.name if runner_up else None,
        "margin": one.margin,
        "typicality": one.typicality,
    }
