"""The head of a run: what it is, and making it live or taking it back, asked twice."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.document.training_data import FILE as TRAINING
from core.readmodels import RunStatus, RunSummary, VerdictLevel
from dash_app.components.cards import card
from dash_app.components.chips import Tone, status_chip
from dash_app.components.empty import empty_state, notice
from dash_app.components.forms import action_link, button
from dash_app.figures.text import in_sentence, joined
from dash_app.formats import day, moment
from dash_app.model_documents import document_address, document_file, training_address
from dash_app.tabs.runs.ids import PUBLISH, ROLL_BACK, button_id
from dash_app.tabs.runs.reading import History, RunDetail
from dash_app.tabs.runs.words import choices_in_words, duration


def no_such_run(dataset_title: str, href: str) -> Component:
    """Return what stands there for a run that is not of this data set."""
    return empty_state(
        "There is no such run",
        f"{dataset_title} has no run of that number among its latest. Choose one above.",
        actions=(action_link("Show the published run", href),),
    )


def head_card(found: RunDetail, history: History, look: str, *, may_publish: bool) -> Component:
    """Return what the run is, a way to look at it (an address), and to make it live."""
    run = found.summary
    facts = [
        f"Data to {day(run.as_of)}",
        f"started {moment(run.started_at)} UTC",
        choices_in_words(run.config, history.labels),
    ]
    if not dict(run.config).get("purpose"):
        facts.append("no purpose stated")
    if run.finished_at is not None:
        facts.insert(2, f"took {duration(run.started_at, run.finished_at)}")
    parts: list[Component] = [html.P(" · ".join(facts), className="text-muted")]
    if run.message:
        parts.append(notice(run.message, Tone.BAD if run.status is RunStatus.FAILED else Tone.CARE))
    if run.lenses:
        actions = [action_link("Look at its segments", look), *_document_links(run)]
        actions += publishing(found, history) if may_publish else []
        parts.append(html.Div(actions, className="run-actions"))
    title = [f"Run {run.run_id}", status_chip(run.status)]
    return card(html.Span(title, className="run-title"), *parts, class_name="run-head")


def _document_links(run: RunSummary) -> list[Component]:
    """Return the model document to read or keep, and what the run was trained on as a file."""
    return [
        html.A(
            "Model document",
            href=document_address(run.run_id),
            target="_blank",
            className="button button-secondary",
        ),
        html.A(
            "Download it",
            href=document_address(run.run_id, markdown=True),
            download=document_file(run.run_id),
            title="As Markdown",
            className="button button-quiet",
        ),
        html.A(
            "What it was trained on",
            href=training_address(run.run_id),
            download=TRAINING,
            title="Choices, columns, means, deviations and ranges, as JSON",
            className="button button-quiet",
        ),
    ]


def publishing(found: RunDetail, history: History) -> list[Component]:
    """Return the way to publish a run, or to take back the live one; both ask again."""
    run, live = found.summary, history.live
    if run.status is RunStatus.PUBLISHED:
        if history.before is None:
            return []
        return [
            confirmed(
                f"Roll back to run {history.before}…",
                f"Run {history.before} becomes what everybody sees; run {run.run_id} stays in the "
                "history and can be published again.",
                button(
                    f"Roll back to run {history.before}",
                    button_id(ROLL_BACK, history.before),
                    kind="primary",
                ),
            )
        ]
    if run.status not in (RunStatus.DRAFT, RunStatus.SUPERSEDED):
        return []
    if refusal := refused(found):
        return [notice(refusal, Tone.BAD)]
    return [
        confirmed(
            "Publish…",
            publish_question(run, live),
            button(f"Publish run {run.run_id}", button_id(PUBLISH, run.run_id), kind="primary"),
        )
    ]


def refused(found: RunDetail) -> str:
    """Return why a run must not be published; nothing if it may."""
    for lens in found.lenses:
        if lens.summary.verdict is VerdictLevel.REFUSE:
            reason = lens.verdict.reason if lens.verdict else ""
            return (
                f"This run cannot be published: the {in_sentence(lens.summary.label)} segments are "
                f"judged “{VerdictLevel.REFUSE.value}”. {reason}".strip()
            )
    return ""


def publish_question(run: RunSummary, live: RunSummary | None) -> str:
    """Return what publishing would do, with a caution where a verdict is weak or a view missing."""
    instead = "" if live is None else f" instead of run {live.run_id}"
    sentences = [f"Everybody will see run {run.run_id}{instead}."]
    own = {lens.name for lens in run.lenses}
    if live is not None and any(lens.name not in own for lens in live.lenses):
        sentences.append("Views that it does not have stay as they are, if they are of these data.")
    if weak := [
        in_sentence(lens.label) for lens in run.lenses if lens.verdict is VerdictLevel.WEAK
    ]:
        named = f"{joined(weak)} segments are judged “{VerdictLevel.WEAK.value}”"
        sentences.append(f"Mind that the {named}.")
    return " ".join(sentences)


def confirmed(summary: str, question: str, action: Component) -> Component:
    """Return a disclosure that asks before it acts."""
    return html.Details(
        [
            html.Summary(summary, className="button button-secondary"),
            html.Div([html.P(question), action], className="confirm"),
        ],
        className="confirmed",
    )
