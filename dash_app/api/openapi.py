"""The OpenAPI document of the API, made from its routes and the shapes they are checked against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from dash_app.api.messages import Message, Problem
from dash_app.api.routes import BASE, PATH_NAMES, ROUTES, VERSION, Route

_REF = "#/components/schemas/{model}"
_MISTAKES = {
    "400": "The request is not understood: which field, what was found, what is allowed.",
    "401": "In server mode: there is no token, or it is not good (any more).",
    "403": "The role does not suffice, or another site's page asks.",
    "404": "There is no such data set, lens or segment, or nothing is published yet.",
}
_ABOUT = (
    "Segments of customers, for programs. In server mode send a token made with `manage.py tokens "
    "add`; in local mode none is needed. Whatever is published now answers; `model_version` says "
    "which model."
)


def openapi() -> dict[str, Any]:
    """Return the document."""
    kinds = [(route.answer, "serialization") for route in ROUTES]
    kinds += [(route.asked, "validation") for route in ROUTES if route.method == "POST"]
    _, shapes = models_json_schema([*kinds, (Problem, "serialization")], ref_template=_REF)  # type: ignore[list-item]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Clientele", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": BASE}],
        "security": [{"token": []}, {}],
        "paths": {
            "/openapi.json": {"get": _document()},
            **{route.path: {route.method.lower(): _operation(route)} for route in ROUTES},
        },
        "components": {
            "schemas": shapes["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _document() -> dict[str, Any]:
    return {
        "operationId": "openapi",
        "summary": "This document",
        "description": "For the role viewer.",
        "responses": {"200": _response("The document.", {"type": "object"})},
    }


def _operation(route: Route) -> dict[str, Any]:
    said = (route.answer.__doc__ or "").strip().partition("\n")[0]
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"For the role {route.role}.",
        "parameters": _path_parameters(route) + _query_parameters(route),
        "responses": {
            "200": _response(said, _ref(route.answer)),
            **{status: _response(words, _ref(Problem)) for status, words in _MISTAKES.items()},
        },
    }
    if route.method == "POST":
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _ref(route.asked)}},
        }
        operation["responses"]["415"] = _response("The body is not sent as JSON.", _ref(Problem))
    return operation


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": said,
            "schema": {"type": "string"},
        }
        for name, said in PATH_NAMES.items()
        if f"{{{name}}}" in route.path
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.method == "POST":
        return []
    properties = route.asked.model_json_schema()["properties"]
    return [_query_parameter(name, schema) for name, schema in properties.items()]


def _query_parameter(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in schema.items() if key not in ("description", "title")}
    described = schema.get("description", "")
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": described,
        "schema": rest,
    }


def _response(described: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": described, "content": {"application/json": {"schema": dict(schema)}}}


def _ref(shape: type[Message]) -> dict[str, str]:
    return {"$ref": _REF.format(model=shape.__name__)}
