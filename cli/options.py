"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Optional

import typer

from core.errors import UsageError
from core.pipeline.options import checked_k

DatabaseUrl = Annotated[
    Optional[str],  # noqa: UP045  (Typer reads this at run time)
    typer.Option(
        "--database-url", help="SQLAlchemy URL; default CLIENTELE_DATABASE_URL, else SQLite."
    ),
]
AsOf = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--as-of", help="The day to look from, YYYY-MM-DD; default: the last day in the data."
    ),
]
Switches = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--switch",
        help="A switch of the source, NAME=yes or NAME=no; repeatable. Default: as at the last "
        "import.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="Seed of everything random.", min=0)]


def parse_day(text: str | None, option: str = "--as-of") -> date | None:
    """Read YYYY-MM-DD; `UsageError` for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option} is {text!r}, which is not a day. Write it as YYYY-MM-DD, e.g. 1995-12-31."
        ) from None


def parse_k(text: str | None) -> tuple[int, int] | None:
    """Read ``4`` or ``3..8`` as a range of numbers of segments.

    >>> parse_k("3..8")
    (3, 8)
    """
    if text is None:
        return None
    low, separator, high = text.partition("..")
    try:
        k_min, k_max = int(low), int(high) if separator else int(low)
    except ValueError:
        raise UsageError(
            f"--k is {text!r}. Write a number of segments, e.g. 4, or a range, e.g. 3..8."
        ) from None
    return checked_k(k_min, k_max)
