"""Options of ``segment`` that few runs need: preparation, purpose, a number decided by people."""

from __future__ import annotations

import getpass
from typing import Annotated, Optional

import typer

from core.lens import Impute
from core.pipeline.recipe import Recipe, parse_weight

# Typer reads these at run time.
ImputeOption = Annotated[
    Optional[Impute],  # noqa: UP045
    typer.Option(help="What stands where a number is missing."),
]
CapsOption = Annotated[
    Optional[bool],  # noqa: UP045
    typer.Option("--caps/--no-caps", help="Pull extreme numbers in, or leave them."),
]
LogsOption = Annotated[
    Optional[bool],  # noqa: UP045
    typer.Option("--logs/--no-logs", help="Take logarithms of every number, or of none."),
]
WeightOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--weight", metavar="INPUT=W", help="Weight of an input; may be repeated."),
]
AddOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--with", metavar="INPUT", help="Also look at this feature; may be repeated."),
]
LeaveOutOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--without", metavar="INPUT", help="Leave this input out; may be repeated."),
]
DecideOption = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option("--decide-k", help="Number of segments to take whatever the rule chooses."),
]
NoteOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--note", help="Why that number; needed with --decide-k."),
]
PurposeOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="What it is for: service, marketing or research."),
]
CompareOption = Annotated[
    bool,
    typer.Option("--compare-recipes", help="Compare with other scalers and algorithms too."),
]


def chosen_recipe(
    impute: Impute | None,
    caps: bool | None,
    logs: bool | None,
    weights: list[str] | None,
    added: list[str] | None,
    left_out: list[str] | None,
) -> Recipe:
    """Return how inputs are to be prepared; `UsageError` where it cannot be read."""
    return Recipe(
        impute=impute,
        caps=caps,
        logs=logs,
        weights=tuple(parse_weight(text) for text in weights or ()),
        added=tuple(added or ()),
        left_out=tuple(left_out or ()),
    )


def whoever_runs_it() -> str:
    """Return who sits at the command line, for the note beside a decision."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "the command line"
