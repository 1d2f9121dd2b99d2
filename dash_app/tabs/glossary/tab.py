"""Glossary: what do our words mean, and which figures carry them?"""

from __future__ import annotations

from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.figures.base import TableColumn, table
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.glossary.callbacks import register
from dash_app.tabs.glossary.layout import SLUG, layout
from dash_app.tabs.glossary.reading import read_words


def _export(services: Services, view: View) -> tuple[Sheet, ...]:
    words = read_words(services, view.selection)
    columns = ("Term", "Category", "Definition", "Also called", "Classification")
    rows = [
        (
            term.name,
            term.category,
            term.description,
            "; ".join((*term.abbreviations, *term.synonyms)),
            "; ".join(c.value for c in term.classifications),
        )
        for term in words.glossary.terms
    ]
    return (Sheet("Glossary", table([TableColumn(label) for label in columns], rows)),)


TAB = Tab(SLUG, "Glossary", Group.TRUST, layout, register, export=_export, needs_run=False)
