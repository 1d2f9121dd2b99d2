"""Importing a glossary, and keeping the product's own terms up to date: one transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from core.glossary.checks import Columns, checked, columns_of
from core.glossary.merging import Changes, changes, merged
from core.glossary.model import FEATURES, Glossary
from core.glossary.reading import read_draft
from core.glossary.shipped import shipped_digest, shipped_glossary
from db.audit import record
from db.clock import database_now
from db.glossary_rows import (
    Key,
    category_key,
    keys_of,
    link_key,
    load_glossary,
    shipped_keys,
    term_key,
    write_glossary,
)
from db.tables.glossary import GlossaryEdition
from db.tables.snapshots import FeatureRow

Item = TypeVar("Item")


class Mode(StrEnum):
    """What an import does to the terms that are there."""

    ADD = "add"  # equal terms are replaced, all others stay
    REPLACE = "replace all"


def import_glossary(
    connection: Connection, files: Sequence[tuple[str, bytes]], mode: Mode, *, user: str
) -> Changes:
    """Take in files (name, content) within the caller's transaction; say what became of terms.

    Raises `core.glossary.mistakes.GlossaryError` with every mistake; nothing is written then.
    After a replacement the product adds no terms of its own any more.
    """
    existing = load_glossary(connection)
    base = existing if mode is Mode.ADD else Glossary()
    new = checked(read_draft(files), base, known_columns(connection, existing))
    after = merged(base, new)
    still = keys_of(_in_both(existing, after))
    write_glossary(connection, after, shipped_keys(connection) & still)
    digest, takes_shipped = _latest(connection)
    _add_edition(connection, digest, takes_shipped=takes_shipped and mode is Mode.ADD)
    done = changes(existing, after)
    record(
        connection,
        user,
        "import glossary",
        mode.value,
        files=[name for name, _ in files],
        added=done.added,
        changed=done.changed,
        removed=done.removed,
    )
    return done


def refresh_shipped(connection: Connection) -> None:
    """Bring the product's terms up to this version's, within the caller's transaction.

    What people imported stays as it is. Nothing happens where the terms are this version's
    already, or where an import replaced all of them.
    """
    digest, takes_shipped = _latest(connection)
    if not takes_shipped or digest == shipped_digest():
        return
    existing = load_glossary(connection)
    own = _without(existing, shipped_keys(connection))
    after = merged(merged(existing, shipped_glossary()), own)
    write_glossary(connection, after, keys_of(after) - keys_of(own))
    _add_edition(connection, shipped_digest(), takes_shipped=True)


def edition(connection: Connection) -> int:
    """Return a number that is another one after every change of the glossary."""
    latest = select(GlossaryEdition.id).order_by(GlossaryEdition.id.desc()).limit(1)
    return connection.execute(latest).scalar() or 0


def known_columns(connection: Connection, existing: Glossary) -> Columns:
    """Return what links may lead to.

    These are the features and source columns of every data set that was ever read, and whatever
    the shipped and the existing terms explain already.
    """
    rows = connection.execute(select(FeatureRow.name, FeatureRow.source_columns)).all()
    features = {(FEATURES, row.name) for row in rows}
    sources = {
        (table, column)
        for row in rows
        for table, _, column in (source.partition(".") for source in row.source_columns)
    }
    links = {(link.table, link.column) for link in (*existing.links, *shipped_glossary().links)}
    return columns_of(features | sources | links)


def _latest(connection: Connection) -> tuple[str, bool]:
    """Return which shipped terms the glossary has, and whether it takes others."""
    row = connection.execute(
        select(GlossaryEdition.shipped_digest, GlossaryEdition.takes_shipped)
        .order_by(GlossaryEdition.id.desc())
        .limit(1)
    ).one_or_none()
    return ("", True) if row is None else (row.shipped_digest, row.takes_shipped)


def _add_edition(connection: Connection, digest: str, *, takes_shipped: bool) -> None:
    connection.execute(
        insert(GlossaryEdition),
        {
            "at": database_now(connection),
            "shipped_digest": digest,
            "takes_shipped": takes_shipped,
        },
    )


def _in_both(before: Glossary, after: Glossary) -> Glossary:
    """Return what is exactly the same in both."""
    return Glossary(
        _shared(before.categories, after.categories),
        _shared(before.terms, after.terms),
        _shared(before.links, after.links),
    )


def _shared(before: Iterable[Item], after: Iterable[Item]) -> tuple[Item, ...]:
    known = set(before)
    return tuple(item for item in after if item in known)


def _without(glossary: Glossary, keys: set[Key]) -> Glossary:
    return Glossary(
        tuple(c for c in glossary.categories if category_key(c.path) not in keys),
        tuple(t for t in glossary.terms if term_key(t.path) not in keys),
        tuple(link for link in glossary.links if link_key(link) not in keys),
    )
