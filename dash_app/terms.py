"""What every label of the data set in view means, sent once; `assets/js/terms.js` shows it.

Pages are kept per run, but words change without a new run, so meanings are never part of a page:
the browser puts them to the labels that it finds.
"""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State
from dash.exceptions import PreventUpdate

from dash_app.context import choose_dataset
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import Selection, from_url, href
from dash_app.services import Services
from db.queries.datasets import datasets, run_context
from db.queries.glossary import (
    edition,
    explained_labels,
    feature_terms,
    latest_snapshot,
    load_glossary,
)

Labels = dict[str, list[str]]  # label in small letters → meaning, address of the term or ""


def install_terms(app: GuardedApp, services: Services) -> None:
    """Let the browser know what labels mean, anew where data set or glossary are others."""

    @app.callback(
        Output(Shell.TERMS, "data"),
        Output(Shell.TERMS_KEY, "data"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        State(Shell.TERMS_KEY, "data"),
        role=Role.VIEWER,
        accepts={f"{Shell.TERMS_KEY}.data": str},
    )
    def explain_labels(
        search: str | None, pathname: str | None, known: str | None
    ) -> tuple[Labels, str]:
        found = labels_in_view(services, from_url(pathname, search), known)
        if found is None:
            raise PreventUpdate
        return found

    app.clientside("terms", "learn", Input(Shell.TERMS, "data"))


def labels_in_view(
    services: Services, selection: Selection, known: str | None
) -> tuple[Labels, str] | None:
    """Return what labels mean, and the key of that answer; None where it is known already."""
    with services.read() as connection:
        dataset = choose_dataset(datasets(connection), selection.dataset)
        run = run_context(connection, dataset, selection.run) if dataset else None
        newest = latest_snapshot(connection, dataset) if dataset and run is None else None
        snapshot = run.snapshot_id if run else newest
        number = edition(connection)
        mark = f"{dataset}/{snapshot}/{number}/{selection.dataset}"
        if mark == known:
            return None

        def make() -> Labels:
            glossary = load_glossary(connection)
            features = () if snapshot is None else feature_terms(connection, snapshot, glossary)
            here = Selection(tab="glossary", dataset=selection.dataset)
            return {
                label: [one.text, href(here, term=one.term) if one.term else ""]
                for label, one in explained_labels(features, glossary).items()
            }

        labels: dict[str, Any] = services.cache.get(("labels", mark), make)
    return labels, mark
