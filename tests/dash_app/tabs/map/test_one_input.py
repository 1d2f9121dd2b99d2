"""A view of one input has no map of its own: its segments are colours on another's."""

from __future__ import annotations

from dataclasses import replace

from dash_app.tabs.map.view import map_page
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import BEHAVIOURAL, hrefs_of, lens, text_of, view
from tests.dash_app.tabs.map.builders import AXES, mapped

TIERS = lens("worth", "behavioural", label="Value tiers", inputs=("card_debt",))
ONE_LINE = replace(AXES, explained_variance=(1.0,), loadings=AXES.loadings[:1])


def test_customers_on_one_line_are_shown_on_the_map_of_another_view() -> None:
    page = map_page(mapped(axes=ONE_LINE), view(BEHAVIOURAL, TIERS, tab="map"), LIGHT)
    said = text_of(page)
    assert said.startswith("Everybody lies on one line This view looks at card debt alone")
    assert hrefs_of(page) == ["/map?d=bank&lens=behavioural&by=worth"]
