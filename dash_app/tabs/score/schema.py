"""What scoring takes and gives, as a file for other systems."""

from __future__ import annotations

import json
from typing import Any

from dash import dcc
from dash.exceptions import PreventUpdate

from core.scoring import scorer
from core.scoring_schema import scoring_schema
from dash_app.context import View, open_view
from dash_app.guard import GuardedApp
from dash_app.pages import download_callback
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.score.file_card import Ids as FileIds
from dash_app.tabs.score.layout import Ids
from dash_app.tabs.score.reading import read_form


def register(app: GuardedApp, services: Services) -> None:
    """A click on either button downloads the schema of the lens in view."""
    for button in (Ids.SCHEMA, FileIds.SCHEMA):
        _register(app, services, button)


def _register(app: GuardedApp, services: Services, button: str) -> None:
    @download_callback(app, button, role=Role.ANALYST)
    def download_schema(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        if not clicks:
            raise PreventUpdate
        view = open_view(services, pathname, search)
        name = f"{view.run.dataset.name}-{view.lens.name}-schema.json"
        text = json.dumps(schema_of(services, view), ensure_ascii=False, indent=2)
        return dict(dcc.send_string(text, name, type="application/json"))


def schema_of(services: Services, view: View) -> dict[str, object]:
    """Return the schema of the lens in view."""
    form = read_form(services, view, view.lens)
    catalogue = {feature.name: feature for feature in form.features}
    described = f"{view.run.dataset.title}, {view.lens.label}: {view.lens.question}"
    return scoring_schema(form.model, scorer(form.model).inputs, catalogue, described)
