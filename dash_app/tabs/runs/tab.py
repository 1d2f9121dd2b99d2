"""Runs: what was tried, what is live?"""

from __future__ import annotations

from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.figures.k_scores import k_scores
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.runs.beside import beside_table
from dash_app.tabs.runs.callbacks import register
from dash_app.tabs.runs.history import history_table
from dash_app.tabs.runs.ids import SLUG
from dash_app.tabs.runs.layout import layout
from dash_app.tabs.runs.reading import read_beside, read_history, read_run
from dash_app.theme import LIGHT


def _export(services: Services, view: View) -> tuple[Sheet, ...]:
    history = read_history(services, view.selection)
    if history is None:
        return ()
    sheets = [Sheet("Runs", history_table(history))]
    if beside := read_beside(services, view.selection, history):
        sheets.append(Sheet("Side by side", beside_table(beside, history.labels)))
    if history.chosen is not None:
        sheets += [
            Sheet(f"{lens.summary.label} scores", k_scores(lens.scores, theme=LIGHT).table)
            for lens in read_run(services, history.chosen).lenses
            if lens.scores  # of a rule no numbers were tried
        ]
    return tuple(sheets)


TAB = Tab(SLUG, "Runs", Group.TRUST, layout, register, export=_export, needs_run=False)
