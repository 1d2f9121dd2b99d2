"""Mistakes in glossary files: where each one is, what was found and what to do; all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import DataError


@dataclass(frozen=True, slots=True)
class Place:
    """The row that something was read from; line 1 is the header."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend.

    >>> str(Mistake(Place("terms.csv", 3), "Category", "Unknown category 'Valu'."))
    "terms.csv, line 3, Category: Unknown category 'Valu'."
    """

    place: Place
    column: str  # empty where the whole row or file is meant
    sentence: str

    def __str__(self) -> str:
        """Write the place first, then the sentence."""
        where = f"{self.place.file}, line {self.place.line}"
        return f"{where}{f', {self.column}' if self.column else ''}: {self.sentence}"


class GlossaryError(DataError):
    """The files cannot be taken as they are; every mistake is named."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(
            sorted(mistakes, key=lambda m: (m.place.file, m.place.line, m.column, m.sentence))
        )
        number = len(self.mistakes)
        head = f"The glossary has {number} {'mistake' if number == 1 else 'mistakes'}; "
        lines = "\n".join(f"  {mistake}" for mistake in self.mistakes)
        super().__init__(f"{head}nothing was imported.\n{lines}")
