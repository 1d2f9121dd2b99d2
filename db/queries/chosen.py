"""Customers chosen by their ids, on a day: their features, or why they take no part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnClause, ColumnElement, Connection, bindparam, select, table
from sqlalchemy import column as sql_column

from core.errors import UsageError
from core.readmodels import LensSummary, RunContext, SnapshotId
from core.scoring import scorer
from core.scoring_ids import IdAnswer, answer_ids
from db.pseudonyms import PREFIX
from db.queries.customers import PRIVILEGED
from db.queries.models import model
from db.tables.left_out import LeftOutCustomer
from db.tables.snapshots import Customer, Dataset, FeatureRow, Snapshot

MOST_IDS = 10_000
_AT_ONCE = 400  # below every database's limit of parameters

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Chosen:
    """By id as it was written: features of the customers known, and why others take no part."""

    known: Mapping[str, dict[str, float | str | None]]
    left_out: Mapping[str, str]


def snapshot_of_day(connection: Connection, dataset: str, as_of: date) -> SnapshotId:
    """The latest snapshot as of exactly that day; `UsageError` names the days that there are."""
    rows = connection.execute(
        select(Snapshot.as_of, Snapshot.id)
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Dataset.name == dataset)
        .order_by(Snapshot.id)
    ).all()
    by_day = {row.as_of: row.id for row in rows}
    if as_of not in by_day:
        days = ", ".join(day.isoformat() for day in sorted(by_day)) or "none yet"
        raise UsageError(
            f"{dataset} has no snapshot as of {as_of.isoformat()}. There are: {days}. "
            "Ingest its files with --as-of to have one."
        )
    return SnapshotId(by_day[as_of])


def chosen_customers(
    connection: Connection,
    snapshot_id: SnapshotId,
    asked: Sequence[str],
    features: Sequence[str],
    role: str,
) -> Chosen:
    """What is known of each id (a customer's number or pseudonym); who is in neither is unknown.

    Raises
    ------
    UsageError
        The role may not see single customers, or more ids are asked than are answered at once.
    """
    if role not in PRIVILEGED:
        raise UsageError("Only analysts and administrators score single customers.")
    if len(asked) > MOST_IDS:
        raise UsageError(
            f"{len(asked):,} ids were asked; at most {MOST_IDS:,} are answered at once."
        )
    have = connection.execute(select(FeatureRow.name).where(FeatureRow.snapshot_id == snapshot_id))
    lacking = sorted(set(features) - set(have.scalars()))
    if lacking:
        raise UsageError(
            f"The import of that day lacks {', '.join(lacking)}, which the model needs. Ingest its "
            "files again."
        )
    texts = list(dict.fromkeys(asked))
    found: dict[str, dict[str, float | str | None]] = {}
    left: dict[str, str] = {}
    for part in _parts(texts):
        found |= _features(connection, snapshot_id, part, features)
        if others := [text for text in part if text not in found]:
            left |= _left_out(connection, snapshot_id, others)
    return Chosen(found, left)


def known_customers(connection: Connection, snapshot_id: SnapshotId, ids: Sequence[str]) -> int:
    """How many of the rows of a file have the number of one of the snapshot's customers."""
    known: set[str] = set()
    for part in _parts(list(dict.fromkeys(ids))):
        known.update(
            connection.execute(
                select(Customer.customer_id).where(
                    Customer.snapshot_id == snapshot_id, Customer.customer_id.in_(part)
                )
            ).scalars()
        )
    return sum(one in known for one in ids)


def answers_by_id(
    connection: Connection,
    run: RunContext,
    lens: LensSummary,
    asked: Sequence[str],
    role: str,
    as_of: date | None = None,
) -> tuple[IdAnswer, ...]:
    """An answer per id in the order asked, by the lens's model, as of the run's day or another."""
    snapshot_id = run.snapshot_id
    if as_of is not None and as_of != run.as_of:
        snapshot_id = snapshot_of_day(connection, run.dataset.name, as_of)
    found = model(connection, lens.segmentation_id)
    chosen = chosen_customers(connection, snapshot_id, asked, scorer(found).inputs, role)
    return answer_ids(found, asked, chosen.known, chosen.left_out)


def _features(
    connection: Connection, snapshot_id: SnapshotId, texts: Sequence[str], features: Sequence[str]
) -> dict[str, dict[str, float | str | None]]:
    columns: dict[str, ColumnClause[Any]] = {name: sql_column(name) for name in features}
    wide = table(f"snapshot_{snapshot_id}_features", sql_column("customer_id"), *columns.values())
    numbers = _numbers(connection, Customer, snapshot_id, texts)
    statement = (
        select(Customer.customer_id, *columns.values())
        .join(wide, wide.c.customer_id == Customer.customer_id)
        .where(Customer.snapshot_id == snapshot_id, _is_one_of(Customer, texts, numbers))
    )
    rows = connection.execute(statement).all()
    values = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
    return _by_text(texts, numbers, values)


def _left_out(
    connection: Connection, snapshot_id: SnapshotId, texts: Sequence[str]
) -> dict[str, str]:
    of = LeftOutCustomer
    numbers = _numbers(connection, of, snapshot_id, texts)
    rows = connection.execute(
        select(of.customer_id, of.reason).where(
            of.snapshot_id == snapshot_id, _is_one_of(of, texts, numbers)
        )
    ).all()
    return _by_text(texts, numbers, {row.customer_id: row.reason for row in rows})


def _numbers(
    connection: Connection,
    of: type[Customer] | type[LeftOutCustomer],
    snapshot_id: SnapshotId,
    texts: Sequence[str],
) -> dict[str, str]:
    """The numbers of those who are written as pseudonyms, in any capitals.

    Each is looked up by itself: asked for together, and with numbers, SQLite would rather read all
    customers of the snapshot, which it takes for a handful.
    """
    lookup = select(of.customer_id).where(
        of.snapshot_id == snapshot_id, of.pseudonym == bindparam("pseudonym")
    )
    found = {
        text: connection.execute(lookup, {"pseudonym": text.upper()}).scalar()
        for text in texts
        if text.upper().startswith(PREFIX)
    }
    return {text: number for text, number in found.items() if number is not None}


def _is_one_of(
    of: type[Customer] | type[LeftOutCustomer], texts: Sequence[str], numbers: Mapping[str, str]
) -> ColumnElement[bool]:
    return of.customer_id.in_([*texts, *numbers.values()])


def _by_text(
    texts: Sequence[str], numbers: Mapping[str, str], known: Mapping[str, Known]
) -> dict[str, Known]:
    """What is known by what was written: a number comes before a pseudonym."""
    keys = {text: text if text in known else numbers.get(text, "") for text in texts}
    return {text: known[key] for text, key in keys.items() if key in known}


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
