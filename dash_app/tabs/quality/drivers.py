"""What a single feature tells of the segments, and what it weighs in them: not the same."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import card
from dash_app.figures.lookup import labels
from dash_app.formats import whole_percent
from dash_app.tabs.quality.reading import Judged

_TEST = "More than one feature"  # as `core.segmentation.trust_tests` calls it


def telling_and_weighing(found: Judged) -> Component | None:
    """Return the two questions with their answers, which may well name different features."""
    tests = found.facts.verdict.tests if found.facts.verdict else ()
    told = next((test for test in tests if test.name == _TEST), None)
    if told is None or not found.quality.influences:
        return None
    first = found.quality.influences[0]
    name = labels(found.facts.features).get(first.feature, first.feature)
    how_told = "Measured by a small decision tree on each feature alone, with borders of its own."
    how_moved = "All other values and all borders stay."
    moved = (
        f"{name}: {whole_percent(first.changed)} of customers would change segment if its values "
        "alone were dealt out anew."
    )
    return card(
        "Two questions about single features",
        html.Ul(
            [
                _answered("Is one enough to know the segment?", f"{told.figure}. {how_told}"),
                _answered("Which weighs most in the segments as they are?", f"{moved} {how_moved}"),
            ]
        ),
    )


def _answered(question: str, answer: str) -> Component:
    return html.Li([html.Strong(question), f" {answer}"])
