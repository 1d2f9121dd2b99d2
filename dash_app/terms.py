"""What every label of the data set in view means, sent once; `assets/js/terms.js` shows it.

Pages are kept per run, but words change without a new run, so meanings are never part of a page.
A label of a feature brings the feature's name (`components/words.py`), and the browser puts the
meaning to it. The app's own words it knows by their text; never a feature's label, because a
segment may be called the same.
"""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State
from dash.exceptions import PreventUpdate

from dash_app.components.words import feature_key
from dash_app.context import choose_dataset
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import Selection, from_url, href
from dash_app.services import Services
from db.queries.datasets import datasets, run_context
from db.queries.glossary import (
    Explained,
    edition,
    feature_meanings,
    feature_terms,
    latest_snapshot,
    load_glossary,
    term_meanings,
)

Labels = dict[str, list[str]]  # feature's key or term's name → meaning, address of the term or ""


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

            def sent(one: Explained) -> list[str]:
                return [one.text, href(here, term=one.term) if one.term else ""]

            of_features = {feature.label.casefold() for feature in features}
            words = term_meanings(glossary).items()
            own = feature_meanings(features, glossary).items()
            return {
                **{name: sent(one) for name, one in words if name not in of_features},
                **{feature_key(name): sent(one) for name, one in own},
            }

        labels: dict[str, Any] = services.cache.get(("labels", mark), make)
    return labels, mark
