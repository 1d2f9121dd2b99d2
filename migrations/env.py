"""How migrations run: the engine's own recipe, one transaction per migration on both databases."""

from __future__ import annotations

import re

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

from db.engine import create_sqlite_file, is_sqlite, make_engine, parse_url
from db.tables.registry import METADATA

_FEATURE_TABLE = re.compile(r"snapshot_\d+_features")


def is_migrated(
    _item: SchemaItem,
    name: str | None,
    kind: str,
    _reflected: bool,
    _compare_to: SchemaItem | None,
) -> bool:
    """Whether a table belongs to the schema; a snapshot's feature table is data."""
    return not (kind == "table" and _FEATURE_TABLE.fullmatch(name or ""))


def run(connection: Connection) -> None:
    """Run the migrations that were asked for over one connection."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        compare_type=True,
        include_object=is_migrated,
        transactional_ddl=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def database_url() -> str:
    """Return the URL that the caller gave, or that the settings name (for developers' alembic)."""
    given = context.config.attributes.get("url")
    if given is not None:
        return str(given)
    from settings import load_settings

    return load_settings().database_url


def main() -> None:
    """Connect and migrate."""
    url = parse_url(database_url())
    if is_sqlite(url):
        create_sqlite_file(url)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            run(connection)
    finally:
        engine.dispose()


main()
