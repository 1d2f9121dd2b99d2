"""What a scored file comes to: who is where, who is unlike anyone, which rows were refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from core.encoding import Problem
from core.readmodels import SegmentSummary
from core.scorer import UNLIKE_ANYONE
from core.scoring_answers import Answer
from core.scoring_rows import ID, RowError

FIRST_ROWS = 10  # of a segment
FIRST_ERRORS = 100
NOWHERE = "none"  # the key of those who are in no segment

_PROBLEMS = frozenset(problem.value for problem in Problem)


@dataclass(frozen=True, slots=True)
class FirstRow:
    """One answer as it is shown; the numbers are None in a segment by rule."""

    customer: str
    distance: float | None
    runner_up: str
    margin: float | None
    typicality: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """The customers of the file in one segment; ``key`` is `NOWHERE` for those in none."""

    key: str
    name: str
    colour: int
    rows: int
    unlike: int  # unlike any known customer
    first: tuple[FirstRow, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What is told of a scored file; the answers themselves are files beside it."""

    file: str
    lens: str  # its label
    run_id: int
    as_of: date
    model_version: str
    is_the_banks: bool  # laid out as the bank's own customers are
    passed_over: tuple[str, ...]
    has_ids: bool  # else rows are named by their lines
    known: int  # customers of the file who are among those of the run
    groups: tuple[Group, ...]
    unusual: tuple[tuple[str, str, int], ...]  # feature, problem, rows
    refused: int
    errors: tuple[RowError, ...]  # the first ones

    @property
    def scored(self) -> int:
        """Rows with an answer."""
        return sum(group.rows for group in self.groups)

    @property
    def unlike(self) -> int:
        """Rows unlike any known customer."""
        return sum(group.unlike for group in self.groups)

    @property
    def known_sentence(self) -> str:
        """Says that customers are not new; "" if all are."""
        return known_sentence(self.known, self.scored, self.run_id)


def known_sentence(known: int, scored: int, run_id: int) -> str:
    """Return that a file's customers are, by their ids, those of the run; "" if none is.

    Only ids are compared: whether the values are the same is not said.

    >>> known_sentence(3, 3, 7)
    'By their ids, all 3 customers of the file are among those of run 7 already: nobody is new.'
    >>> known_sentence(1, 3, 7)
    'By the id, 1 of the 3 customers of the file is among those of run 7 already.'
    """
    if not known:
        return ""
    if known < scored:
        by, are = ("By the id", "is") if known == 1 else ("By their ids", "are")
        return (
            f"{by}, {known:,} of the {scored:,} customers of the file {are} among those of run "
            f"{run_id} already."
        )
    all_of_them = (
        "By the id, the one customer of the file is"
        if scored == 1
        else (f"By their ids, all {scored:,} customers of the file are")
    )
    return f"{all_of_them} among those of run {run_id} already: nobody is new."


def groups_of(rows: Sequence[Answer], segments: Sequence[SegmentSummary]) -> tuple[Group, ...]:
    """Return the answers by segment, in the order of the segments; those in none come last."""
    by_key: dict[str, list[Answer]] = {segment.key: [] for segment in segments}
    for row in rows:
        by_key.setdefault(str(row["segment_key"] or NOWHERE), []).append(row)
    known = {segment.key: segment for segment in segments}
    return tuple(
        Group(
            key,
            known[key].name if key in known else "In no segment",
            known[key].colour if key in known else 0,
            len(found),
            sum(_is_unlike(row) for row in found),
            tuple(_first(row) for row in found[:FIRST_ROWS]),
        )
        for key, found in by_key.items()
    )


def unusual_values(rows: Sequence[Answer]) -> tuple[tuple[str, str, int], ...]:
    """Return how many rows have a value that is missing, out of range or new, by feature.

    >>> unusual_values([{"note": "age: missing; unlike any known customer"}, {"note": ""}])
    (('age', 'missing', 1),)
    """
    parts = [part.rpartition(": ") for row in rows for part in str(row["note"]).split("; ")]
    counts = Counter((name, problem) for name, _, problem in parts if problem in _PROBLEMS)
    return tuple((name, problem, n) for (name, problem), n in counts.most_common())


def as_json(report: FileReport) -> bytes:
    """Return a report as it is kept."""
    return _KEPT.dump_json(report)


def from_json(kept: bytes) -> FileReport:
    """Return a report that was kept."""
    return _KEPT.validate_json(kept)


_KEPT: TypeAdapter[FileReport] = TypeAdapter(FileReport)


def _is_unlike(row: Answer) -> bool:
    typicality = row["typicality"]
    return isinstance(typicality, float) and typicality > UNLIKE_ANYONE


def _first(row: Answer) -> FirstRow:
    return FirstRow(
        customer=str(row[ID]),
        distance=_number(row["predict_distance_to_cluster"]),
        runner_up=str(row["runner_up"]),
        margin=_number(row["margin"]),
        typicality=_number(row["typicality"]),
        note=str(row["note"]),
    )


def _number(cell: str | float | None) -> float | None:
    return cell if isinstance(cell, float) else None
