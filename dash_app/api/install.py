"""The API's addresses, behind the gate like every other: parse, check, work, answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import orjson
from flask import Flask, Response, request

from dash_app.answers import Refused
from dash_app.api.messages import JSON
from dash_app.api.mistakes import checked
from dash_app.api.openapi import openapi
from dash_app.api.routes import BASE, PATH_NAMES, ROUTES, Route
from dash_app.guard import caller
from dash_app.roles import Role
from dash_app.services import Services

DOCUMENT = f"{BASE}/openapi.json"
NOWHERE = "api_nowhere"  # whatever else is asked below /api
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def install_api(server: Flask, services: Services) -> None:
    """Add every route, the document that describes them, and an answer for all other addresses."""
    for route in ROUTES:
        server.add_url_rule(
            flask_rule(route.path),
            f"api_{route.name}",
            _answer_to(route, services),
            methods=[route.method],
        )
    server.add_url_rule(DOCUMENT, "api_openapi", _describe)
    server.add_url_rule("/api/<path:path>", NOWHERE, _nowhere, methods=_METHODS)


def flask_rule(path: str) -> str:
    """Return a route's path as Flask writes it.

    >>> flask_rule("/datasets/{dataset}/score")
    '/api/v1/datasets/<dataset>/score'
    """
    for name in PATH_NAMES:
        path = path.replace(f"{{{name}}}", f"<{name}>")
    return BASE + path


def _answer_to(route: Route, services: Services) -> Callable[..., Response]:
    def answer(**names: str) -> Response:
        _require(route.role)
        asked = checked(route.asked, _body() if route.method == "POST" else _query())
        found = route.work(services, asked, **names)
        return Response(found.model_dump_json(exclude_unset=True), mimetype=JSON)

    return answer


def _require(least: Role) -> None:
    role = caller().role
    if not role.may_act_as(least):
        raise Refused(403, f"The role {role} may not ask this; it takes the role {least}.")


def _query() -> dict[str, str]:
    for name, values in request.args.lists():
        if len(values) > 1:
            raise Refused(400, f"{name!r:.60} is given {len(values)} times; give it once.")
    return request.args.to_dict()


def _body() -> object:
    if request.mimetype != JSON:
        raise Refused(
            415,
            f"The body is sent as {request.mimetype or 'nothing that is named'!r:.60}; send JSON "
            f"with the header “Content-Type: {JSON}”.",
        )
    try:
        return orjson.loads(request.get_data(cache=False))
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"The body is no JSON in UTF-8: {error}.") from None


def _describe() -> Response:
    return Response(_document(), mimetype=JSON)


@cache
def _document() -> bytes:
    return orjson.dumps(openapi(), option=orjson.OPT_INDENT_2)


def _nowhere(path: str) -> Response:  # noqa: ARG001
    raise Refused(
        404, f"There is nothing at {request.method} {request.path:.200}; {DOCUMENT} lists what is."
    )
