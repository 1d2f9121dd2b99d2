"""Checks a specification against files and says every mistake at once; nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.readmodels import Reject
from core.sources.canonical import read_source
from core.sources.problems import SourceError
from core.sources.spec import load_spec


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What came of a check: ``mistakes`` keep rows out, ``remarks`` are worth knowing."""

    mistakes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def check_source(spec_path: str | Path, path: str | Path | None = None) -> SourceCheck:
    """Return what is wrong or odd with a specification and, with it, a folder of files.

    Parameters
    ----------
    spec_path
        A shipped source's name or a specification file, as `load_spec` takes it.
    path
        The folder that holds the files; without it, the specification alone is checked.

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
        if path is None:
            return SourceCheck()
        with read_source(spec, path) as read:
            odd = [f"{one.table}: {one.sentence}" for one in read.integrity if not one.passed]
            return SourceCheck(
                mistakes=tuple(_by_reason(read.rejects)),
                remarks=tuple(dict.fromkeys([*odd, *read.warnings])),
            )
    except SourceError as found:
        return SourceCheck(mistakes=tuple(found.problems))


def _by_reason(rejects: Iterable[Reject]) -> list[str]:
    """Return one sentence per file, column and reason, with the first line it happens on."""
    rejects = list(rejects)
    counts = Counter((r.file, r.column, r.reason) for r in rejects)
    first = {(r.file, r.column, r.reason): r.line for r in reversed(rejects)}
    return [
        f"{file}: {count:,} row{'s' if count != 1 else ''} rejected, first on line "
        f"{first[file, column, reason]:,}: {column} {reason}."
        for (file, column, reason), count in counts.most_common()
    ]
