"""Checks a specification against files and says every mistake at once; nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.pipeline.ports import TableReader
from core.readmodels import Reject
from core.sources.canonical import read_source
from core.sources.problems import SourceError
from core.sources.spec import SourceSpec, load_spec

OpenTables = Callable[[SourceSpec, Path | None], AbstractContextManager[TableReader | None]]


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What came of a check: ``mistakes`` keep rows out, ``remarks`` are worth knowing."""

    mistakes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def check_source(
    spec_path: str | Path,
    path: str | Path | None = None,
    open_tables: OpenTables | None = None,
    *,
    as_of: date | None = None,
) -> SourceCheck:
    """Return what is wrong or odd with a specification and, with it, files and tables.

    Parameters
    ----------
    spec_path
        A shipped source's name or a specification file, as `load_spec` takes it.
    path
        The folder that holds the files; without it, a source of files is checked as a
        specification alone.
    open_tables
        Opens the database that the specification names; without it, a source that names one is
        checked as a specification alone.
    as_of
        The day that the files speak of; by default as the specification says.

    Returns
    -------
    SourceCheck
        Mistakes, one sentence each: of the specification; or of whole files; or, where everything
        can be read, rejected rows by reason. Remarks: checks across rows that do not hold, named
        by table, and columns that are not read.

    Raises
    ------
    UsageError
        There is no such specification.

    Examples
    --------
    >>> check_source("bank")
    SourceCheck(mistakes=(), remarks=())
    """
    try:
        spec = load_spec(spec_path)
        folder = Path(path) if path is not None else None
        if (spec.has_files and folder is None) or (spec.database and open_tables is None):
            return SourceCheck()
        with (
            open_tables(spec, folder) if open_tables else nullcontext() as reader,
            read_source(spec, folder, reader=reader, as_of=as_of) as read,
        ):
            odd = [f"{one.table}: {one.sentence}" for one in read.integrity if not one.passed]
            return SourceCheck(
                mistakes=tuple(_by_reason(read.rejects)),
                remarks=tuple(dict.fromkeys([*odd, *read.warnings])),
            )
    except SourceError as found:
        return SourceCheck(mistakes=tuple(found.problems))


def _unit(file: str) -> str:
    return "row" if file.startswith("table ") or file.casefold().endswith(".parquet") else "line"


def _by_reason(rejects: Iterable[Reject]) -> list[str]:
    """Return one sentence per file, column and reason, with the first line it happens on."""
    rejects = list(rejects)
    counts = Counter((r.file, r.column, r.reason) for r in rejects)
    first = {(r.file, r.column, r.reason): r.line for r in reversed(rejects)}
    return [
        f"{file}: {count:,} row{'s' if count != 1 else ''} rejected, first on "
        f"{_unit(file)} {first[file, column, reason]:,}: {column} {reason}."
        for (file, column, reason), count in counts.most_common()
    ]
