"""What every answer carries: security headers, cache rules, and errors without detail."""

from __future__ import annotations

import logging
import secrets

from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, g, jsonify, request
from flask_compress import Compress
from werkzeug.exceptions import HTTPException, NotFound

from core.errors import UsageError

logger = logging.getLogger("clientele.web")

_YEAR = 365 * 24 * 3600
_WEEK = 7 * 24 * 3600
_STATIC = ("/assets/", "/_dash-component-suites/")
_COMPRESSED = [
    "application/javascript",
    "application/json",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
]


class Refused(HTTPException):
    """A request is not answered, and the asker is told why in a sentence that says no secret."""

    def __init__(self, code: int, words: str, **headers: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def new_nonce() -> str:
    """Return the nonce that lets the scripts of this one answer run."""
    g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def dress_answers(server: Flask, *, is_local: bool) -> None:
    """Give every answer its headers, compress text, and say errors as JSON with a request id."""
    server.config.update(
        COMPRESS_MIMETYPES=_COMPRESSED,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIN_SIZE=600,
    )
    Compress(server)

    @server.before_request
    def name_request() -> None:
        g.request_id = secrets.token_hex(8)

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_security_headers())
        if not is_local:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
        response.headers["Cache-Control"] = _cache_rule(response)
        response.headers["X-Request-Id"] = _request_id()
        return response

    @server.errorhandler(InvalidResourceError)
    @server.errorhandler(DependencyException)
    def say_not_found(error: Exception) -> tuple[Response, int]:  # noqa: ARG001
        return say_error(NotFound())

    @server.errorhandler(Exception)
    def say_error(error: Exception) -> tuple[Response, int]:
        if isinstance(error, Refused):
            response, status = _answer(error.words, error.code or 500)
            response.headers.update(error.headers)
            return response, status
        if isinstance(error, HTTPException):
            return _answer(error.name, error.code or 500)
        if isinstance(error, UsageError):
            return _answer(str(error), 400)
        logger.error(
            "request %s failed: %s %r",
            _request_id(),
            request.method,
            request.path,
            exc_info=error,
        )
        return _answer("Internal Server Error", 500)


def _answer(words: str, status: int) -> tuple[Response, int]:
    return jsonify(error=words, request=_request_id()), status


def _request_id() -> str:
    return str(g.get("request_id", "none"))


def _security_headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": _policy(g.get("nonce")),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Frame-Options": "DENY",
    }


def _policy(nonce: str | None) -> str:
    """Return the policy: our own files, the scripts of this answer, nothing from elsewhere."""
    own_scripts = f" 'nonce-{nonce}'" if nonce else ""
    return (
        "default-src 'none'; "
        f"script-src 'self'{own_scripts}; "
        "style-src 'self' 'unsafe-inline'; "  # Plotly, React and AG Grid write style attributes
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def _cache_rule(response: Response) -> str:
    """Files whose address carries their version are kept for good, pages and data never."""
    if not request.path.startswith(_STATIC) or response.status_code not in (200, 304):
        return "private, no-store"
    has_version = "m" in request.args or response.cache_control.max_age == _YEAR
    if has_version:
        return f"private, max-age={_YEAR}, immutable"
    if request.path.endswith(".woff2"):
        return f"private, max-age={_WEEK}"
    return "private, no-cache"
