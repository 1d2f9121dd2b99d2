"""What is known of an unknown table: its columns with types and roles, its key, its references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.sources.columns import Role
from core.sources.drafting.columns import Guess
from core.sources.drafting.loading import LoadedTable


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values are those of another table's key, or of a unique column beside it."""

    column: str
    table: str
    key: str
    evidence: str
    lost: int = 0  # rows whose value is not found there


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of one table."""

    loaded: LoadedTable
    columns: dict[str, Guess]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def name(self) -> str:
        """The table's name in the specification."""
        return self.loaded.name

    def with_role(self, role: Role) -> list[Guess]:
        """Return the columns of a role, in order."""
        return [column for column in self.columns.values() if column.role is role]

    def guessed(self, changed: Iterable[Guess]) -> Draft:
        """Return the table with some columns guessed otherwise."""
        return replace(self, columns={**self.columns, **{one.name: one for one in changed}})
