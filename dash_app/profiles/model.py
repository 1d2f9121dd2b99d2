"""A profile: what one side's tab shows, with groups that are too small left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dash.development.base_component import Component

from core.readmodels import SegmentSummary
from dash_app.components.charts import chart_with_table
from dash_app.context import View
from dash_app.figures.base import Chart
from dash_app.privacy import of_shown, shown_segments, shown_statistics
from dash_app.profiles.choices import focus_segment
from dash_app.profiles.facts import Facts
from dash_app.theme import Theme


@dataclass(frozen=True, slots=True)
class Profile:
    """What a page is made of; ``facts`` speak only of segments in ``shown``."""

    prefix: str  # of the ids of the page's charts: the tab's slug
    view: View
    theme: Theme
    segments: tuple[SegmentSummary, ...]  # all of them
    shown: tuple[SegmentSummary, ...]  # those large enough
    focus: SegmentSummary | None  # None: no segment is large enough
    facts: Facts
    smallest: int

    @property
    def currency(self) -> str:
        """ISO code of the data set's money."""
        return self.view.currency

    def drawn(self, chart: Chart, name: str, *tools: Component) -> Component:
        """Return the card of a chart; ``name`` completes its id."""
        return chart_with_table(
            chart, chart_id=f"{self.prefix}-{name}", currency=self.currency, tools=tools
        )


def profile(
    prefix: str,
    view: View,
    theme: Theme,
    segments: Sequence[SegmentSummary],
    facts: Facts,
    smallest: int,
) -> Profile:
    """Return the profile of the lens in view."""
    shown = shown_segments(segments, smallest)
    return Profile(
        prefix=prefix,
        view=view,
        theme=theme,
        segments=tuple(segments),
        shown=shown,
        focus=focus_segment(shown, view.selection.segments),
        facts=_without_small(facts, shown, smallest),
        smallest=smallest,
    )


def _without_small(facts: Facts, shown: Sequence[SegmentSummary], smallest: int) -> Facts:
    numbers = {segment.number for segment in shown}
    return replace(
        facts,
        statistics=shown_statistics(of_shown(facts.statistics, shown), smallest),
        histograms=of_shown(facts.histograms, shown),
        categories=of_shown(facts.categories, shown),
        differentiators=tuple(row for row in facts.differentiators if row.segment in numbers),
    )
