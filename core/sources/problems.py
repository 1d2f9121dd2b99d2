"""Every mistake of a specification or of a folder of files, told at once."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import DataError
from core.readmodels import Reject


class SourceError(DataError):
    r"""All mistakes that were found, one complete sentence each.

    >>> str(SourceError(["No file a.csv.", "No file b.csv."]))
    'No file a.csv.\nNo file b.csv.'
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class AllRejectedError(SourceError):
    """Every row of the customers' table was rejected; the rejects say why."""

    def __init__(self, table: str, rejects: Sequence[Reject]) -> None:
        super().__init__([f"Every row of {table} was rejected; there is nobody left."])
        self.rejects = tuple(rejects)


def listed(names: Sequence[object], limit: int = 12) -> str:
    """Return names separated by commas, cut where there are very many.

    >>> listed(["a", "b", "c"], limit=2)
    'a, b and 1 more'
    """
    shown = ", ".join(str(name) for name in names[:limit])
    if len(names) > limit:
        return f"{shown} and {len(names) - limit:,} more"
    return shown
