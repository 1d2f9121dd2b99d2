from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, inspect, select, text

from core.errors import ConfigurationError, DataError
from core.features.base import Feature, Kind, Sensitivity, Side
from core.pipeline.results import StoredSnapshot
from core.readmodels import FeatureInfo, RejectCount, SnapshotId
from db.queries.datasets import (
    datasets,
    files_read,
    integrity_findings,
    reject_counts,
    rejects,
)
from db.queries.features import feature_catalogue
from db.store import SqlSnapshotStore
from db.tables.snapshots import Customer, CustomerIdentity
from tests.builders import AS_OF, CUSTOMERS, dataset_info, features, frame, snapshot_data


def as_values(snapshot: StoredSnapshot) -> tuple[object, ...]:
    return (snapshot.dataset, snapshot.as_of, snapshot.features, snapshot.lenses)


def test_a_snapshot_is_read_back_as_it_was_stored(snapshots: SqlSnapshotStore) -> None:
    stored = snapshot_data()
    snapshot_id = snapshots.save_snapshot(stored)
    loaded = snapshots.load_snapshot("bank")
    assert loaded.snapshot_id == snapshot_id
    assert as_values(loaded) == (dataset_info(), AS_OF, features(), stored.lenses)
    pd.testing.assert_frame_equal(loaded.frame, frame())


def test_what_was_read_of_the_files_is_kept(snapshots: SqlSnapshotStore, engine: Engine) -> None:
    data = snapshot_data()
    snapshot_id = snapshots.save_snapshot(data)
    with engine.connect() as connection:
        assert files_read(connection, snapshot_id) == data.files
        assert rejects(connection, snapshot_id) == data.rejects
        assert rejects(connection, snapshot_id, offset=1) == data.rejects[1:]
        assert integrity_findings(connection, snapshot_id) == data.integrity
        assert reject_counts(connection, snapshot_id) == (
            RejectCount("customer.csv", "age", "not a whole number", 2),
        )


def test_the_catalogue_of_features_is_kept_in_order(
    snapshots: SqlSnapshotStore, engine: Engine
) -> None:
    snapshot_id = snapshots.save_snapshot(snapshot_data())
    with engine.connect() as connection:
        found = feature_catalogue(connection, snapshot_id)
    assert found == tuple(
        FeatureInfo(
            name=feature.name,
            label=feature.label,
            description=feature.description,
            family=feature.family,
            side=feature.side.value,
            kind=feature.kind.value,
            unit=feature.unit,
            sensitivity=feature.sensitivity.value,
            levels=feature.levels,
            actionable=feature.actionable,
            source_columns=feature.source_columns,
        )
        for feature in features()
    )


def test_the_same_content_is_stored_once(snapshots: SqlSnapshotStore, engine: Engine) -> None:
    first = snapshots.save_snapshot(snapshot_data())
    assert snapshots.find_snapshot("bank", "f" * 64) == first
    assert snapshots.save_snapshot(snapshot_data()) == first
    assert snapshots.find_snapshot("bank", "e" * 64) is None
    assert snapshots.find_snapshot("cards", "f" * 64) is None
    with engine.connect() as connection:
        assert [header.name for header in datasets(connection)] == ["bank"]


def test_without_an_id_the_snapshot_stored_last_is_loaded(snapshots: SqlSnapshotStore) -> None:
    first = snapshots.save_snapshot(snapshot_data())
    second = snapshots.save_snapshot(snapshot_data(fingerprint="e" * 64, as_of=date(1996, 1, 31)))
    assert snapshots.load_snapshot("bank").snapshot_id == second
    assert snapshots.load_snapshot("bank", first).as_of == AS_OF


def test_a_data_set_without_a_snapshot_says_what_to_do(snapshots: SqlSnapshotStore) -> None:
    with pytest.raises(DataError, match=r"has no snapshot\. .*manage\.py ingest bank PATH"):
        snapshots.load_snapshot("bank")
    snapshots.save_snapshot(snapshot_data())
    with pytest.raises(DataError, match="has no snapshot 99"):
        snapshots.load_snapshot("bank", SnapshotId(99))


def test_direct_identifiers_lie_apart_from_customers(
    snapshots: SqlSnapshotStore, engine: Engine
) -> None:
    snapshots.save_snapshot(snapshot_data())
    with engine.connect() as connection:
        kept = dict(
            connection.execute(
                select(CustomerIdentity.customer_id, CustomerIdentity.identifiers)
            ).all()
        )
    assert kept["c-02"] == '{"first_name": "Béla", "last_name": "Quo\\"te"}'
    assert kept["c-03"] == '{"first_name": "Chloë", "last_name": "Tab\\tbed"}'
    assert kept["c-05"] == '{"first_name": "Null", "last_name": "Null"}'
    assert kept["c-06"] == "{}"


def test_pseudonyms_are_the_same_in_every_snapshot_of_a_data_set(
    snapshots: SqlSnapshotStore, engine: Engine
) -> None:
    first = snapshots.save_snapshot(snapshot_data())
    second = snapshots.save_snapshot(snapshot_data(fingerprint="e" * 64))
    elsewhere = snapshots.save_snapshot(snapshot_data(dataset="cards"))

    def of(snapshot_id: SnapshotId) -> list[str]:
        with engine.connect() as connection:
            return list(
                connection.execute(
                    select(Customer.pseudonym)
                    .where(Customer.snapshot_id == snapshot_id)
                    .order_by(Customer.customer_id)
                ).scalars()
            )

    assert of(first) == of(second)
    assert len(set(of(first))) == len(CUSTOMERS)
    assert not set(of(first)) & set(of(elsewhere))


def test_another_pseudonym_key_is_refused(snapshots: SqlSnapshotStore, engine: Engine) -> None:
    snapshots.save_snapshot(snapshot_data())
    other = SqlSnapshotStore(engine, pseudonym_key=b"another key")
    with pytest.raises(ConfigurationError, match="pseudonym key is not the one"):
        other.save_snapshot(snapshot_data(fingerprint="e" * 64))
    assert snapshots.find_snapshot("bank", "e" * 64) is None


def test_a_failing_write_leaves_nothing(
    snapshots: SqlSnapshotStore, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    with engine.connect() as connection:
        before = set(inspect(connection).get_table_names())
    monkeypatch.setattr("db.feature_table.insert_columns", full)
    with pytest.raises(OSError, match="disk full"):
        snapshots.save_snapshot(snapshot_data())
    with engine.connect() as connection:
        assert datasets(connection) == ()
        assert connection.execute(text("SELECT count(*) FROM customers")).scalar_one() == 0
        assert set(inspect(connection).get_table_names()) == before


AWKWARD = [
    "tab\there",
    "line\nbreak",
    'quote " and \\ backslash',
    "",
    "Łódź €uro 😀",
    "\\N",
    "null",
    None,
]


def test_awkward_text_and_numbers_survive(snapshots: SqlSnapshotStore) -> None:
    numbers = np.array([np.nan, -0.0, 1e308, 5e-324, 0.1 + 0.2, -1.5, 2.0**53, 1 / 3])
    awkward = pd.DataFrame(
        {
            '100 % "odd" name': pd.array(AWKWARD, dtype="str"),
            "number: n": numbers,
            "whole": np.array([2**62, -(2**62), 0, 1, 2, 3, 4, 5], dtype=np.int64),
            "select": [True, False] * 4,
        },
        index=pd.Index([f"{i:02}" for i in range(8)], name="customer_id", dtype="str"),
    )
    catalogue = tuple(
        Feature(name, name, "", "odd", Side.BEHAVIOURAL, kind, missing_allowed=True)
        for name, kind in zip(
            awkward.columns, (Kind.CATEGORY, Kind.NUMBER, Kind.COUNT, Kind.FLAG), strict=True
        )
    )
    data = replace(
        snapshot_data(),
        frame=awkward,
        features=catalogue,
        identities=pd.DataFrame(index=awkward.index),
    )
    snapshots.save_snapshot(data)
    expected = awkward.astype({"select": np.int64})
    pd.testing.assert_frame_equal(snapshots.load_snapshot("bank").frame, expected, check_exact=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"dataset": replace(dataset_info(), name="Bank; drop")}, "The data set name 'Bank; drop'"),
        ({"frame": frame().drop(columns="loyalty")}, "name different columns"),
        ({"frame": frame().iloc[::-1]}, "not in order"),
        ({"frame": frame().iloc[[0, 0, 1]]}, "repeated"),
        ({"frame": frame().assign(loyalty=pd.Timestamp("2020-01-01"))}, "'loyalty' has the type"),
    ],
)
def test_what_cannot_be_stored_is_refused_before_anything_is_written(
    snapshots: SqlSnapshotStore, engine: Engine, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(DataError, match=sentence):
        snapshots.save_snapshot(replace(snapshot_data(), **change))
    with engine.connect() as connection:
        assert datasets(connection) == ()


def test_a_feature_called_like_a_column_of_the_published_view_is_refused(
    snapshots: SqlSnapshotStore,
) -> None:
    data = snapshot_data()
    taken = f"{data.lenses[0].name}_distance"
    first = data.features[0]
    renamed = replace(
        data,
        features=(replace(first, name=taken), *data.features[1:]),
        frame=data.frame.rename(columns={first.name: taken}),
    )
    with pytest.raises(DataError, match=f"Two columns would be called '{taken}'"):
        snapshots.save_snapshot(renamed)


@pytest.mark.parametrize("name", ["customer_id", "Loyalty", "x" * 64, " "])
def test_a_feature_name_that_cannot_be_a_column_is_refused(
    snapshots: SqlSnapshotStore, name: str
) -> None:
    data = snapshot_data()
    extra = Feature(
        name, "", "", "odd", Side.BEHAVIOURAL, Kind.NUMBER, sensitivity=Sensitivity.DIRECT
    )
    with pytest.raises(DataError, match=r"cannot be a column|Two columns would be called"):
        snapshots.save_snapshot(
            replace(data, features=(*data.features, extra), frame=data.frame.assign(**{name: 1.0}))
        )
