"""Callbacks that each name the least role that may call them, and what the browser may send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from dash import ClientsideFunction, Dash
from flask import g, has_request_context

from core.errors import ConfigurationError
from dash_app.ids import Shell
from dash_app.roles import Role

Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")
Types = tuple[type, ...]

PROPERTY_TYPES: Mapping[str, Types] = MappingProxyType(
    {
        **dict.fromkeys(("pathname", "search", "hash", "href"), (str,)),
        **dict.fromkeys(("n_clicks", "n_submit", "n_blur", "n_intervals"), (int,)),
        f"{Shell.THEME}.data": (str,),
        f"{Shell.CUSTOMER}.data": (str,),
    }
)  # what these properties hold wherever they are sent; null is always allowed


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes the request."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Permission:
    """What is asked of a call: a role, and types of values by ``id.property`` or property."""

    role: Role
    types: Mapping[str, Types]


def caller() -> Caller:
    """Who makes the request that is being answered; callbacks pass ``caller().role`` to queries."""
    found = known_caller()
    if found is None:
        raise RuntimeError("There is a caller only while a guarded request is answered.")
    return found


def known_caller() -> Caller | None:
    """Who makes the request, None outside of one."""
    return g.get("caller") if has_request_context() else None


class GuardedApp:
    """A Dash app whose callbacks each name the least role that may call them."""

    def __init__(self, dash: Dash) -> None:
        self.dash = dash
        self._permissions: dict[str, Permission] = {}

    def callback(
        self,
        *dependencies: Any,
        role: Role,
        accepts: Mapping[str, type | Types] | None = None,
        **options: Any,
    ) -> Callable[[Callable[Parameters, Returned]], Callable[Parameters, Returned]]:
        """`Dash.callback`, for callers of at least ``role``; leaving it out is a TypeError.

        ``accepts`` maps ``"id.property"`` (or a property) to the types that its JSON value may
        have, beside null; any other value is refused with 400 before the function is called.
        """
        if not isinstance(role, Role):
            raise TypeError(f"role is {role!r}; give Role.VIEWER, Role.ANALYST or Role.ADMIN.")
        if refused := {"background", "api_endpoint", "websocket", "mcp_enabled"} & set(options):
            raise TypeError(f"{sorted(refused)} would open a way around the guard.")
        known = set(self.dash.callback_map)
        decorate = self.dash.callback(*dependencies, **options)
        output = self._only_new(known, dependencies)
        types = {
            name: given if isinstance(given, tuple) else (given,)
            for name, given in (accepts or {}).items()
        }
        self._permissions[output] = Permission(role, MappingProxyType({**PROPERTY_TYPES, **types}))
        return decorate  # type: ignore[no-any-return]

    def clientside(self, namespace: str, function: str, *dependencies: Any, **options: Any) -> None:
        """Run ``window.dash_clientside[namespace][function]`` of ``assets/js`` in the browser."""
        known = set(self.dash.callback_map)
        self.dash.clientside_callback(
            ClientsideFunction(namespace, function), *dependencies, **options
        )
        self._only_new(known, dependencies)

    def permission(self, output: str) -> Permission | None:
        """What a call of a server callback needs; None if there is no such callback."""
        return self._permissions.get(output)

    def check_complete(self) -> None:
        """Refuse to start with a callback that has no role, or with a script inside the page."""
        open_ones = [
            output
            for output, registered in self.dash.callback_map.items()
            if "callback" in registered and output not in self._permissions
        ]
        if open_ones:
            raise ConfigurationError(
                f"The callbacks {open_ones} have no role. Register them with GuardedApp.callback."
            )
        if self.dash._inline_scripts:
            raise ConfigurationError(
                "A clientside callback was given as source text, which the content security policy "
                "forbids. Put the function in assets/js and register it with GuardedApp.clientside."
            )

    def _only_new(self, known: set[str], dependencies: tuple[Any, ...]) -> str:
        added = set(self.dash.callback_map) - known
        if len(added) != 1:
            raise ConfigurationError(
                f"The callback on {dependencies!r} is registered already. "
                "Give each output one callback, or allow_duplicate=True."
            )
        return str(added.pop())
