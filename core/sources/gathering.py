"""All tables of a source: alternatives chosen, opened, loaded; every whole-file problem at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from core.pipeline.ports import Progress, TableReader
from core.readmodels import IntegrityFinding
from core.sources.files import matching_files, open_file
from core.sources.headers import UnreadableFileError
from core.sources.opened import OpenedFile
from core.sources.parquet import open_parquet
from core.sources.presence import tables_to_read
from core.sources.problems import SourceError
from core.sources.reading import TableRead, load_table, too_many_rejects
from core.sources.relations import parents_first, reject_doubles, reject_orphans
from core.sources.spec import SourceSpec
from core.sources.stored import open_stored
from core.sources.tables import TableSpec
from core.sql import quoted


def gather(
    connection: duckdb.DuckDBPyConnection,
    spec: SourceSpec,
    folder: Path | None,
    reader: TableReader | None,
    progress: Progress,
) -> tuple[dict[str, TableRead], list[IntegrityFinding], list[str]]:
    """Read all tables into the schema ``source``; return accounts, key findings and warnings.

    Tables that are not there (and need not be) are empty, so that the specification's queries
    work whichever of its alternatives was given. Nothing is loaded unless everything opens.
    """
    wanted, warnings, problems = tables_to_read(spec, folder, reader)
    for schema in ("cells", "loaded", "staged", "source"):
        connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute("SET schema = 'source'")
    reads = {name: TableRead(table) for name, table in spec.tables.items()}
    with tempfile.TemporaryDirectory(prefix="clientele-") as scratch:
        for number, (name, read) in enumerate(reads.items()):
            progress(0.3 * number / len(reads), f"Reading {name}")
            if name in wanted:
                problems += _open(connection, read, folder, reader, Path(scratch))
        if problems:
            raise SourceError(problems)
        for number, (name, read) in enumerate(reads.items()):
            progress(0.3 + 0.3 * number / len(reads), f"Converting {name}")
            load_table(connection, read, spec.null_tokens)
    connection.execute("DROP SCHEMA cells CASCADE")
    progress(0.6, "Checking keys and references")
    findings = _relate(connection, spec, reads)
    _stop_at_too_many(spec, reads)
    for name in spec.tables:
        table_name = quoted(name)
        connection.execute(
            f"CREATE VIEW source.{table_name} AS "  # noqa: S608
            f"SELECT * EXCLUDE (_file, _record) FROM staged.{table_name}"
        )
    warnings += [warning for read in reads.values() for warning in read.warnings]
    return reads, findings, warnings


def _open(
    connection: duckdb.DuckDBPyConnection,
    read: TableRead,
    folder: Path | None,
    reader: TableReader | None,
    scratch: Path,
) -> list[str]:
    """Open a table's files, or its table of the database; return what is wrong with them."""
    table, problems = read.spec, []
    places: list[Path | TableReader] = list(matching_files(table, folder)) if folder else []
    if table.table:
        places = [reader] if reader is not None else []
    for place in places:
        try:
            opened, found = _opened(connection, table, place, scratch)
        except UnreadableFileError as fault:
            problems.append(str(fault))
            continue
        read.files += [opened] if opened is not None else []
        problems += found
    return problems


def _opened(
    connection: duckdb.DuckDBPyConnection,
    table: TableSpec,
    place: Path | TableReader,
    scratch: Path,
) -> tuple[OpenedFile | None, list[str]]:
    if not isinstance(place, Path):
        return open_stored(connection, place, table)
    if table.form == "parquet":
        return open_parquet(connection, place, table)
    return open_file(place, table, scratch), []


def _relate(
    connection: duckdb.DuckDBPyConnection, spec: SourceSpec, reads: dict[str, TableRead]
) -> list[IntegrityFinding]:
    findings: list[IntegrityFinding] = []
    for name in parents_first(spec.tables):
        if reads[name].files:
            findings += reject_doubles(connection, reads[name])
            findings += reject_orphans(connection, reads[name])
    return findings


def _stop_at_too_many(spec: SourceSpec, reads: dict[str, TableRead]) -> None:
    told = [too_many_rejects(read, spec.max_rejected_share) for read in reads.values()]
    problems = [sentence for sentence in told if sentence is not None]
    if problems:
        raise SourceError(problems)
