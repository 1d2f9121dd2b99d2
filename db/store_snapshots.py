"""Writing a snapshot: checked first, then everything in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from core.errors import ConfigurationError, DataError
from core.pipeline.results import SnapshotData
from core.readmodels import SnapshotId
from db.bulk import count_anew, insert_columns
from db.clock import database_now
from db.feature_table import StoredColumn, create_feature_table, storage_of
from db.names import check_dataset_name, check_feature_names, check_lens_name, view_columns
from db.pseudonyms import key_check, pseudonyms
from db.rows import insert_ordered, insert_rows, row_of
from db.store_facts import insert_facts
from db.stored_snapshots import find_snapshot
from db.tables.left_out import LeftOutCustomer
from db.tables.snapshots import (
    Customer,
    CustomerIdentity,
    Dataset,
    FeatureRow,
    ImportReject,
    IntegrityCheck,
    LensRow,
    Snapshot,
    SnapshotFile,
)


@dataclass(frozen=True, slots=True, eq=False)
class PreparedSnapshot:
    """A checked snapshot with everything computed, so that writing it is short."""

    data: SnapshotData
    columns: tuple[StoredColumn, ...]
    customer_ids: list[str]
    pseudonyms: list[str]
    left_out_pseudonyms: list[str]
    identifiers: Mapping[str, str]  # customer id → JSON
    key_check: str


def prepare_snapshot(data: SnapshotData, pseudonym_key: bytes) -> PreparedSnapshot:
    """Check a snapshot and compute what is stored; `DataError` before anything is written."""
    check_dataset_name(data.dataset.name)
    for lens in data.lenses:
        check_lens_name(lens.name)
    names = [feature.name for feature in data.features]
    of_lenses = [column for lens in data.lenses for column in view_columns(lens.name)]
    check_feature_names([*names, *of_lenses])
    customer_ids = data.frame.index.to_numpy(dtype=object).tolist()
    _check_frame(data, names, customer_ids)
    return PreparedSnapshot(
        data=data,
        customer_ids=customer_ids,
        columns=tuple(StoredColumn(name, storage_of(data.frame, name)) for name in names),
        pseudonyms=pseudonyms(pseudonym_key, data.dataset.name, customer_ids),
        left_out_pseudonyms=pseudonyms(
            pseudonym_key, data.dataset.name, [one.customer_id for one in data.left_out]
        ),
        identifiers=_identifiers(data.identities),
        key_check=key_check(pseudonym_key, data.dataset.name),
    )


def insert_snapshot(connection: Connection, prepared: PreparedSnapshot) -> SnapshotId:
    """Write a snapshot within the caller's transaction; the same content is stored once."""
    data = prepared.data
    dataset_id = _dataset_id(connection, prepared)
    known = find_snapshot(connection, data.dataset.name, data.fingerprint)
    if known is not None:
        return known
    snapshot_id = connection.execute(
        insert(Snapshot).returning(Snapshot.id),
        {
            "dataset_id": dataset_id,
            "as_of": data.as_of,
            "fingerprint": data.fingerprint,
            "customers": len(data.frame),
            "created_at": database_now(connection),
        },
    ).scalar_one()
    _insert_report(connection, snapshot_id, data)
    insert_facts(connection, snapshot_id, data.facts)
    _insert_catalogue(connection, snapshot_id, prepared)
    _insert_customers(connection, snapshot_id, prepared)
    create_feature_table(connection, SnapshotId(snapshot_id), prepared.columns, data.frame)
    count_anew(connection, Customer)
    return SnapshotId(snapshot_id)


def _check_frame(data: SnapshotData, names: list[str], customer_ids: list[str]) -> None:
    index = data.frame.index
    if sorted(data.frame.columns) != sorted(names):
        raise DataError("The feature table and the catalogue of features name different columns.")
    if index.hasnans or not index.is_unique or customer_ids != sorted(customer_ids):
        raise DataError(
            "Customer ids are missing, repeated or not in order. One sorted row per customer is "
            "stored."
        )
    unknown = data.identities.index.difference(index)
    if len(unknown):
        raise DataError(f"{len(unknown)} identities belong to no customer of the snapshot.")


def _identifiers(identities: pd.DataFrame) -> dict[str, str]:
    """Return each customer's direct identifiers as a JSON object without the missing ones."""
    columns = [str(column) for column in identities.columns]
    if not columns:
        return {}
    to_json = json.JSONEncoder(ensure_ascii=False).encode
    known = identities.notna().to_numpy().tolist()
    values = identities.astype(object).to_numpy().tolist()
    return {
        customer_id: to_json(
            {
                name: str(value)
                for name, value, is_known in zip(columns, row, mask, strict=True)
                if is_known
            }
        )
        for customer_id, row, mask in zip(
            identities.index.to_numpy(dtype=object).tolist(), values, known, strict=True
        )
    }


def _dataset_id(connection: Connection, prepared: PreparedSnapshot) -> int:
    """Return the data set's id; it is made on first sight, and described anew on every other."""
    info = prepared.data.dataset
    described = {field.name: getattr(info, field.name) for field in fields(info)}
    found = connection.execute(
        select(Dataset.id, Dataset.pseudonym_check).where(Dataset.name == info.name)
    ).one_or_none()
    if found is None:
        described |= {
            "pseudonym_check": prepared.key_check,
            "created_at": database_now(connection),
        }
        return connection.execute(insert(Dataset).returning(Dataset.id), described).scalar_one()
    if found.pseudonym_check != prepared.key_check:
        raise ConfigurationError(
            f"The pseudonym key is not the one that the data set {info.name!r} was stored with; "
            "every customer would change their pseudonym. Set CLIENTELE_PSEUDONYM_KEY (or "
            "CLIENTELE_PSEUDONYM_KEY_FILE) to the key used before."
        )
    connection.execute(update(Dataset).where(Dataset.id == found.id).values(described))
    return int(found.id)


def _insert_report(connection: Connection, snapshot_id: int, data: SnapshotData) -> None:
    owner = {"snapshot_id": snapshot_id}
    insert_ordered(connection, SnapshotFile, owner, data.files)
    insert_ordered(connection, ImportReject, owner, data.rejects)
    insert_ordered(connection, IntegrityCheck, owner, data.integrity)


def _insert_catalogue(connection: Connection, snapshot_id: int, prepared: PreparedSnapshot) -> None:
    insert_rows(
        connection,
        FeatureRow,
        (
            row_of(feature, snapshot_id=snapshot_id, position=i, storage=column.storage)
            for i, (feature, column) in enumerate(
                zip(prepared.data.features, prepared.columns, strict=True)
            )
        ),
    )
    insert_rows(
        connection,
        LensRow,
        (
            {
                "snapshot_id": snapshot_id,
                "position": i,
                "name": lens.name,
                "spec": lens.model_dump(mode="json"),
            }
            for i, lens in enumerate(prepared.data.lenses)
        ),
    )


def _insert_customers(connection: Connection, snapshot_id: int, prepared: PreparedSnapshot) -> None:
    customer_ids = prepared.customer_ids
    insert_columns(
        connection,
        Customer,
        {
            "snapshot_id": [snapshot_id] * len(customer_ids),
            "customer_id": customer_ids,
            "pseudonym": prepared.pseudonyms,
        },
    )
    insert_columns(
        connection,
        CustomerIdentity,
        {
            "snapshot_id": [snapshot_id] * len(prepared.identifiers),
            "customer_id": list(prepared.identifiers),
            "identifiers": list(prepared.identifiers.values()),
        },
    )
    insert_rows(
        connection,
        LeftOutCustomer,
        (
            row_of(one, snapshot_id=snapshot_id, pseudonym=pseudonym)
            for one, pseudonym in zip(
                prepared.data.left_out, prepared.left_out_pseudonyms, strict=True
            )
        ),
    )
