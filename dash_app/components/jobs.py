"""Background work as it is shown: its state in a word, how far it is, what it does now."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from core.readmodels import JobState, JobStatus
from dash_app.components.chips import Tone, chip
from dash_app.formats import percent

_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING)
_CHIPS = {
    JobStatus.QUEUED: (Tone.PLAIN, "hourglass", "Waiting"),
    JobStatus.RUNNING: (Tone.ACCENT, "hourglass-split", "Running"),
    JobStatus.CANCELLING: (Tone.CARE, "hourglass-split", "Stopping"),
    JobStatus.CANCELLED: (Tone.PLAIN, "slash-circle", "Stopped"),
    JobStatus.DONE: (Tone.GOOD, "check-lg", "Done"),
    JobStatus.FAILED: (Tone.BAD, "x-octagon", "Failed"),
}


def is_open(job: JobState) -> bool:
    """Whether something may still happen to a job."""
    return job.status in _OPEN


def job_chip(status: JobStatus) -> Component:
    """Return where a job is in its life."""
    tone, icon_name, words = _CHIPS[status]
    return chip(words, tone, icon_name=icon_name)


def progress_words(job: JobState) -> str:
    """Return how far a job is and what it does now."""
    if job.status is JobStatus.QUEUED:
        return job.step
    return f"{percent(job.fraction, 0)} · {job.step}"


def job_bar(job: JobState, name: str) -> Component:
    """Return how far a job is as a bar; ``name`` is read aloud."""
    return html.Div(
        dbc.Progress(value=round(100 * job.fraction), max=100),
        className="job-bar",
        title=f"{name}: {percent(job.fraction, 0)}",
    )
