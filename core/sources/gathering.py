"""All tables of a source from one folder: alternatives chosen, every whole-file problem at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from core.pipeline.ports import Progress
from core.readmodels import IntegrityFinding
from core.sources.files import matching_files
from core.sources.problems import SourceError, listed
from core.sources.reading import TableRead, read_table, too_many_rejects
from core.sources.relations import parents_first, reject_doubles, reject_orphans
from core.sources.spec import SourceSpec
from core.sources.tables import TableSpec
from core.sql import quoted


def gather(
    connection: duckdb.DuckDBPyConnection, spec: SourceSpec, folder: Path, progress: Progress
) -> tuple[dict[str, TableRead], list[IntegrityFinding], list[str]]:
    """Read all tables into the schema ``source``; return accounts, key findings and warnings.

    Tables that are not there (and need not be) are empty, so that the specification's queries
    work whichever of its alternatives was given.
    """
    wanted, warnings = _tables_to_read(spec, folder)
    connection.execute("CREATE SCHEMA staged; CREATE SCHEMA source; SET schema = 'source'")
    reads: dict[str, TableRead] = {}
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="clientele-") as scratch:
        for number, (name, table) in enumerate(spec.tables.items()):
            progress(0.6 * number / len(spec.tables), f"Reading {name}")
            reads[name], found = read_table(
                connection,
                table,
                folder if name in wanted else None,
                spec.null_tokens,
                Path(scratch),
            )
            problems += found
    if problems:
        raise SourceError(problems)
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


def _tables_to_read(spec: SourceSpec, folder: Path) -> tuple[set[str], list[str]]:
    """Return the tables whose files are read, and warnings about those that are passed over."""
    if folder.is_file():
        raise SourceError([f"{folder.name} is a file; give the folder that holds the files."])
    if not folder.is_dir():
        raise SourceError([f"There is no folder {folder}; give the folder that holds the files."])
    present = {name for name, table in spec.tables.items() if matching_files(table, folder)}
    wanted = set(present)
    problems, warnings = [], []
    alternatives = {name for either in spec.either for group in either.groups for name in group}
    for name, table in spec.tables.items():
        if table.required and name not in present and name not in alternatives:
            problems.append(_missing(table, folder))
    for groups in (either.groups for either in spec.either):
        complete = [group for group in groups if present.issuperset(group)]
        if not complete:
            problems.append(_none_complete(spec, groups, present, folder))
            continue
        left = {name for group in groups for name in group} - set(complete[0])
        if left & present:
            warnings.append(
                f"{listed(sorted(left & present))} not read: {listed(complete[0])} holds the same."
            )
        wanted -= left
    if problems:
        raise SourceError(problems)
    return wanted, warnings


def _missing(table: TableSpec, folder: Path) -> str:
    return (
        f"The folder has no file {' or '.join(table.files)} for table {table.name}; "
        f"it holds: {_contents(folder)}."
    )


def _none_complete(
    spec: SourceSpec, groups: tuple[tuple[str, ...], ...], present: set[str], folder: Path
) -> str:
    ways = " or ".join(
        listed([file for name in group for file in spec.tables[name].files]) for group in groups
    )
    lacking = sorted(
        file
        for group in groups
        if present & set(group)
        for name in group
        if name not in present
        for file in spec.tables[name].files
    )
    hint = f"; missing of those begun: {listed(lacking)}" if lacking else ""
    return f"The folder needs {ways}{hint}; it holds: {_contents(folder)}."


def _contents(folder: Path) -> str:
    names = sorted(path.name for path in folder.iterdir())
    return listed(names, 20) if names else "nothing"
