"""The document describes every address, and what is answered is what it describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from dash_app.api.install import NOWHERE
from dash_app.api.messages import MOST_SCORED, CustomerScore
from dash_app.api.routes import ROUTES
from tests.dash_app.api.conftest import V1, Ask
from tests.dash_app.api.schemas import departures, resolved
from tests.dash_app.fakes import LOCAL

ROW = {"age_years": 30, "marital_status": "single", "recency_days": 3}
ASKED: dict[str, tuple[tuple[str, object], ...]] = {
    "openapi": (("/openapi.json", None),),
    "datasets": (("/datasets", None),),
    "segments": (("/datasets/bank/segments", None),),
    "schema": (("/datasets/bank/schema", None), ("/datasets/bank/schema?lens=demographic", None)),
    "score": (
        ("/datasets/bank/score", {"ids": ["c-01", "c-06", "c-99", "nobody"], "ranges": True}),
        ("/datasets/bank/score", {"rows": [ROW, {**ROW, "age_years": None, "shoes": 44}]}),
    ),
    "members": (("/datasets/bank/segments/behavioural-older/members?limit=2", None),),
}


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def test_every_address_of_the_server_is_described_and_no_other(
    ask: Ask, client: FlaskClient
) -> None:
    described = {(method, path) for method, path, _ in operations(ask("/openapi.json"))}
    served = {
        (method.lower(), re.sub("<([^>]+)>", r"{\1}", rule.rule).removeprefix(V1))
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api") and rule.endpoint != NOWHERE
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == served
    assert len(described) == len(ROUTES) + 1


def test_every_operation_is_asked_in_these_tests(ask: Ask) -> None:
    assert {one["operationId"] for _, _, one in operations(ask("/openapi.json"))} == set(ASKED)


@pytest.mark.parametrize(
    ("name", "path", "body"),
    [(name, path, body) for name, asked in ASKED.items() for path, body in asked],
)
def test_an_answer_is_what_the_document_describes(
    ask: Ask, name: str, path: str, body: object
) -> None:
    document = ask("/openapi.json")
    (operation,) = (one for _, _, one in operations(document) if one["operationId"] == name)
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert departures(ask(path, body), schema, document) == []
    if body is not None:
        asked = operation["requestBody"]["content"]["application/json"]["schema"]
        described = resolved(asked, document)["properties"]
        assert set(body) <= set(described)  # type: ignore[call-overload]


@pytest.mark.parametrize("status", [400, 404])
def test_a_mistake_is_what_the_document_describes(ask: Ask, status: int) -> None:
    document = ask("/openapi.json")
    path = "/datasets/bank/schema?x=1" if status == 400 else "/datasets/none/schema"
    operation = document["paths"]["/datasets/{dataset}/schema"]["get"]
    schema = operation["responses"][str(status)]["content"]["application/json"]["schema"]
    assert departures(ask(path, status=status), schema, document) == []


def test_the_limits_are_in_the_document(ask: Ask) -> None:
    shapes = ask("/openapi.json")["components"]["schemas"]
    for name in ("ids", "rows"):
        either = shapes["ScoreAsked"]["properties"][name]["anyOf"]
        assert either[0]["maxItems"] == MOST_SCORED
    document = ask("/openapi.json")
    limit = document["paths"]["/datasets/{dataset}/segments/{segment_key}/members"]["get"]
    (schema,) = (one["schema"] for one in limit["parameters"] if one["name"] == "limit")
    assert (schema["minimum"], schema["maximum"], schema["default"]) == (1, 1000, 100)


def test_every_reference_leads_somewhere_and_every_field_is_described(ask: Ask) -> None:
    document = ask("/openapi.json")
    for _, _, operation in operations(document):
        for response in operation["responses"].values():
            schema = response["content"]["application/json"]["schema"]
            assert resolved(schema, document)["type"] == "object"
    for field in CustomerScore.model_fields.values():
        assert field.description


def test_a_wrong_answer_is_told_from_a_right_one(ask: Ask) -> None:
    """The check itself can fail."""
    document = ask("/openapi.json")
    schema = {"$ref": "#/components/schemas/ScoreAnswer"}
    answer = ask("/datasets/bank/score", {"ids": ["c-01"]})
    (score,) = answer["answers"]
    for wrong in (
        {**answer, "more": 1},
        {name: value for name, value in answer.items() if name != "lens"},
        {**answer, "answers": [{**score, "margin": "0.5"}]},
        {**answer, "answers": [{**score, "answer": "perhaps"}]},
        {**answer, "as_of": 5},
    ):
        assert departures(wrong, schema, document) != []


def test_the_document_is_for_those_who_may_ask(client: FlaskClient) -> None:
    answer = client.get(f"{V1}/openapi.json", base_url=LOCAL)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
