"""Which of a source's tables are there and are to be read; what is missing, told once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.pipeline.ports import TableReader
from core.sources.files import matching_files
from core.sources.problems import SourceError, listed
from core.sources.spec import SourceSpec
from core.sources.tables import TableSpec


def tables_to_read(
    spec: SourceSpec, folder: Path | None, reader: TableReader | None
) -> tuple[set[str], list[str], list[str]]:
    """Return the tables that are read, warnings about those passed over, and what is missing.

    Of alternatives the first complete one is read. What the folder or the database holds is listed
    once, however much is missing.
    """
    if spec.has_files:
        _require_folder(folder)
    if spec.database and reader is None:
        raise SourceError(["The source reads tables of a database, but none was given to read."])
    stored = {name.casefold() for name in reader.tables()} if spec.database and reader else set()
    present = {
        name
        for name, table in spec.tables.items()
        if (table.table.casefold() in stored if table.table else matching_files(table, folder))
    }
    wanted = set(present)
    problems, warnings = [], []
    alternatives = {name for either in spec.either for group in either.groups for name in group}
    missing = [
        table
        for name, table in spec.tables.items()
        if table.required and name not in present and name not in alternatives
    ]
    for places, lacks in (
        ("folder has no file", [t for t in missing if not t.table]),
        ("database has no", [t for t in missing if t.table]),
    ):
        if lacks:
            problems.append(f"The {places} {listed([_needed(table) for table in lacks], 40)}")
    for groups in (either.groups for either in spec.either):
        complete = [group for group in groups if present.issuperset(group)]
        if not complete:
            problems.append(_none_complete(spec, groups, present))
            continue
        left = {name for group in groups for name in group} - set(complete[0])
        if left & present:
            warnings.append(
                f"{listed(sorted(left & present))} not read: {listed(complete[0])} holds the same."
            )
        wanted -= left
    return wanted, warnings, _with_contents(problems, _contents(folder, reader))


def _require_folder(folder: Path | None) -> None:
    if folder is None:
        raise SourceError(["The source reads files; give the folder that holds them."])
    if folder.is_file():
        raise SourceError([f"{folder.name} is a file; give the folder that holds the files."])
    if not folder.is_dir():
        raise SourceError([f"There is no folder {folder}; give the folder that holds the files."])


def _needed(table: TableSpec) -> str:
    if table.table:
        return f"table {table.table}"
    return f"{' or '.join(table.files)} for table {table.name}"


def _none_complete(spec: SourceSpec, groups: tuple[tuple[str, ...], ...], present: set[str]) -> str:
    def places(names: Sequence[str]) -> list[str]:
        return [p for name in names for p in spec.tables[name].files or [spec.tables[name].table]]

    ways = " or ".join(listed(places(group)) for group in groups)
    begun = [name for group in groups if present & set(group) for name in group]
    lacking = sorted(places([name for name in begun if name not in present]))
    hint = f"; missing of those begun: {listed(lacking)}" if lacking else ""
    where = "folder" if all(spec.tables[n].files for group in groups for n in group) else "source"
    return f"The {where} needs {ways}{hint}"


def _with_contents(problems: list[str], contents: list[str]) -> list[str]:
    """Return the problems as sentences, with what is there behind the last one."""
    if not problems:
        return []
    return [f"{p}." for p in problems[:-1]] + [f"{problems[-1]}; {'; '.join(contents)}."]


def _contents(folder: Path | None, reader: TableReader | None) -> list[str]:
    found = []
    if folder is not None and folder.is_dir():
        names = sorted(path.name for path in folder.iterdir())
        found.append(f"it holds: {listed(names, 20) if names else 'nothing'}")
    if reader is not None:
        tables = reader.tables()
        which = "the database holds" if found else "it holds"
        found.append(f"{which}: {listed(tables, 20) if tables else 'nothing'}")
    return found
