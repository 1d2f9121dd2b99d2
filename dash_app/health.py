"""Whether the process lives, and whether it can answer: for supervisors and load balancers."""

from __future__ import annotations

from flask import Flask, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core.errors import ClienteleError
from dash_app.services import Services


def install_health(server: Flask, services: Services) -> None:
    """Add ``/livez`` (the process answers) and ``/readyz`` (the database does too)."""

    def livez() -> Response:
        return jsonify(status="alive")

    def readyz() -> tuple[Response, int]:
        try:
            with services.read() as connection:
                connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, ClienteleError):
            return jsonify(status="the database does not answer"), 503
        return jsonify(status="ready"), 200

    server.add_url_rule("/livez", "livez", livez)
    server.add_url_rule("/readyz", "readyz", readyz)
