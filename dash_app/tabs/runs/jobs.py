"""Background jobs as cards: how far each is, how it ended, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import JobState, JobStatus, RunId
from dash_app.components.cards import card
from dash_app.components.jobs import is_open, job_bar, job_chip, progress_words
from dash_app.components.links import link
from dash_app.formats import moment
from dash_app.tabs.runs.ids import CANCEL, button_id

_SHOWN = 4


def jobs_card(
    jobs: Sequence[JobState], address: Callable[[RunId], str], *, may_cancel: bool
) -> list[Component]:
    """Return the open jobs and the latest of the others; nothing if there never was one."""
    ranked = sorted(jobs, key=lambda job: (not is_open(job), -job.job_id))
    shown = [job for job in ranked if is_open(job)] or ranked[:_SHOWN]
    shown = [*shown, *(job for job in ranked if job not in shown)][: max(_SHOWN, len(shown))]
    if not shown:
        return []
    items = [_job(job, address, may_cancel=may_cancel) for job in shown]
    return [card("Background jobs", html.Ul(items, className="job-list"))]


def finished_mark(jobs: Sequence[JobState]) -> str:
    """Return a text that changes exactly when another job has ended."""
    return " ".join(f"{job.job_id}:{job.status}" for job in jobs if not is_open(job))


def ending_words(jobs: Sequence[JobState]) -> str:
    """Return how the latest job ended, to be read aloud; nothing if none has."""
    ended = [job for job in jobs if not is_open(job)]
    if not ended:
        return ""
    job = max(ended, key=lambda one: one.job_id)
    if job.run_id is not None:
        return f"Run {job.run_id} is done."
    return "The job was stopped." if job.status is JobStatus.CANCELLED else "The job has failed."


def _job(job: JobState, address: Callable[[RunId], str], *, may_cancel: bool) -> Component:
    name = f"Job {job.job_id}"
    head: list[Component] = [
        html.Strong(name),
        job_chip(job.status),
        html.Span(f"asked {moment(job.created_at)}", className="job-time"),
    ]
    parts: list[Component] = [html.Div(head, className="job-head")]
    if is_open(job):
        parts += [job_bar(job, name), html.P(progress_words(job), className="field-hint")]
    if job.message:
        parts.append(html.P(job.message, className="job-message"))
    if job.run_id is not None:
        parts.append(link(f"Open run {job.run_id}", address(job.run_id)))
    if may_cancel and job.status in (JobStatus.QUEUED, JobStatus.RUNNING):
        parts.append(
            html.Button(
                "Stop",
                id=button_id(CANCEL, job.job_id),
                type="button",
                className="card-tool",
                **{"aria-label": f"Stop job {job.job_id}"},
            )
        )
    return html.Li(parts, className="job")
