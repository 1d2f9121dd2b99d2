"""The choice between the lenses of one side."""

from __future__ import annotations

from dash.development.base_component import Component

from dash_app.components.lenses import lens_switch
from dash_app.context import View


def side_switch(view: View) -> Component:
    """Return the lenses of the side in view; another lens has other segments and features."""
    return lens_switch(
        [lens for lens in view.run.lenses if lens.side == view.lens.side],
        view.lens.name,
        lambda name: view.href(lens=name, segments=(), feature=None),
    )
