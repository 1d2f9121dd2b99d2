"""Cards of the segments of a profile; each one puts its segment in focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import SegmentSummary
from dash_app.components.chips import chip
from dash_app.components.segments import colour_class, segment_card, segment_row
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
    drawn = segment_card(segment, href=href, link_label="In focus" if is_focus else "Focus")
    return html.Div(drawn, className="focusable is-focus" if is_focus else "focusable")


def _too_small(segment: SegmentSummary, smallest: int) -> Component:
    words = f"Fewer than {smallest} customers: too few to show anything about them."
    return html.Div(
        html.Section(
            [
                html.Div(html.H2(segment.name, className="card-title"), className="card-head"),
                html.P(words, className="segment-sentence"),
                chip("Suppressed"),
            ],
            className=f"panel segment-card {colour_class(segment.colour)}",
        ),
        className="focusable",
    )
