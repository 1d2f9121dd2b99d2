"""Where benchmarks work: how large, how often, in which scratch folder, on which stored bank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from bench.stored_bank import StoredBank


class Size(StrEnum):
    """How much data."""

    TINY = "tiny"  # seconds: to see that everything works
    SMALL = "small"  # minutes: to compare two versions of the code
    FULL = "full"  # the sizes that the targets are stated for


def _say_nothing(_: str) -> None:
    """Report nowhere."""


@dataclass
class Workshop:
    """One session of benchmarks, a context manager; ``say`` is told what happens."""

    size: Size
    repeats: int
    folder: Path
    say: Callable[[str], None] = field(default=_say_nothing)

    def choose(self, *, tiny: int, small: int, full: int) -> int:
        """Return the number that goes with the size."""
        return {Size.TINY: tiny, Size.SMALL: small, Size.FULL: full}[self.size]

    @cached_property
    def stored_bank(self) -> StoredBank:
        """A bank that was ingested, segmented and published: made by the first who asks."""
        from bench.stored_bank import store_bank

        customers = self.choose(tiny=1_500, small=12_000, full=1_000_000)
        self.say(f"storing and segmenting a bank of {customers:,} customers")
        return store_bank(self.folder / "stored", customers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "stored_bank" in self.__dict__:
            self.stored_bank.close()
