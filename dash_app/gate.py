"""The gate before every request: host, origin, who asks, and what a callback may be sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from urllib.parse import quote, urlsplit

from flask import Flask, g, redirect, request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, Unauthorized
from werkzeug.wrappers import Response as WerkzeugResponse

from dash_app.answers import Refused
from dash_app.callback_bodies import check_body
from dash_app.guard import Caller, GuardedApp
from dash_app.tokens import is_for_the_api

OPEN_ENDPOINTS = frozenset({"login", "livez", "readyz"})  # complete: everything else needs a caller
PUBLIC_ASSETS = frozenset(  # what the sign-in page is drawn with: the same for everyone, no data
    {
        "css/0-tokens.css",
        "css/login.css",
        "brand.svg",
        "first-paint.js",
        "0-vendor/3-inter/inter.css",
        "0-vendor/3-inter/inter-cyrillic-wght-normal.woff2",
        "0-vendor/3-inter/inter-greek-wght-normal.woff2",
        "0-vendor/3-inter/inter-latin-ext-wght-normal.woff2",
        "0-vendor/3-inter/inter-latin-wght-normal.woff2",
    }
)
API_ENDPOINTS = "api_"  # how the names of the endpoints below /api/ begin
LARGEST_BODY = 8 << 20  # bytes

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


class Endpoint(StrEnum):
    """Dash's endpoints that the gate knows by name."""

    CALLBACK = "/_dash-update-component"
    ASSET = "_dash_assets.static"
    INDEX = "/"
    PAGE = "/<path:path>"
    DOCUMENT = "model_document"


_PAGES = frozenset({Endpoint.INDEX, Endpoint.PAGE, Endpoint.DOCUMENT})


def close_gate(
    app: GuardedApp,
    *,
    is_local: bool,
    allowed_hosts: Sequence[str],
    identify: Callable[[], Caller | None],
) -> None:
    """Let nothing through that was not checked; ``identify`` says who asks, None for a stranger."""
    server: Flask = app.dash.server
    server.config.update(
        TRUSTED_HOSTS=list(allowed_hosts),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=64 << 10,
        PROPAGATE_EXCEPTIONS=False,
    )

    @server.before_request
    def check_request() -> WerkzeugResponse | None:
        _check_host()
        if is_local:
            _refuse_proxies()
        if request.method not in _SAFE_METHODS:
            _check_origin()
        if request.endpoint in OPEN_ENDPOINTS or _is_public_asset():
            return None
        found = identify()
        if found is None:
            return _ask_to_sign_in()
        g.caller = found
        if request.routing_exception is not None:
            raise request.routing_exception
        if is_for_the_api() and not str(request.endpoint).startswith(API_ENDPOINTS):
            raise NotFound  # Dash answers any address that nobody else does with its page
        if request.endpoint == Endpoint.CALLBACK:
            check_body(app, _json_body(), found.role)
        return None


def _check_host() -> None:
    """Refuse a Host that is not ours: it would be a page elsewhere that rebound its name to us."""
    if not request.host:  # reading it raises SecurityError, a 400, for a host that is not trusted
        raise BadRequest


def _refuse_proxies() -> None:
    """Refuse what came through a proxy: then it is not only this machine that can reach us."""
    if any(name in request.headers for name in _FORWARDING):
        raise Forbidden


def _check_origin() -> None:
    """Refuse changes asked for by another site's page.

    Browsers say who asks in Sec-Fetch-Site, which no page can forge, and in Origin, which is the
    word "null" for a form on a page with our referrer policy.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        raise Forbidden
    if origin is None or (origin == "null" and site is not None):
        return
    if _host_of(origin) != request.host:
        raise Forbidden


def _host_of(origin: str) -> str | None:
    """Return host and port of an origin; None for what is none, like an open bracket."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _is_public_asset() -> bool:
    return (
        request.endpoint == Endpoint.ASSET
        and request.method in ("GET", "HEAD")
        and (request.view_args or {}).get("filename") in PUBLIC_ASSETS
    )


def _ask_to_sign_in() -> WerkzeugResponse:
    """Send a reader to the sign-in page and back again afterwards; tell a program 401."""
    if is_for_the_api():
        raise Refused(
            401,
            "Send a token that is good as “Authorization: Bearer …”. An operator makes one with: "
            "python manage.py tokens add NAME --role analyst",
            WWW_Authenticate="Bearer",
        )
    is_page = request.endpoint in _PAGES and request.method == "GET"
    if not is_page or not request.accept_mimetypes.accept_html:
        raise Unauthorized
    wanted = request.full_path.rstrip("?")
    return redirect("/login" if wanted == "/" else f"/login?next={quote(wanted)}")


def _json_body() -> object:
    try:
        return request.get_json()
    except RecursionError:
        raise BadRequest from None
