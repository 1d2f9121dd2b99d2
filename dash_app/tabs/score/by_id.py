"""Customers by id: the card that takes a list of them, and its answers in the order asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from core.errors import UsageError
from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from core.scoring_ids import IdAnswer
from dash_app.components.cards import card
from dash_app.components.forms import button, field
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, data_table, rows_table
from dash_app.components.words import word
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.typicality import FARTHER_THAN
from dash_app.formats import NO_DATA, count, format_value
from dash_app.tabs.score.sentences import nearer_words

LONGEST_LIST = 200_000  # characters
MOST_SHOWN = 200

_APART = re.compile(r"[\s,;]+")


class Ids(StrEnum):
    """The fixed ids of the card."""

    TEXT = "score-ids-text"
    DAY = "score-ids-day"
    GO = "score-ids-go"
    CSV = "score-ids-csv"
    ANSWERS = "score-ids-answers"


def ids_card() -> Component:
    """Return the card: a place for ids and a day; the answers come below."""
    return card(
        "Customers by id",
        html.Div(
            [
                field(
                    "Customer numbers or pseudonyms",
                    dbc.Textarea(
                        id=Ids.TEXT,
                        rows=4,
                        maxlength=LONGEST_LIST,
                        placeholder="One per line",
                        spellcheck="false",
                    ),
                    field_id=Ids.TEXT,
                    hint="They are sent, never written into the address or kept.",
                ),
                field(
                    "As of",
                    dbc.Input(
                        id=Ids.DAY,
                        type="text",
                        placeholder="the day of this run",
                        autocomplete="off",
                        maxlength=10,
                    ),
                    field_id=Ids.DAY,
                    hint="YYYY-MM-DD, for another import.",
                ),
                html.Div(
                    [
                        button("Find segments", Ids.GO, kind="primary"),
                        button("Download CSV", Ids.CSV),
                    ],
                    className="form-end by-id-buttons",
                ),
            ],
        ),
        html.Div(id=Ids.ANSWERS, className="by-id-answers", **{"aria-live": "polite"}),
        subtitle="A segment for each, in the order asked",
    )


def asked_ids(text: str | None) -> list[str]:
    r"""Return the ids of a pasted list, in order; `UsageError` if there is none.

    >>> asked_ids(" 7, 12\nC-AB;7 ")
    ['7', '12', 'C-AB', '7']
    """
    found = [part for part in _APART.split((text or "")[:LONGEST_LIST]) if part]
    if not found:
        raise UsageError("Paste customer numbers or pseudonyms, one per line.")
    return found


def asked_day(text: str | None) -> date | None:
    """Return the day that was written, None for the run's own; `UsageError` if it is none."""
    if not (text or "").strip():
        return None
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        raise UsageError("Write the day as YYYY-MM-DD, or leave it out.") from None


def answers_view(
    answers: Sequence[IdAnswer], segments: Sequence[SegmentSummary], ranges: Table, currency: str
) -> Component:
    """Return what was answered, id by id, and the ranges of the segments."""
    known = {segment.number: segment for segment in segments}
    columns = (
        Column("Id"),
        Column("Segment"),
        Column("Runner-up"),
        Column("Margin", is_number=True),
        Column(word(FARTHER_THAN, "Typicality"), is_number=True),
    )
    rows = [_row(one, known) for one in answers[:MOST_SHOWN]]
    caption = "Segments of the customers asked for"
    more = len(answers) - len(rows)
    parts: list[Component] = [html.P(summary(answers)), rows_table(columns, rows, caption=caption)]
    if more > 0:
        parts.append(html.P(f"{count(more)} more are in the download.", className="text-muted"))
    spread = "Ranges of the segments: smallest and largest value"
    parts.append(
        html.Details(
            [html.Summary(spread), data_table(ranges, currency=currency, caption=spread)],
            className="twin",
        )
    )
    return html.Div(parts)


def summary(answers: Sequence[IdAnswer]) -> str:
    """Return how many ids were answered, and how.

    >>> from core.scoring_ids import Standing
    >>> summary([IdAnswer("7", Standing.UNKNOWN), IdAnswer("8", Standing.SCORED)])
    '2 ids: 1 scored, 1 unknown.'
    """
    counts = Counter(one.said for one in answers)
    told = ", ".join(f"{count(n)} {said}" for said, n in sorted(counts.items()))
    return f"{count(len(answers))} id{'s' if len(answers) != 1 else ''}: {told}."


def answers_table(answers: Sequence[IdAnswer], segments: Sequence[SegmentSummary]) -> Table:
    """Return every answer as a table for a file, in the order asked."""
    names = {segment.number: segment.name for segment in segments}
    return table(
        (
            TableColumn("Id"),
            TableColumn("Answer"),
            TableColumn("Segment"),
            TableColumn("Distance to cluster", Kind.NUMBER),
            TableColumn("Runner-up"),
            TableColumn("Margin", Kind.NUMBER),
            TableColumn(f"{FARTHER_THAN}, percent of the segment", Kind.NUMBER),
        ),
        [
            (
                one.asked,
                one.said,
                names.get(one.segment) if one.segment is not None else None,
                one.distance,
                names.get(one.runner_up) if one.runner_up is not None else None,
                one.margin,
                one.typicality,
            )
            for one in answers
        ],
    )


def ranges_table(
    statistics: Sequence[FeatureStatistic],
    segments: Sequence[SegmentSummary],
    features: Mapping[str, FeatureInfo],
    currency: str,
) -> Table:
    """Return smallest and largest value of each numeric input per segment, as it is written."""
    names = {segment.number: segment.name for segment in segments}

    def in_words(value: float | None, of: FeatureInfo) -> str:
        return NO_DATA if value is None else format_value(value, of.kind, of.unit, currency)

    return table(
        (
            TableColumn("Segment"),
            TableColumn("Feature"),
            TableColumn("Smallest"),
            TableColumn("Largest"),
        ),
        [
            (
                names[one.segment],
                features[one.feature].label,
                in_words(one.minimum, features[one.feature]),
                in_words(one.maximum, features[one.feature]),
            )
            for one in statistics
            if one.segment is not None and one.segment in names and one.feature in features
        ],
        tuple(features.values()),
    )


def _row(one: IdAnswer, known: Mapping[int, SegmentSummary]) -> tuple[object, ...]:
    segment = None if one.segment is None else known.get(one.segment)
    runner_up = None if one.runner_up is None else known.get(one.runner_up)
    placed: object = html.Span(one.said, className="text-muted")
    if segment is not None:
        placed = segment_badge(segment.name, segment.colour)
    return (
        html.Span(one.asked, className="pseudonym"),
        placed,
        runner_up.name if runner_up else "",
        "" if one.margin is None else f"{one.margin:.2f}",
        nearer_words(one.typicality),
    )
