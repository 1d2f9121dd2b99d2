"""What is read of files that were sent: their place on the board, their report, their answers."""

from __future__ import annotations

import re

from dash.development.base_component import Component

from core.readmodels import JobId, JobStatus, ScoringJob
from core.scoring_report import FileReport, from_json
from dash_app.components.jobs import is_open
from dash_app.context import View
from dash_app.services import Services
from dash_app.tabs.score.file_view import (
    files_list,
    gone,
    result_cards,
    result_title,
    waiting_card,
)
from dash_app.tabs.score.layout import MANY
from db.job_files import (
    ANSWERS,
    REFUSED,
    REPORT,
    made_file,
    scoring_job,
    scoring_jobs,
    segment_part,
)
from db.queries.features import feature_catalogue

_DOWNLOADS = re.compile(rf"{ANSWERS}|{REFUSED}|{segment_part('')}[\w.-]+")


def read_page(
    services: Services, view: View, asked_by: str
) -> tuple[list[Component], list[Component], bool, str]:
    """Return the file in view, the caller's files, whether all is quiet, and what is read aloud."""
    job_id = view.selection.job
    timeout = services.heartbeat_timeout
    with services.jobs() as board:
        sent = scoring_jobs(board, view.run.dataset.name, asked_by, heartbeat_timeout=timeout)
        found = None
        if job_id is not None:
            found = scoring_job(board, job_id, asked_by, heartbeat_timeout=timeout)
        kept = None
        if found is not None and found.state.status is JobStatus.DONE:
            kept = made_file(board, found.state.job_id, REPORT)
    report = None if kept is None else from_json(kept)
    shown = [] if job_id is None else _shown(services, view, found, report)
    is_quiet = not any(is_open(one.state) for one in (*sent, *([found] if found else [])))
    said = "" if report is None else f"{report.file} is scored: {result_title(report)}."
    files = files_list(sent, lambda job: view.href(view=MANY, job=job))
    return shown, files, is_quiet, said


def part_of_file(
    services: Services, job_id: JobId, asked_by: str, part: str
) -> tuple[str, bytes] | None:
    """Return name and content of a part of the answers; None where the caller has no such."""
    if not _DOWNLOADS.fullmatch(part):
        return None
    with services.jobs() as board:
        found = scoring_job(board, job_id, asked_by)
        content = None if found is None else made_file(board, job_id, part)
    if found is None or content is None:
        return None
    words = part.replace(" ", "-")
    return f"{found.state.dataset}-{found.lens}-file-{job_id}-{words}.csv", content


def _shown(
    services: Services, view: View, found: ScoringJob | None, report: FileReport | None
) -> list[Component]:
    if found is None:
        return [gone()]
    if report is None:
        return [waiting_card(found)]
    with services.read() as connection:
        known = feature_catalogue(connection, view.run.snapshot_id)
    return result_cards(report, {feature.name: feature.label for feature in known})
