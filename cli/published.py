"""What is published of a data set, and which of its lenses a command means."""

from __future__ import annotations

from sqlalchemy import Connection

from core.errors import UsageError, one_of
from core.readmodels import LensSummary, RunContext
from db.queries.datasets import run_context


def published_lens(
    connection: Connection, dataset: str, lens: str | None
) -> tuple[RunContext, LensSummary]:
    """Return what is published of a data set, and the lens named, else the first behavioural.

    `UsageError` where nothing is published, or there is no such lens.
    """
    run = run_context(connection, dataset)
    if run is None:
        raise UsageError(
            f"Nothing is published of {dataset!r}. Publish a run first: manage.py publish RUN"
        )
    if lens is None:
        return run, next((x for x in run.lenses if x.side == "behavioural"), run.lenses[0])
    named = run.lens(lens)
    if named is None:
        raise UsageError(one_of("lens", lens, [one.name for one in run.lenses]))
    return run, named
