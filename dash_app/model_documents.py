"""The model document of a run as a page to read and print, and as a Markdown file to keep."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask, Response
from sqlalchemy import Connection
from werkzeug.exceptions import NotFound

from core.document.blocks import Document
from core.document.facts import RunFacts
from core.document.markdown import to_markdown
from core.document.model_document import model_document
from core.document.page import Surroundings, to_html
from core.document.training_data import FILE as TRAINING
from core.document.training_data import training_data_metadata
from core.errors import UsageError
from core.readmodels import RunId
from dash_app.document import FIRST_PAINT, versioned
from dash_app.gate import Endpoint
from dash_app.services import Services
from db.queries.document import input_statistics, run_facts

_STYLES = ("0-vendor/3-inter/inter.css", "css/0-tokens.css", "css/document.css")


def document_address(run: RunId, *, markdown: bool = False) -> str:
    """Return the address of a run's document.

    >>> document_address(RunId(7)), document_address(RunId(7), markdown=True)
    ('/model-document/7', '/model-document/7.md')
    """
    return f"/model-document/{run}{'.md' if markdown else ''}"


def document_file(run: RunId) -> str:
    """Return the name of the Markdown file."""
    return f"model-document-run-{run}.md"


def training_address(run: RunId) -> str:
    """Return the address of what a run was trained on.

    >>> training_address(RunId(7))
    '/model-document/7/training_data_metadata.json'
    """
    return f"/model-document/{run}/{TRAINING}"


def install_model_documents(server: Flask, services: Services, assets: Path) -> None:
    """Add the three addresses; like every other they are behind the gate.

    They show aggregates without small groups, which every role may see.
    """

    def show(run: int) -> Response:
        around = Surroundings(
            styles=[versioned(assets, name) for name in _STYLES],
            scripts=[versioned(assets, FIRST_PAINT)],
            icon=versioned(assets, "brand.svg"),
            links=[
                ("Back to the run", f"/runs?run={run}", ""),
                (
                    "Download as Markdown",
                    document_address(RunId(run), markdown=True),
                    document_file(RunId(run)),
                ),
            ],
        )
        return Response(to_html(_document(services, run), around), mimetype="text/html")

    def download(run: int) -> Response:
        answer = Response(to_markdown(_document(services, run)), mimetype="text/markdown")
        answer.headers.set("Content-Disposition", "attachment", filename=document_file(RunId(run)))
        return answer

    def trained_on(run: int) -> Response:
        with services.read() as connection:
            facts = _facts(services, connection, run)
            found = training_data_metadata(facts, input_statistics(connection, facts))
        text = json.dumps(found, ensure_ascii=False, indent=2)
        answer = Response(text + "\n", mimetype="application/json")
        answer.headers.set("Content-Disposition", "attachment", filename=TRAINING)
        return answer

    rule = "/model-document/<int(max=2147483647):run>"
    server.add_url_rule(rule, Endpoint.DOCUMENT.value, show)
    server.add_url_rule(f"{rule}.md", f"{Endpoint.DOCUMENT.value}_file", download)
    server.add_url_rule(f"{rule}/{TRAINING}", f"{Endpoint.DOCUMENT.value}_training", trained_on)


def _document(services: Services, run: int) -> Document:
    """Return the document as names are now; 404 where there is none."""
    with services.read() as connection:
        return model_document(_facts(services, connection, run))


def _facts(services: Services, connection: Connection, run: int) -> RunFacts:
    try:
        return run_facts(connection, RunId(run), smallest=services.smallest_group)
    except UsageError as missing:
        raise NotFound(str(missing)) from None
