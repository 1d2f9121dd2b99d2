"""The app, put together: document, gate, answers, sign-in, shell and tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dash import Dash

from core.errors import ConfigurationError
from dash_app.answers import dress_answers
from dash_app.api.install import install_api
from dash_app.document import make_dash
from dash_app.gate import close_gate
from dash_app.guard import Caller, GuardedApp
from dash_app.health import install_health
from dash_app.model_documents import install_model_documents
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.shell import install_shell
from dash_app.signin import UserStore, install_sign_in
from dash_app.tabs.base import Tab
from dash_app.tabs.registry import TABS
from dash_app.tokens import TokenStore, by_token_or

ASSETS = Path(__file__).resolve().parent.parent / "assets"
LOCAL, SERVER = "local", "server"
SHORTEST_SECRET = 32  # bytes


def create_app(
    services: Services,
    *,
    mode: str,
    secret_key: str,
    allowed_hosts: Sequence[str],
    user_store: UserStore | None = None,
    token_store: TokenStore | None = None,
    tabs: Sequence[Tab] = TABS,
    assets: Path = ASSETS,
) -> Dash:
    """Return the whole app; nothing is shared with another app in the same process.

    In mode ``local`` nobody signs in and everyone is an analyst; mode ``server`` needs
    ``user_store`` and a ``secret_key`` of at least 32 bytes. `ConfigurationError` refuses. Without
    a ``token_store`` only people ask the API.
    """
    is_local = _is_local(mode, secret_key, user_store)
    dash = make_dash(assets)
    app = GuardedApp(dash)
    dress_answers(dash.server, is_local=is_local)
    identify: Callable[[], Caller | None] = _local_analyst
    if user_store is not None and not is_local:
        identify = install_sign_in(dash.server, user_store, secret_key=secret_key, assets=assets)
        if token_store is not None:
            identify = by_token_or(identify, token_store)
    close_gate(app, is_local=is_local, allowed_hosts=allowed_hosts, identify=identify)
    install_health(dash.server, services)
    install_model_documents(dash.server, services, assets)
    install_api(dash.server, services)
    install_shell(app, services, tabs, is_local=is_local)
    for tab in tabs:
        tab.register(app, services)
    app.check_complete()
    _warm(dash, allowed_hosts)
    return dash


def _is_local(mode: str, secret_key: str, user_store: UserStore | None) -> bool:
    if mode not in (LOCAL, SERVER):
        raise ConfigurationError(f"Unknown mode {mode!r}. Choose one of: local, server.")
    if mode == SERVER and user_store is None:
        raise ConfigurationError("Server mode needs a store of users who may sign in.")
    if mode == SERVER and len(secret_key.encode()) < SHORTEST_SECRET:
        raise ConfigurationError(
            f"The session secret has {len(secret_key.encode())} bytes. Give at least "
            f"{SHORTEST_SECRET}."
        )
    return mode == LOCAL


def _local_analyst() -> Caller:
    return Caller("local", Role.ANALYST)


def _warm(dash: Dash, allowed_hosts: Sequence[str]) -> None:
    """Answer one request now: Dash finishes its set-up in the first, where a second may fail."""
    host = next((host for host in allowed_hosts if not host.startswith(".")), "localhost")
    answer = dash.server.test_client().get("/livez", base_url=f"http://{host}/")
    if answer.status_code != 200:
        raise ConfigurationError(
            f"The app does not answer to its own host {host!r}. Check CLIENTELE_ALLOWED_HOSTS."
        )
