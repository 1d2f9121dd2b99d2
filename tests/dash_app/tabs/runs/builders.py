"""Small runs and jobs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from core.lens import LensFeature, LensSpec
from core.readmodels import (
    DatasetHeader,
    JobId,
    JobState,
    JobStatus,
    KScore,
    RunDetails,
    RunId,
    RunStatus,
    RunSummary,
    Verdict,
    VerdictLevel,
)
from dash_app.tabs.runs.reading import History, LensDetail, RunDetail
from tests.dash_app.profiles.builders import BEHAVIOURAL

BEGAN = datetime(2026, 11, 2, 6, 10, tzinfo=UTC)
SPECS = tuple(
    LensSpec(
        name=name,
        label=name.capitalize(),
        side=name,
        question="Who?",
        features=(LensFeature(name="a"), LensFeature(name="b")),
    )
    for name in ("demographic", "behavioural")
)


def run(number: int = 1, status: str = "draft", **parts: Any) -> RunSummary:
    made = RunSummary(
        run_id=RunId(number),
        status=RunStatus(status),
        as_of=date(1995, 12, 31),
        started_at=BEGAN,
        finished_at=BEGAN.replace(second=4),
        seed=7,
        config=(("lenses", "all"), ("k", "3..6")),
        lenses=(BEHAVIOURAL,),
        message="",
    )
    return replace(made, **parts)


def history(*runs: RunSummary, before: int | None = None, chosen: int = 0) -> History:
    header = DatasetHeader("bank", "Retail bank", "USD", None)
    found = runs[chosen] if runs else None
    return History(header, runs, found, None if before is None else RunId(before))


def detail(
    summary: RunSummary | None = None, level: VerdictLevel = VerdictLevel.CARE, k: int = 2
) -> RunDetail:
    chosen = summary or run()
    lens = replace(BEHAVIOURAL, verdict=level)
    scores = (
        KScore(k, 10.5, 0.4, 0.41, 123.0, 0.9, 0.62, 0.76, 1 / 3, 0.5, True),
        KScore(k + 1, 8.25, 0.3, 0.31, 99.0, 1.1, 0.4, 0.5, 0.1, 0.6, False),
    )
    return RunDetail(
        replace(chosen, lenses=(lens,)),
        RunDetails(
            (("Behavioural", 2.0), ("Comparison", 0.5)),
            (("numpy", "2.4.6"),),
            (("behavioural", "3f9a" * 16),),
        ),
        (
            LensDetail(
                lens, SPECS[1], scores, "Two are the most.", Verdict(level, "Not stable.", ())
            ),
        ),
    )


def job(number: int = 1, status: JobStatus = JobStatus.RUNNING, **parts: Any) -> JobState:
    made = JobState(
        job_id=JobId(number),
        dataset="bank",
        status=status,
        fraction=0.42,
        step="Behavioural: trying 4 segments",
        message="",
        run_id=None,
        created_at=BEGAN,
    )
    return replace(made, **parts)
