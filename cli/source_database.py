"""The bank's own database, opened for as long as a command reads it: one that a specification
names, or that one is drafted from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UsageError
from settings import source_database_url

if TYPE_CHECKING:
    from core.pipeline.ports import TableReader
    from core.sources.drafting.draft import DraftedDatabase
    from core.sources.spec import SourceSpec


@contextmanager
def tables_of(spec: SourceSpec, path: Path | None) -> Iterator[TableReader | None]:
    """Open the source's database, if it names one; `UsageError` where its folder is not given."""
    if spec.has_files and path is None:
        raise UsageError(
            f"The source '{spec.name}' reads files; give the folder that holds them as PATH."
        )
    if not spec.database:
        yield None
        return
    from db.source_tables import source_tables

    with source_tables(source_database_url(spec.database)) as reader:
        yield reader


def is_database(place: str) -> bool:
    """Whether a place is a database, as a specification names one, and no folder."""
    return place.startswith("$") or "://" in place


@contextmanager
def unknown_place(place: str) -> Iterator[Path | DraftedDatabase]:
    """Give the folder, or the tables of the database; `UsageError` where its URL has a password."""
    if not is_database(place):
        yield Path(place)
        return
    from core.sources.drafting.draft import DraftedDatabase
    from core.sources.forms import require_no_password
    from db.source_tables import source_tables

    try:
        named = require_no_password(place)
    except ValueError as refused:
        raise UsageError(f"The database: {refused}.") from None
    with source_tables(source_database_url(named)) as reader:
        yield DraftedDatabase(reader, named)
