"""The same content again, in any order of rows and in any form, is known: nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from core.pipeline.run import ingest
from core.sources.canonical import read_source
from db.store import SqlSnapshotStore
from tests.core.sources.builders import FILES, tiny_files, tiny_spec
from tests.core.sources.test_forms import (
    MOVES,
    PARQUET,
    PEOPLE,
    STORED,
    FakeTables,
    Rows,
    parquet_files,
)

EngineOf = Callable[..., Engine]
orders = st.permutations(range(3))


def _lines(name: str, order: Sequence[int]) -> str:
    header, *rows = FILES[name].splitlines()
    return "\n".join([header, *(rows[n] for n in order), ""])


def _columns(rows: Rows, order: Sequence[int]) -> Rows:
    return {name: [values[n] for n in order] for name, values in rows.items()}


@settings(max_examples=3)
@given(people=orders, moves=orders)
def test_no_order_of_rows_in_any_form_changes_the_fingerprint(
    tmp_path_factory: pytest.TempPathFactory, people: list[int], moves: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    columns = {"people": _columns(PEOPLE, people), "moves": _columns(MOVES, moves)}
    with (
        read_source(tiny_spec(), tiny_files(folder / "as it is")) as usual,
        read_source(
            tiny_spec(),
            tiny_files(
                folder / "csv",
                people=_lines("people.csv", people),
                moves=_lines("moves.csv", moves),
            ),
        ) as csv,
        read_source(tiny_spec(PARQUET), parquet_files(folder / "parquet", **columns)) as parquet,
        read_source(tiny_spec(STORED), reader=FakeTables(**columns)) as stored,
    ):
        assert {csv.fingerprint, parquet.fingerprint, stored.fingerprint} == {usual.fingerprint}


def test_what_was_ingested_before_changes_nothing_in_whatever_order_and_form(
    sqlite_url: str, engine_of: EngineOf, tmp_path: Path
) -> None:
    store = SqlSnapshotStore(engine_of(sqlite_url), pseudonym_key=b"k" * 32)
    turned = {"people": _lines("people.csv", (2, 0, 1)), "moves": _lines("moves.csv", (1, 2, 0))}
    crlf = {name: text.replace("\n", "\r\n") for name, text in turned.items()}
    first = ingest(tiny_spec(), tiny_files(tmp_path / "first"), snapshots=store)
    again = ingest(tiny_spec(), tiny_files(tmp_path / "turned", **crlf), snapshots=store)
    parquet = ingest(tiny_spec(PARQUET), parquet_files(tmp_path / "parquet"), snapshots=store)
    stored = ingest(tiny_spec(STORED), None, reader=FakeTables(), snapshots=store)
    other = ingest(
        tiny_spec(),
        tiny_files(tmp_path / "other", people=FILES["people.csv"].replace("41", "42")),
        snapshots=store,
    )
    assert not first.unchanged
    assert all(one.unchanged for one in (again, parquet, stored))
    assert {one.snapshot_id for one in (again, parquet, stored)} == {first.snapshot_id}
    assert not other.unchanged
    assert other.snapshot_id != first.snapshot_id
