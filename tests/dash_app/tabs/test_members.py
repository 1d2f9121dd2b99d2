"""Customers within their segments: listed a page at a time, by whom, and as a file."""

from __future__ import annotations

import base64
import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import Engine, text

from core.readmodels import RunId, SnapshotId
from dash_app.profiles import members as listing
from dash_app.profiles import members_view
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from db.queries import customers
from db.store import SqlRunStore
from tests.builders import run_result
from tests.dash_app.fakes import SECURE, Users, account, call, make_app, server_app, sign_in
from tests.dash_app.tabs.pages import ids, page, words
from tests.dash_app.tabs.requests import answered, ask

SETTLED = ("c-03", "c-04", "c-05")  # the largest segment, "demographic-older"
WHERE = "?lens=demographic&view=customers"


@pytest.fixture
def house(services: Services, published: RunId) -> Services:
    """Services over a published run of six customers, who may be seen."""
    return replace(services, smallest_group=1)


@pytest.fixture
def app(house: Services) -> Dash:
    return make_app(house, tabs=TABS)


@pytest.fixture
def pseudonyms(writer: Engine) -> dict[str, str]:
    """What the bank's own numbers are called."""
    with writer.connect() as connection:
        rows = connection.execute(text("SELECT customer_id, pseudonym FROM customers"))
        return {row.customer_id: row.pseudonym for row in rows}


def said(app: Dash, search: str = WHERE, slug: str = "demographic") -> str:
    return " ".join(words(page(app, slug, search)["content"]).split())


def asked(button: str, after: str | None, clicks: int | None = 1) -> dict[str, Any]:
    """The body that a browser sends for a click on a button that turns the page."""

    def part(name: str, prop: str, **value: object) -> dict[str, Any]:
        identity = {"of": "demographic-older", "type": f"demographic-customers-{name}"}
        return {"id": identity, "property": prop, **value}

    wild = '{"of":["MATCH"],"type":"demographic-customers-%s"}'
    pressed = f'{{"of":"demographic-older","type":"demographic-customers-{button}"}}.n_clicks'
    return {
        "output": f"..{wild % 'list'}.children...{wild % 'after'}.data..",
        "outputs": [part("list", "children"), part("after", "data")],
        "inputs": [
            part(name, "n_clicks", value=clicks if name == button else None)
            for name in ("first", "further")
        ],
        "state": [
            part("after", "data", value=after),
            {"id": "url", "property": "search", "value": WHERE},
            {"id": "url", "property": "pathname", "value": "/demographic"},
        ],
        "changedPropIds": [pressed],
    }


def turned(app: Dash, *click: Any) -> tuple[str, str | None] | None:
    """What the next page says, and where it goes on; None where nothing changes."""
    answer: Any = call(app.server.test_client(), asked(*click))
    if answer.status_code == 204:
        return None
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found = {name.partition('"type":')[2]: parts for name, parts in
             answer.get_json()["response"].items()}  # fmt: skip
    return (
        words(found['"demographic-customers-list"}']["children"]),
        found['"demographic-customers-after"}']["data"],
    )


def test_the_customers_of_the_segment_in_focus_are_listed_with_value_and_runner_up(
    app: Dash, pseudonyms: dict[str, str]
) -> None:
    told = said(app)
    assert "Customers of “Settled” 3 customers in the order of their pseudonyms" in told
    listed = sorted(pseudonyms[customer] for customer in SETTLED)
    assert [told.index(one) for one in listed] == sorted(told.index(one) for one in listed)
    assert all(pseudonyms[one] not in told for one in pseudonyms if one not in SETTLED)
    assert all(customer not in told for customer in pseudonyms)
    assert f"{pseudonyms['c-03']} $30,000 0.10 Starters 0.90 10" in told
    assert "These are the last." in told


def test_another_segment_is_chosen_by_the_address(app: Dash, pseudonyms: dict[str, str]) -> None:
    told = said(app, f"{WHERE}&s=demographic-young")
    assert "Customers of “Starters” 2 customers" in told
    assert pseudonyms["c-01"] in told
    assert pseudonyms["c-03"] not in told


def test_pages_are_turned_and_no_pseudonym_is_in_the_address(
    app: Dash, pseudonyms: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing.read_members, "__defaults__", ("", 2))
    first, second, third = sorted(pseudonyms[customer] for customer in SETTLED)
    assert second in said(app)
    assert third not in said(app)
    further = turned(app, "further", second)
    assert further is not None
    assert third in further[0]
    assert first not in further[0]
    assert further[1] is None
    again = turned(app, "first", None)
    assert again is not None
    assert first in again[0]
    assert again[1] == second
    assert turned(app, "further", None) is None
    assert turned(app, "further", second, None) is None


def test_a_page_of_a_small_segment_takes_so_many_walks_and_goes_on_from_there(
    app: Dash, pseudonyms: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six customers are walked past one at a time, four for a page."""
    monkeypatch.setattr(customers, "MOST_WALKED", 1)
    walked = sorted(pseudonyms.values())
    settled = {pseudonyms[customer] for customer in SETTLED}
    first = said(app)
    assert [one for one in walked if one in first] == [one for one in walked[:4] if one in settled]
    assert "“Further” goes on looking." in first
    again = turned(app, "first", None)
    assert again is not None
    assert again[1] == walked[3]
    further = turned(app, "further", walked[3])
    assert further is not None
    assert [one for one in walked if one in further[0]] == [
        one for one in walked[4:] if one in settled
    ]
    assert "These are the last." in further[0]


def test_the_file_of_a_small_segment_looks_at_so_many_customers_and_the_page_says_so(
    app: Dash, pseudonyms: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "the file has the first 10,000, the API lists all" in said(app)
    monkeypatch.setattr(customers, "MOST_WALKED", 1)
    monkeypatch.setattr(members_view, "MOST_WALKED", 1)
    for module in (listing, members_view):
        monkeypatch.setattr(module, "WALKS_OF_A_FILE", 3)
    assert "the file has the first 10,000 among 3 of all customers, the API lists all" in said(app)
    walked = sorted(pseudonyms.values())[:3]
    settled = {pseudonyms[customer] for customer in SETTLED}
    assert filed(app) == [one for one in walked if one in settled]


def test_the_api_is_named_where_it_lists_the_run(
    app: Dash, writer: Engine, published: RunId
) -> None:
    older = f"{WHERE}&run={published}"
    assert "the API lists all" in said(app, older)
    runs = SqlRunStore(writer, user="tests")
    newer = runs.start_run(SnapshotId(1), {}, 1, {})
    runs.finish_run(newer, run_result())
    runs.publish(newer)
    again = said(app, older)
    assert "the file has the first 10,000 " in again
    assert "API" not in again


def filed(app: Dash) -> list[str]:
    """The pseudonyms in the file."""
    sent = sent_file(app)
    rows = list(csv.reader(io.StringIO(base64.b64decode(sent["content"]).decode("utf-8-sig"))))
    assert rows[0][0] == "Customer"
    return [row[0] for row in rows[1:]]


def sent_file(app: Dash) -> dict[str, str]:
    values = {
        "demographic-customers-csv.n_clicks": 1,
        "url.pathname": "/demographic",
        "url.search": WHERE,
    }
    found = answered(app, "download", values, "demographic-customers-csv.n_clicks")
    sent: dict[str, str] = found["download"]["data"]
    return sent


def test_the_file_has_all_of_them(app: Dash, pseudonyms: dict[str, str]) -> None:
    assert sent_file(app)["filename"] == "customers-demographic-older.csv"
    assert filed(app) == sorted(pseudonyms[one] for one in SETTLED)


def test_of_a_small_segment_nobody_is_listed(
    services: Services, published: RunId, pseudonyms: dict[str, str]
) -> None:
    told = said(make_app(services, tabs=TABS))
    assert told.startswith("Nobody to list")
    assert all(one not in told for one in pseudonyms.values())


def test_viewers_are_not_offered_the_list_and_do_not_get_it(
    house: Services, pseudonyms: dict[str, str]
) -> None:
    app = server_app(house, Users(account("vera", "viewer")), tabs=TABS)
    client = app.server.test_client()
    sign_in(client, "vera")
    values = {"url.search": WHERE, "theme.data": "light", "url.pathname": "/demographic"}
    shown = ask(app, "demographic-content", values, "url.search", client, base_url=SECURE).get_data(
        as_text=True
    )
    assert "What makes" in shown
    assert "Customers of" not in shown
    assert all(one not in shown for one in pseudonyms.values())
    refused: Any = call(client, asked("first", None), base_url=SECURE)
    assert refused.status_code == 403
    clicked = values | {"demographic-customers-csv.n_clicks": 1}
    file = ask(
        app, "download", clicked, "demographic-customers-csv.n_clicks", client, base_url=SECURE
    )
    assert file.status_code == 403


@pytest.mark.parametrize("slug", ["demographic", "behavioural"])
def test_both_sides_offer_the_list_to_analysts(app: Dash, slug: str) -> None:
    controls = page(app, slug)["controls"]
    assert "Customers" in words(controls)
    search = f"?view=customers&lens={slug}"
    assert f"{slug}-customers-csv" in ids(page(app, slug, search)["content"])
