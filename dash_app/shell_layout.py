"""The frame's layout: header, tabs, places for notices and page, footer; no I/O."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dash_app.components.chips import icon
from dash_app.components.links import link
from dash_app.components.menus import menu
from dash_app.guard import Caller
from dash_app.ids import Shell
from dash_app.lookup import lookup_box

_THEMES = (("light", "Light", "sun"), ("dark", "Dark", "moon"), ("system", "System", "circle-half"))


def shell_layout(signed_in: Caller | None, *, may_look_up: bool) -> Component:
    """Return the frame around every tab: no I/O, every fixed id.

    ``signed_in`` is who may sign out again; nobody in local mode.
    """
    return html.Div(
        [
            dcc.Location(id=Shell.URL, refresh="callback-nav"),
            dcc.Store(id=Shell.THEME),
            dcc.Store(id=Shell.CUSTOMER),
            dcc.Store(id=Shell.PAGE_STATE),
            dcc.Store(id=Shell.TERMS),
            dcc.Store(id=Shell.TERMS_KEY),
            dcc.Download(id=Shell.DOWNLOAD),
            html.A("Skip to the content", href=f"#{Shell.PAGE}", className="skip-link"),
            html.Header(
                [
                    link(_brand(), "/", "brand", **{"aria-label": "Clientele, overview"}),
                    html.Div(id=Shell.HEADER_CONTEXT, className="header-context"),
                    html.Div(_tools(signed_in, may_look_up=may_look_up), className="header-tools"),
                ],
                className="header",
            ),
            html.Nav(id=Shell.TABS, className="tabs", **{"aria-label": "Views"}),
            html.Div(
                [
                    html.Div(id=Shell.NOTICES),
                    html.Main(id=Shell.PAGE, tabIndex=-1),
                    html.Footer(id=Shell.PROVENANCE, className="provenance"),
                ],
                className="page-frame",
            ),
            html.Div(
                id=Shell.ANNOUNCEMENT,
                role="status",
                className="visually-hidden",
                **{"aria-live": "polite"},
            ),
            html.Div(id="toast", className="toast-place", role="alert"),
        ],
        className="shell",
    )


def _brand() -> list[Component]:
    return [
        html.Img(src="/assets/brand.svg", alt="", width=26, height=26),
        html.Span("Clientele", className="brand-name"),
    ]


def _tools(signed_in: Caller | None, *, may_look_up: bool) -> list[Component]:
    """Return look-up, copy link, export, theme and, for who signed in, the way out."""
    tools = [lookup_box()] if may_look_up else []
    tools += [
        html.Button("Copy link", type="button", className="tool", **{"data-action": "copy-link"}),
        menu(
            "Export",
            html.Button("Excel workbook", id=Shell.EXPORT_EXCEL, className="menu-item"),
            html.Button("CSV file", id=Shell.EXPORT_CSV, className="menu-item"),
            html.Button("Print or save as PDF", className="menu-item", **{"data-action": "print"}),
            label="Export this view",
            class_name="export-menu",
            align_end=True,
        ),
        _theme_menu(),
    ]
    return tools if signed_in is None else [*tools, _account_menu(signed_in)]


def _theme_menu() -> Component:
    return menu(
        icon("circle-half"),
        *(
            html.Button(
                [icon(symbol), label],
                type="button",
                className="menu-item",
                **{"data-theme-choice": choice},
            )
            for choice, label, symbol in _THEMES
        ),
        label="Theme",
        class_name="theme-menu",
        align_end=True,
    )


def _account_menu(who: Caller) -> Component:
    return menu(
        icon("person"),
        html.Div([html.Strong(who.name), html.Span(who.role.value)], className="menu-note"),
        html.Form(
            html.Button("Sign out", type="submit", className="menu-item"),
            method="post",
            action="/logout",
        ),
        label=f"Account of {who.name}",
        class_name="account-menu",
        align_end=True,
    )
