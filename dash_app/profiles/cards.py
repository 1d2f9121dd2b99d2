"""Cards of the segments of a profile; each one puts its segment in focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import SegmentSummary
from dash_app.components.chips import chip, stability_chip
from dash_app.components.links import link
from dash_app.components.segments import colour_class, segment_row
from dash_app.formats import count, percent
from dash_app.privacy import is_shown


def segment_cards(
    segments: Sequence[SegmentSummary],
    focus: SegmentSummary | None,
    address: Callable[[str], str],
    smallest: int,
) -> Component:
    """Return a card per segment; ``address`` gives the URL that puts a key in focus."""
    return segment_row(
        *(
            _card(segment, address(segment.key), is_focus=segment == focus)
            if is_shown(segment.size, smallest)
            else _too_small(segment, smallest)
            for segment in segments
        )
    )


def _card(segment: SegmentSummary, href: str, *, is_focus: bool) -> Component:
    current = {"aria-current": "true"} if is_focus else {}
    title = link(
        segment.name, href, "stretched", title=f"Put {segment.name} in focus below", **current
    )
    foot = [
        stability_chip(segment.stability, segment.jaccard),
        html.Span("In focus" if is_focus else "Focus", className="focus-word"),
    ]
    return html.Section(
        [
            html.H2(title, className="card-title"),
            html.P(
                [
                    html.Span(count(segment.size), className="segment-size"),
                    f" {percent(segment.share, 0)} of customers",
                ],
                className="segment-share",
            ),
            html.P(segment.sentence, className="segment-sentence"),
            html.Div(foot, className="segment-foot"),
        ],
        className=_classes(segment, "focusable is-focus" if is_focus else "focusable"),
    )


def _too_small(segment: SegmentSummary, smallest: int) -> Component:
    words = f"Fewer than {smallest} customers: too few to show anything about them."
    return html.Section(
        [
            html.H2(segment.name, className="card-title"),
            html.P(words, className="segment-sentence"),
            html.Div(chip("Suppressed"), className="segment-foot"),
        ],
        className=_classes(segment),
    )


def _classes(segment: SegmentSummary, more: str = "") -> str:
    return f"panel segment-card {colour_class(segment.colour)} {more}".strip()
