"""A file that was sent to be scored: how far it is, and what its customers were answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import JobId, JobStatus, ScoringJob
from core.scoring_report import FIRST_ERRORS, NOWHERE, FileReport, FirstRow, Group
from dash_app.components.cards import card, kpi_card, kpi_row
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.components.forms import button
from dash_app.components.jobs import is_open, job_bar, job_chip, progress_words
from dash_app.components.links import link
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import word
from dash_app.figures.typicality import FARTHER_THAN
from dash_app.formats import count, day, moment, percent
from dash_app.tabs.score.file_card import REMOVE, get_id
from dash_app.tabs.score.file_check import passed_over_sentence
from dash_app.tabs.score.sentences import nearer_words
from db.job_files import ANSWERS, REFUSED, segment_part

_UNUSUAL = {
    "missing": "is not known",
    "out of range": "is outside what the model was trained on",
    "unknown level": "is one that the model was not trained on",
}


def files_list(found: Sequence[ScoringJob], address: Callable[[JobId], str]) -> list[Component]:
    """Return the files sent before, each a link to what came of it; nothing if there is none."""
    if not found:
        return []
    items = [
        html.Li(
            [
                link(one.file, address(one.state.job_id)),
                job_chip(one.state.status),
                html.Span(f"sent {moment(one.state.created_at)}", className="job-time"),
            ],
            className="job-head",
        )
        for one in found
    ]
    return [html.H3("Your files", className="files-title"), html.Ul(items, className="job-list")]


def gone() -> Component:
    """Return that an address leads to no file of the caller's."""
    return notice("There is no such file of yours, or its answers are no longer kept.", Tone.CARE)


def waiting_card(found: ScoringJob) -> Component:
    """Return how far a file is, or why it was not scored."""
    state = found.state
    parts: list[Component] = [html.Div(job_chip(state.status), className="job-head")]
    if is_open(state):
        parts += [
            job_bar(state, found.file),
            html.P(progress_words(state), className="field-hint"),
            html.P("You may leave this page; the file is under “Your files”."),
        ]
    elif state.status is JobStatus.FAILED:
        parts.append(html.P(state.message, className="job-message file-message"))
        parts.append(html.P("Nothing was scored."))
    else:
        parts.append(html.P("It was stopped; nothing was scored."))
    words = "Stop and remove" if is_open(state) else "Remove"
    parts.append(html.Div(button(words, REMOVE), className="form-end"))
    return card(found.file, *parts, subtitle=f"Sent {moment(state.created_at)}")


def result_cards(report: FileReport, labels: Mapping[str, str]) -> list[Component]:
    """Return what a scored file came to; ``labels`` name the features."""
    cards = [_summary(report, labels)]
    shown = [group for group in report.groups if group.rows]
    cards += [_first_rows(group, labels, has_ids=report.has_ids) for group in shown]
    if report.refused:
        cards.append(_refused(report))
    return cards


def result_title(report: FileReport) -> str:
    """Return the finding: how many rows have a segment."""
    in_one = sum(group.rows for group in report.groups if group.key != NOWHERE)
    rows = report.scored + report.refused
    if in_one == rows:
        return (
            "The one row has a segment" if rows == 1 else f"All {count(rows)} rows have a segment"
        )
    return f"{count(in_one)} of {count(rows)} rows have a segment"


def note_words(note: str, labels: Mapping[str, str]) -> str:
    """Return a note with features as people know them.

    >>> note_words("age_years: missing; unlike any known customer", {"age_years": "Age"})
    'Age: missing; unlike any known customer'
    """
    parts = [part.partition(": ") for part in note.split("; ")]
    return "; ".join(f"{labels.get(name, name)}{rest[0]}{rest[1]}" for name, *rest in parts)


def _summary(report: FileReport, labels: Mapping[str, str]) -> Component:
    figures = kpi_row(
        kpi_card("Rows", count(report.scored + report.refused)),
        kpi_card("Answered", count(report.scored)),
        kpi_card("Unlike any known customer", count(report.unlike)),
        kpi_card("Refused", count(report.refused)),
    )
    said = [html.Li(sentence) for sentence in _sentences(report, labels)]
    return card(
        result_title(report),
        figures,
        *([html.Ul(said, className="headlines")] if said else []),
        _counts(report),
        html.Div(
            [
                button("Download all (CSV)", get_id(ANSWERS), kind="primary"),
                button("Remove file and answers", REMOVE),
            ],
            className="form-end by-id-buttons",
        ),
        subtitle=f"{report.file} · by {report.lens} of run {report.run_id}, data to "
        f"{day(report.as_of)} · model {report.model_version}",
        class_name="file-result",
    )


def _sentences(report: FileReport, labels: Mapping[str, str]) -> list[str]:
    """Return what a reader must know before using the answers."""
    found = [report.known_sentence] if report.known else []
    if report.is_the_banks:
        found.append("The file was read as the bank's own files are.")
    found += [
        f"{labels.get(name, name)} {_UNUSUAL[problem]} in {count(n)} row{'s' if n != 1 else ''}."
        for name, problem, n in report.unusual
    ]
    if report.passed_over:
        found.append(passed_over_sentence(report.passed_over))
    return found


def _counts(report: FileReport) -> Component:
    columns = (
        Column("Segment"),
        Column("Rows", is_number=True),
        Column("Share", is_number=True),
        Column("Unlike any known", is_number=True),
    )
    rows = [
        (
            _name(group),
            count(group.rows),
            percent(group.rows / report.scored if report.scored else 0.0),
            count(group.unlike),
        )
        for group in report.groups
    ]
    return rows_table(columns, rows, caption="Rows of the file by segment")


def _first_rows(group: Group, labels: Mapping[str, str], *, has_ids: bool) -> Component:
    columns = (
        Column("Customer" if has_ids else "Line"),
        Column("Distance", is_number=True),
        Column("Runner-up"),
        Column("Margin", is_number=True),
        Column(word(FARTHER_THAN, "Typicality"), is_number=True),
        Column("Note"),
    )
    more = group.rows - len(group.first)
    told = f"First {len(group.first)} of {count(group.rows)} rows" if more > 0 else "All its rows"
    return card(
        _name(group),
        rows_table(
            columns, [_row(one, labels) for one in group.first], caption=f"{told}: {group.name}"
        ),
        subtitle=told,
        tools=(_tool("Download (CSV)", segment_part(group.key), f"Download {group.name}"),),
    )


def _refused(report: FileReport) -> Component:
    columns = (Column("Line"), Column("Column"), Column("Reason"))
    rows = [(count(one.line), one.column, one.reason) for one in report.errors]
    some = f"The first {FIRST_ERRORS} reasons. " if len(rows) == FIRST_ERRORS else ""
    title = f"{count(report.refused)} row{'s were' if report.refused != 1 else ' was'} refused"
    return card(
        title,
        rows_table(columns, rows, caption=title),
        subtitle=f"{some}The header is line 1; values are not repeated here.",
        tools=(_tool("Download (CSV)", REFUSED, "Download the rows refused"),),
    )


def _name(group: Group) -> Component:
    if group.key == NOWHERE:
        return html.Span(group.name)
    return segment_badge(group.name, group.colour)


def _tool(words: str, part: str, read_aloud: str) -> Component:
    return html.Button(
        words,
        id=get_id(part),
        type="button",
        className="card-tool",
        **{"aria-label": f"{read_aloud} (CSV)"},
    )


def _row(one: FirstRow, labels: Mapping[str, str]) -> tuple[object, ...]:
    return (
        html.Span(one.customer, className="pseudonym"),
        "" if one.distance is None else f"{one.distance:.2f}",
        one.runner_up,
        "" if one.margin is None else f"{one.margin:.2f}",
        nearer_words(one.typicality),
        note_words(one.note, labels),
    )
