"""The choice between the lenses of one side."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from core.readmodels import LensSummary
from dash_app.components.lenses import lens_switch
from dash_app.context import View


def side_switch(lenses: Sequence[LensSummary], view: View) -> Component:
    """Return the lenses that a page draws; another lens has other segments and features."""
    return lens_switch(
        lenses,
        view.lens.name,
        lambda name: view.href(lens=name, segments=(), feature=None),
    )
