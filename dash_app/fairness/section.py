"""Fair treatment of the lens in view, read and built: what a tab calls."""

from __future__ import annotations

from dash.development.base_component import Component

from core.fairness import sensitivity_register
from dash_app.context import View
from dash_app.fairness.card import fairness_card
from dash_app.services import Services
from db.queries.fairness import fairness, lenses_as_shown, purpose_of
from db.queries.features import feature_catalogue


def fairness_section(services: Services, view: View) -> Component:
    """Return the card of the lens in view; all roles may see it, it shows no customer."""
    with services.read() as connection:
        found = fairness(connection, view.lens.segmentation_id)
        purpose = purpose_of(connection, view.lens.segmentation_id)
        register = sensitivity_register(
            feature_catalogue(connection, view.run.snapshot_id),
            lenses_as_shown(connection, [lens.segmentation_id for lens in view.run.lenses]),
        )
    return fairness_card(view.lens, found, register, purpose)
