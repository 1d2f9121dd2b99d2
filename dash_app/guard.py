"""Deny by default: every callback bound to a role, every request checked before it is served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from dash import ClientsideFunction, Dash
from flask import g, has_request_context

from core.errors import ConfigurationError
from dash_app.roles import Role

Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes the request."""

    name: str
    role: Role


def caller() -> Caller:
    """Who makes the request that is being answered; callbacks pass ``caller().role`` to queries."""
    if not has_request_context() or "caller" not in g:
        raise RuntimeError("There is a caller only while a guarded request is answered.")
    return g.caller  # type: ignore[no-any-return]


class GuardedApp:
    """A Dash app whose callbacks each name the least role that may call them."""

    def __init__(self, dash: Dash) -> None:
        self.dash = dash
        self._roles: dict[str, Role] = {}

    def callback(
        self, *dependencies: Any, role: Role, **options: Any
    ) -> Callable[[Callable[Parameters, Returned]], Callable[Parameters, Returned]]:
        """`Dash.callback`, for callers of at least ``role``; leaving it out is a TypeError."""
        if not isinstance(role, Role):
            raise TypeError(f"role is {role!r}; give Role.VIEWER, Role.ANALYST or Role.ADMIN.")
        refused = {"background", "api_endpoint", "websocket", "mcp_enabled"} & set(options)
        if refused:
            raise TypeError(f"{sorted(refused)} would open a way around the guard.")
        known = set(self.dash.callback_map)
        decorate = self.dash.callback(*dependencies, **options)
        added = set(self.dash.callback_map) - known
        if len(added) != 1:
            raise ConfigurationError(
                f"The callback on {dependencies!r} is registered twice. Give each output one callback."
            )
        self._roles[added.pop()] = role
        return decorate  # type: ignore[no-any-return]

    def clientside(self, namespace: str, function: str, *dependencies: Any, **options: Any) -> None:
        """Run ``window.dash_clientside[namespace][function]`` of ``assets/js`` in the browser."""
        known = set(self.dash.callback_map)
        self.dash.clientside_callback(
            ClientsideFunction(namespace, function), *dependencies, **options
        )
        if set(self.dash.callback_map) == known:
            raise ConfigurationError(
                f"The callback {namespace}.{function} is registered twice. "
                "Give each output one callback."
            )

    def role_of(self, output: str) -> Role | None:
        """The least role of a server callback; None if the browser runs it, or there is none."""
        return self._roles.get(output)

    def check_complete(self) -> None:
        """Refuse to start with a callback that has no role, or with a script inside the page."""
        open_ones = [
            output
            for output, registered in self.dash.callback_map.items()
            if "callback" in registered and output not in self._roles
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
