"""Customers chosen by their ids, on a day: their features, or why they take no part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnClause, Connection, Subquery, Text, select, table, union_all
from sqlalchemy import column as sql_column
from sqlalchemy import values as sql_values
from sqlalchemy.orm import InstrumentedAttribute

from core.errors import UsageError
from core.readmodels import LensSummary, RunContext, SnapshotId
from core.scoring import scorer
from core.scoring_ids import IdAnswer, answer_ids
from db.queries.customers import PRIVILEGED
from db.queries.models import model
from db.tables.left_out import LeftOutCustomer
from db.tables.snapshots import Customer, Dataset, FeatureRow, Snapshot

MOST_IDS = 10_000
_AT_ONCE = 400  # below every database's limit of parameters


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
        left |= _left_out(connection, snapshot_id, part)
    return Chosen(found, {text: why for text, why in left.items() if text not in found})


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
    asked = _asked(Customer, snapshot_id, texts)
    statement = (
        select(asked.c.customer_id, asked.c.pseudonym, *columns.values())
        .select_from(asked)
        .join(wide, wide.c.customer_id == asked.c.customer_id)
    )
    rows = connection.execute(statement).all()
    values = {name: dict(zip(columns, row[2:], strict=True)) for row in rows for name in row[:2]}
    return {text: values[key] for text in texts if (key := _key(text, values)) is not None}


def _left_out(
    connection: Connection, snapshot_id: SnapshotId, texts: Sequence[str]
) -> dict[str, str]:
    asked = _asked(LeftOutCustomer, snapshot_id, texts, LeftOutCustomer.reason)
    rows = connection.execute(select(asked)).all()
    reasons = {name: row.reason for row in rows for name in row[:2]}
    return {text: reasons[key] for text in texts if (key := _key(text, reasons)) is not None}


def _asked(
    of: type[Customer] | type[LeftOutCustomer],
    snapshot_id: SnapshotId,
    texts: Sequence[str],
    *more: InstrumentedAttribute[str],
) -> Subquery:
    """Who is meant by number or by pseudonym, each found by its index.

    One OR reads all customers. So does a list of pseudonyms in SQLite, which takes a snapshot for
    ten customers until someone counts them; joined to a table of texts they are looked up.
    """
    mine = select(of.customer_id, of.pseudonym, *more).where(of.snapshot_id == snapshot_id)
    pseudonyms = [(text.upper(),) for text in texts]
    written = sql_values(sql_column("pseudonym", Text), name="written").data(pseudonyms).cte()
    by_pseudonym = mine.join(written, written.c.pseudonym == of.pseudonym)
    return union_all(mine.where(of.customer_id.in_(texts)), by_pseudonym).subquery()


def _key(text: str, known: Mapping[str, object]) -> str | None:
    """Return the id or, in capitals, the pseudonym that a text means; an id comes first."""
    return next((name for name in (text, text.upper()) if name in known), None)


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
