"""The page of one side of the customer: skeleton, the one callback, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from core.features.base import Side
from dash_app.context import View, open_view
from dash_app.exports import Sheet
from dash_app.guard import GuardedApp
from dash_app.pages import Content, page_callback
from dash_app.profiles.bubbles import register_bubbles
from dash_app.profiles.export import profile_sheets
from dash_app.profiles.keeping import kept_profile
from dash_app.profiles.model import Profile
from dash_app.profiles.skeleton import page_skeleton
from dash_app.profiles.subviews import SubView, chosen, page_lenses, subview_switch
from dash_app.profiles.switch import side_switch
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.theme import theme_named

_ROWS = (((5, 440), (7, 440)), ((7, 380), (5, 380)), ((6, 330), (6, 330)))


class ProfilePage:
    """What the tab of a side is made of; ids begin with the side's name, which is its slug."""

    def __init__(
        self,
        side: Side,
        title: str,
        draw: Callable[[Profile], Component],
        subviews: Sequence[SubView] = (),
    ) -> None:
        self.slug = side.value
        self._side = side
        self._title = title
        self._draw = draw
        self._subviews = tuple(subviews)
        self._controls, self._content = f"{self.slug}-controls", f"{self.slug}-content"

    def layout(self) -> Component:
        """Return the skeleton."""
        return page_skeleton(self._title, self._controls, self._content, *_ROWS)

    def register(self, app: GuardedApp, services: Services) -> None:
        """Wire the callback: parse, query, build, return."""
        register_bubbles(app, services, self.slug, self._side)
        for subview in self._subviews:
            subview.register(app, services)

        @page_callback(app, self._controls, self._content, role=Role.VIEWER)
        def show_profile(search: str, theme: str, pathname: str) -> tuple[Component, Content]:
            drawn_in = theme_named(theme)  # a page is kept once per theme, whatever was asked for
            view = open_view(services, pathname, search, self._side)
            found = chosen(self._subviews, services, view)
            lenses = page_lenses(found.fitting, view) if found.current is None else ()
            switches = html.Div(
                [side_switch(lenses, view), *subview_switch(found)], className="page-controls"
            )
            if found.current is not None:
                return switches, found.current.draw(services, found.view, drawn_in)
            return switches, kept_profile(services, self.slug, view, drawn_in, self._draw)

    def export(self, services: Services, view: View) -> tuple[Sheet, ...]:
        """Return the page's tables for the export menu."""
        return profile_sheets(services, view, self._side)
