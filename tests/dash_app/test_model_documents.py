"""The model document through the gate: a page, a file, nothing of a stranger's."""

from __future__ import annotations

import re

import pytest
from dash import Dash
from flask.testing import FlaskClient

from core.readmodels import RunId
from dash_app.model_documents import document_address, document_file, training_address
from dash_app.services import Services
from tests.dash_app.fakes import LOCAL, SECURE, Users, account, server_app, sign_in

RUN = RunId(1)


@pytest.fixture
def client(local_app: Dash, published: RunId) -> FlaskClient:
    assert published == RUN
    return local_app.server.test_client()


def test_the_page_is_html_with_the_strict_policy_and_loads_only_our_files(
    client: FlaskClient,
) -> None:
    answer = client.get(document_address(RUN), base_url=LOCAL)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    policy = answer.headers["Content-Security-Policy"]
    assert re.search(r"script-src 'self';", policy)
    assert answer.headers["Cache-Control"] == "private, no-store"
    addresses = re.findall(r'(?:href|src)="(/[^"]+)"', answer.text)
    assert len([one for one in addresses if one.startswith("/assets/")]) == 5
    for address in addresses:
        assert client.get(address, base_url=LOCAL, buffered=True).status_code == 200, address
    assert "<style" not in answer.text
    assert 'style="' not in answer.text


def test_the_file_is_markdown_to_be_saved_under_a_name_of_its_own(client: FlaskClient) -> None:
    answer = client.get(document_address(RUN, markdown=True), base_url=LOCAL)
    assert (answer.status_code, answer.mimetype) == (200, "text/markdown")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={document_file(RUN)}"
    assert answer.text.startswith("# Model document: run 1 of A bank\n")


def test_what_a_run_was_trained_on_is_a_file_of_the_name_that_others_give_it(
    client: FlaskClient,
) -> None:
    answer = client.get(training_address(RUN), base_url=LOCAL)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=training_data_metadata.json"
    )
    found = answer.get_json()
    assert (found["dataset"], found["run"], len(found["lenses"])) == ("bank", 1, 2)
    assert [lens["segments"] for lens in found["lenses"]] == [[], []]  # all are too small


def test_groups_of_six_customers_are_not_described(client: FlaskClient) -> None:
    text = client.get(document_address(RUN, markdown=True), base_url=LOCAL).text
    for name in ("Settled", "Starters", "Not yet active", "c-01"):
        assert name not in text


@pytest.mark.parametrize(
    "path",
    [
        "/model-document/99",
        "/model-document/99.md",
        "/model-document/99/training_data_metadata.json",
        "/model-document/2147483647",
    ],
)
def test_a_run_that_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path, base_url=LOCAL).status_code == 404


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = client.open(document_address(RUN), method=method, base_url=LOCAL)
        assert answer.status_code in (403, 405)


def test_a_stranger_is_sent_to_sign_in_and_a_viewer_reads(
    services: Services, published: RunId
) -> None:
    stranger = server_app(services, Users(account("ann", "viewer"))).server.test_client()
    asked = {"base_url": SECURE, "headers": {"Accept": "text/html"}}
    answer = stranger.get(document_address(published), **asked)
    assert (answer.status_code, answer.location) == (302, "/login?next=/model-document/1")
    assert stranger.get(document_address(published, markdown=True), **asked).status_code == 401
    assert stranger.get(training_address(published), **asked).status_code == 401
    sign_in(stranger, "ann")
    assert stranger.get(document_address(published), **asked).status_code == 200
