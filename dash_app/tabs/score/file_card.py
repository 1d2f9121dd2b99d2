"""A file of customers: the card that takes it, before anything is known of it."""

from __future__ import annotations

from enum import StrEnum

from dash import dcc, html
from dash.development.base_component import Component

from dash_app.components.cards import card
from dash_app.components.forms import button
from dash_app.formats import count
from dash_app.uploads import size_words
from db.job_files import KEPT_FOR, MOST_ROWS

LARGEST_FILE = 5_000_000  # bytes; in a request it takes a third more
GET = "score-file-get"  # pattern-matching id of the buttons that download a part
REMOVE = "score-file-remove"  # in the result
_TICK = 1_500  # milliseconds between two looks at files that are not scored yet


class Ids(StrEnum):
    """The fixed ids of the card."""

    FILE = "score-file"
    FOUND = "score-file-found"
    GO = "score-file-go"
    SCHEMA = "score-file-schema"
    SAID = "score-file-said"
    LIST = "score-file-list"
    RESULT = "score-file-result"
    ENDED = "score-file-ended"  # read aloud
    TICK = "score-file-tick"


def get_id(part: str) -> dict[str, str]:
    """Return the id of the button that downloads a part of the answers."""
    return {"type": GET, "index": part}


def file_card() -> Component:
    """Return the card: a place for a file, what is known of it, and files sent before."""
    largest = size_words(LARGEST_FILE)
    place = dcc.Upload(
        html.Span("Choose a CSV file or drop it here", className="drop-here"),
        id=Ids.FILE,
        accept=".csv,.txt,text/csv",
        className="drop-place",
        max_size=LARGEST_FILE,
    )
    refusal = html.Div(className="drop-refusal field-error", role="alert")
    return card(
        "Score a file",
        dcc.Interval(id=Ids.TICK, interval=_TICK, disabled=True),
        html.Div(
            [place, refusal], **{"data-largest": str(LARGEST_FILE), "data-largest-words": largest}
        ),
        html.Div(
            f"At most {largest} and {count(MOST_ROWS)} rows. The file is deleted as soon as it is "
            f"scored; its answers are kept for {KEPT_FOR.days} days, or until you remove them.",
            className="field-hint",
        ),
        html.Div(id=Ids.FOUND, className="file-found", role="status"),
        html.Div(
            [
                button("Score the file", Ids.GO, kind="primary", disabled=True),
                button("Schema (JSON)", Ids.SCHEMA, kind="quiet"),
            ],
            className="form-end by-id-buttons",
        ),
        html.Div(id=Ids.SAID, role="status"),
        html.Div(id=Ids.LIST),
        html.Div(id=Ids.ENDED, role="status", className="visually-hidden"),
        subtitle="A segment for every row, worked out in the background",
    )
