"""Checks a specification against files and says every mistake at once; nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from core.readmodels import Reject
from core.sources.canonical import read_source
from core.sources.problems import SourceError
from core.sources.spec import load_spec


def check_source(spec_path: str | Path, path: str | Path | None = None) -> list[str]:
    """Return every mistake of a specification and, with it, of a folder of files.

    Parameters
    ----------
    spec_path
        A shipped source's name or a specification file, as `load_spec` takes it.
    path
        The folder that holds the files; without it, the specification alone is checked.

    Returns
    -------
    list of str
        One sentence per mistake: of the specification; or of whole files; or, where everything
        can be read, rejected rows by reason, checks that failed and columns that are not read.
        Empty where there is nothing to say.

    Raises
    ------
    UsageError
        There is no such specification.

    Examples
    --------
    >>> check_source("bank")
    []
    """
    try:
        spec = load_spec(spec_path)
        if path is None:
            return []
        with read_source(spec, path) as read:
            failed = [finding.sentence for finding in read.integrity if not finding.passed]
            return [*_by_reason(read.rejects), *failed, *read.warnings]
    except SourceError as found:
        return list(found.problems)


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
