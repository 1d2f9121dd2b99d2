"""What a tab is: a slug, a label, a layout without I/O and callbacks with roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.features.base import Side

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dash_app.context import View
    from dash_app.exports import Sheet
    from dash_app.guard import GuardedApp
    from dash_app.services import Services


class Group(StrEnum):
    """The three groups of tabs in the header."""

    EXPLORE = "Explore"
    ACT = "Act"
    TRUST = "Trust"


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the TABS registry. ``slug`` is the path, e.g. ``compare`` for ``/compare``."""

    slug: str
    label: str
    group: Group
    layout: Callable[[], Component]  # a skeleton with every fixed id of the tab; no I/O
    register: Callable[[GuardedApp, Services], None]
    side: Side | None = None  # the side of the customer that the tab looks at, if it is one
    export: Callable[[Services, View], tuple[Sheet, ...]] | None = None  # for the export menu
    needs_run: bool = True  # False: the tab has something to say before anything is published
