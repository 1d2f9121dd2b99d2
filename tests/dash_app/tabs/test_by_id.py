"""Customers by id, and bubbles that are clicked: from the database to the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import Engine

from core.readmodels import RunId
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from db import jobs
from db.engine import make_engine
from tests.dash_app.fakes import SECURE, Users, account, make_app, server_app, sign_in
from tests.dash_app.tabs.pages import ids, page, words
from tests.dash_app.tabs.requests import answered, ask, request_of

ASKED: dict[str, Any] = {
    "score-ids-go.n_clicks": 1,
    "score-ids-text.value": "c-02\nnobody\nc-06",
    "url.pathname": "/score",
    "url.search": "",
}


@pytest.fixture
def house(
    services: Services, published: RunId, tmp_path: Any, engine_of: Callable[..., Engine]
) -> Services:
    """Services over a published run of six customers."""
    url = f"sqlite:///{tmp_path / 'queue.db'}"
    jobs.create_job_board(make_engine(url))
    return replace(services, smallest_group=1, jobs=engine_of(url).begin)


@pytest.fixture
def app(house: Services) -> Dash:
    return make_app(house, tabs=TABS)


def told(app: Dash, **changes: Any) -> str:
    """What the card says to what was asked."""
    found = answered(app, "score-ids-answers", ASKED | changes, "score-ids-go.n_clicks")
    return words(found["score-ids-answers"]["children"])


def test_a_list_of_ids_is_answered_in_the_order_asked(app: Dash) -> None:
    said = told(app)
    assert said.startswith("3 ids: 2 scored, 1 unknown.")
    assert said.index("c-02") < said.index("nobody") < said.index("c-06")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"score-ids-text.value": " "}, "Paste customer numbers or pseudonyms, one per line."),
        ({"score-ids-day.value": "today"}, "Write the day as YYYY-MM-DD, or leave it out."),
        ({"score-ids-day.value": "2001-01-01"}, "bank has no snapshot as of 2001-01-01."),
    ],
)
def test_what_cannot_be_answered_is_said(app: Dash, changes: dict[str, Any], sentence: str) -> None:
    assert told(app, **changes).startswith(sentence)


def test_viewers_neither_see_the_card_nor_get_an_answer(house: Services) -> None:
    app = server_app(house, Users(account("ann", "viewer")), tabs=TABS)
    client = app.server.test_client()
    sign_in(client, "ann")
    refused = ask(app, "score-ids-answers", ASKED, "score-ids-go.n_clicks", client, base_url=SECURE)
    assert refused.status_code == 403


def test_ids_are_in_the_body_and_never_in_the_address(app: Dash) -> None:
    body = request_of(app, "score-ids-answers", ASKED, "score-ids-go.n_clicks")
    assert {"id": "score-ids-text", "property": "value", "value": "c-02\nnobody\nc-06"} in body[
        "state"
    ]
    found = answered(app, "score-ids-answers", ASKED, "score-ids-go.n_clicks")
    assert set(found) == {"score-ids-answers"}  # nothing is written to the address


def click(app: Dash, key: object, search: str = "") -> Any:
    """What a click on a bubble of that key answers."""
    return answered(
        app,
        "url",
        {
            "behavioural-bubbles-graph.clickData": {"points": [{"customdata": key}]},
            "url.pathname": "/behavioural",
            "url.search": search,
        },
        "behavioural-bubbles-graph.clickData",
    )


def test_bubbles_stand_on_both_sides_pages(app: Dash) -> None:
    for side in ("demographic", "behavioural"):
        assert f"{side}-bubbles-graph" in ids(page(app, side)["content"])


def test_a_clicked_bubble_puts_its_segment_into_the_address(app: Dash) -> None:
    assert click(app, "behavioural-young") == {"url": {"search": "?s=behavioural-young"}}
    assert click(app, ["behavioural-young"], "?f=age_years")["url"]["search"] == (
        "?s=behavioural-young&f=age_years"
    )


def test_a_second_click_takes_it_out_again(app: Dash) -> None:
    assert click(app, "behavioural-young", "?s=behavioural-young")["url"]["search"] == ""


@pytest.mark.parametrize("key", ["nonsense", "", None, 3, {"a": 1}, []])
def test_a_click_on_anything_else_changes_nothing(app: Dash, key: object) -> None:
    assert click(app, key) == {}
