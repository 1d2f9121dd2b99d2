"""The bank's own database that a specification names, opened for as long as a command reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import UsageError
from settings import source_database_url

if TYPE_CHECKING:
    from pathlib import Path

    from core.pipeline.ports import TableReader
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
