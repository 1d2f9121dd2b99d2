"""Saying where customers belong, one or many, against a scikit-learn Pipeline with a DataFrame.

Both sides hold the same stored model and find segment, runner-up, distance and margin; the product
finds typicality as well. Over HTTP the peer is the least that the same server can answer.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Column, Connection, Double, MetaData, SmallInteger, Table, Text, select

from bench.base import (
    TYPICAL,
    WALL,
    Benchmark,
    Contest,
    Contests,
    Outcome,
    Target,
    UnequalWorkError,
)
from bench.measuring import once, typically
from bench.peers.sklearn_pipeline import Answers, PipelineScorer
from bench.scoring_over_http import over_http
from bench.stored_bank import StoredBank
from bench.workshop import Workshop
from core.readmodels import SnapshotId
from core.scoring import Scorer, Scores, scorer
from core.scoring_one import SingleScorer
from db.bulk import insert_columns
from db.feature_table import (
    StoredColumn,
    create_feature_table,
    feature_table,
    load_feature_table,
    storage_of,
)

PEER = "Pipeline with DataFrame"
_BATCH = SnapshotId(1_000)  # beside the stored bank's own
_ONE_BY_ONE = 200  # different customers
_CLOSE = 1e-4  # relative: the product's matrix has the precision of float32
_UNDECIDED = 1e-4  # share of customers so near a border that rounding decides


def contests(workshop: Workshop) -> Contests:
    """Yield one customer, a batch in memory, and a batch from database to database."""
    bank = workshop.stored_bank
    model = bank.published.model
    ours, theirs = scorer(model), PipelineScorer(model)
    frame = bank.snapshot.frame
    yield _one(ours, theirs, frame, workshop.choose(tiny=20, small=2_000, full=5_000))
    many = workshop.choose(tiny=len(frame), small=100_000, full=1_000_000)
    batch = frame[theirs.inputs].iloc[np.arange(many) % len(frame)]
    batch.index = pd.Index([f"{i:09d}" for i in range(many)], name="customer_id", dtype="str")
    yield Contest(
        name=f"score {many:,} in memory",
        peer=PEER,
        product=lambda: once(lambda: ours.score({n: batch[n].to_numpy() for n in ours.inputs})),
        against=lambda: once(lambda: theirs.score(batch)),
        check=require_same_answers,
    )
    yield _between_databases(bank, ours, theirs, batch)
    yield from over_http(workshop, require_same_answers)


def _one(ours: Scorer, theirs: PipelineScorer, frame: pd.DataFrame, calls: int) -> Contest:
    """Return the contest over one customer at a time, as a service is asked: values by name."""
    single = SingleScorer(ours)
    rows = frame[theirs.inputs].iloc[:_ONE_BY_ONE]
    customers: list[Any] = rows.to_dict("records")

    def product() -> Outcome:
        turn = itertools.cycle(customers)
        scores = [single.score(customer) for customer in customers]
        found = Answers(
            *(
                np.array([getattr(score, name) for score in scores], dtype=float)
                for name in ("segment", "runner_up", "distance", "margin")
            )
        )
        return Outcome(found, typically(lambda: single.score(next(turn)), calls).readings)

    def peer() -> Outcome:
        turn = itertools.cycle(customers)
        few = max(10, calls // 20)
        readings = typically(lambda: theirs.score(pd.DataFrame([next(turn)])), few).readings
        return Outcome(theirs.score(rows), readings)

    return Contest(
        name="score one in process",
        peer=PEER,
        product=product,
        against=peer,
        check=require_same_answers,
        targets={TYPICAL: Target(must=0.05, aim=0.006)},
    )


def _between_databases(
    bank: StoredBank, ours: Scorer, theirs: PipelineScorer, batch: pd.DataFrame
) -> Contest:
    """Return the contest from a table of features to a table of scores, in one transaction."""
    columns = [StoredColumn(name, storage_of(batch, name)) for name in theirs.inputs]
    with bank.writer.begin() as connection:
        create_feature_table(connection, _BATCH, columns, batch)
    numbers = itertools.count(1)

    def product() -> Outcome:
        target = _scores_table(f"scores_{next(numbers)}")

        def work() -> None:
            with bank.writer.begin() as connection:
                target.create(connection)
                frame = load_feature_table(connection, _BATCH, columns)
                found = ours.score({name: frame[name].to_numpy() for name in ours.inputs})
                ids = frame.index.to_numpy(dtype=object)
                insert_columns(connection, target, {"customer_id": ids, **_columns_of(found)})

        return _written(bank, target.name, once(work))

    def peer() -> Outcome:
        target = f"scores_{next(numbers)}"
        source = select(feature_table(_BATCH, columns))

        def work() -> None:
            with bank.writer.begin() as connection:
                frame = pd.read_sql(source, connection, index_col="customer_id")
                found = pd.DataFrame(_columns_of(theirs.score(frame)), index=frame.index)
                found.to_sql(target, connection)

        return _written(bank, target, once(work))

    return Contest(
        name=f"score {len(batch):,} from database to database",
        peer="read_sql, Pipeline, to_sql",
        product=product,
        against=peer,
        check=require_same_answers,
        targets={WALL: Target(must=0.30, aim=0.12)},
    )


def require_same_answers(product: Scores | Answers, peer: Answers) -> None:
    """Raise `UnequalWorkError` unless both place the customers alike."""
    if len(product.segment) != len(peer.segment):
        raise UnequalWorkError("The two sides scored different numbers of customers.")
    apart = (product.segment != peer.segment) | (product.runner_up != peer.runner_up)
    if apart.mean() > _UNDECIDED:
        raise UnequalWorkError(f"The two sides place {int(apart.sum())} customers differently.")
    for name in ("distance", "margin"):
        a, b = getattr(product, name)[~apart], getattr(peer, name)[~apart]
        if not np.allclose(a, b, rtol=_CLOSE, atol=_CLOSE, equal_nan=True):
            raise UnequalWorkError(f"The two sides differ in {name}.")


def _columns_of(found: Scores | Answers) -> dict[str, object]:
    names = ("segment", "runner_up", "distance", "margin", "typicality")
    return {name: getattr(found, name) for name in names if hasattr(found, name)}


def _scores_table(name: str) -> Table:
    return Table(
        name,
        MetaData(),
        Column("customer_id", Text, primary_key=True),
        Column("segment", SmallInteger),
        Column("runner_up", SmallInteger),
        *(Column(figure, Double) for figure in ("distance", "margin", "typicality")),
    )


def _written(bank: StoredBank, table: str, outcome: Outcome) -> Outcome:
    """Return what a table of scores holds, in order of the customers, and drop it."""
    with bank.writer.begin() as connection:
        found = _read_back(connection, table)
        connection.exec_driver_sql(f"DROP TABLE {table}")
    return Outcome(found, outcome.readings)


def _read_back(connection: Connection, table: str) -> Answers:
    columns = "segment, runner_up, distance, margin"
    rows = connection.exec_driver_sql(f"SELECT {columns} FROM {table} ORDER BY customer_id")
    values = np.array([tuple(row) for row in rows], dtype=float)
    return Answers(*values.T)


BENCHMARK = Benchmark("score", "How fast are customers scored, one or a million?", contests)
