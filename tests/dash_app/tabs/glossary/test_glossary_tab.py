from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import Engine, select

from core.glossary.model import Category, Glossary, Link, Term
from core.glossary.reading import read_draft
from core.glossary.shipped import shipped_glossary
from core.glossary.writing import write_files
from core.readmodels import RunId
from dash_app.selection import Selection
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from dash_app.terms import labels_in_view
from db.glossary import Mode, import_glossary
from db.glossary_rows import load_glossary
from db.tables.people import AuditLine
from tests.core.glossary.builders import term_row, terms_file
from tests.dash_app.fakes import LOCAL, call, make_app
from tests.dash_app.tabs.pages import words
from tests.dash_app.tabs.requests import answered, ask, request_of

URL = {"url.pathname": "/glossary"}


@pytest.fixture
def app(services: Services, published: RunId) -> Dash:
    return make_app(services, tabs=TABS)


def shown(app: Dash, search: str) -> tuple[str, str]:
    """What a reader reads of categories and content."""
    found = answered(app, "glossary-content", {**URL, "url.search": search}, "url.search")
    return tuple(words(found[f"glossary-{part}"]["children"]) for part in ("tree", "content"))  # type: ignore[return-value]


def sent(*files: tuple[str, bytes]) -> dict[str, Any]:
    """Files as a browser sends them."""
    encoded = [base64.b64encode(content).decode() for _, content in files]
    return {
        "glossary-start.n_clicks": 1,
        "glossary-files.contents": [f"data:text/csv;base64,{text}" for text in encoded],
        "glossary-files.filename": [name for name, _ in files],
        "glossary-mode.value": Mode.ADD.value,
    }


def imported(app: Dash, values: dict[str, Any]) -> str:
    found = answered(app, "glossary-done", values, "glossary-start.n_clicks")
    return words(found["glossary-done"]["children"])


def test_all_terms_stand_from_a_to_z_with_their_categories(app: Dash) -> None:
    tree, content = shown(app, "")
    assert content.startswith(f"{len(shipped_glossary().terms)} terms from A to Z")
    assert "Card debt" in content
    assert "Personal details" in tree


def test_the_terms_of_the_data_set_come_first_and_open(app: Dash) -> None:
    found = answered(app, "glossary-content", {**URL, "url.search": ""}, "url.search")
    panel = found["glossary-content"]["children"]["props"]["children"]
    parts = [part["props"] for part in panel if part["type"] == "Details"]
    assert [(words(part["children"][0]).rsplit(" ", 1)[0], part["open"]) for part in parts] == [
        ("Of this data set", True),
        ("Of segments and of this app", False),
        ("Of other data", False),
    ]
    assert words(parts[0]["children"]) == "Of this data set 3 A Age M Marital status R Recency"
    assert "Card debt" in words(parts[2]["children"])


def test_the_first_answer_leaves_what_was_typed_meanwhile(app: Dash) -> None:
    for search, filled in (("", {}), ("?q=recency", {"glossary-search": {"value": "recency"}})):
        body = request_of(app, "glossary-content", {**URL, "url.search": search}, "url.search")
        first = {**body, "changedPropIds": []}
        answer = call(app.server.test_client(), first, base_url=LOCAL).get_json()["response"]
        assert {name: answer[name] for name in answer if name == "glossary-search"} == filled
    left = answered(app, "glossary-content", {**URL, "url.search": ""}, "url.search")
    assert left["glossary-search"] == {"value": ""}  # the way back from a search empties it


def test_a_search_shows_definitions_the_best_first(app: Dash) -> None:
    _, content = shown(app, "?q=recency")
    assert "for “recency” Recency" in content
    assert "How long ago a customer was last active" in content


def test_a_search_without_result_says_what_to_do(app: Dash) -> None:
    assert "No term for “xyzzy” Try another word" in shown(app, "?q=xyzzy")[1]


def test_a_category_has_the_terms_of_its_branches(app: Dash) -> None:
    _, content = shown(app, "?category=Customers")
    assert "Marital status" in content
    assert "Card debt" not in content


def test_a_term_says_what_it_is_and_which_figures_carry_it(app: Dash) -> None:
    _, content = shown(app, "?term=Age")
    assert "Personal" in content
    assert "Sensitive" in content
    assert "Age on joining" in content
    assert "Age on the day of the data. Demographic : makes its segments" in content


def test_an_unknown_term_is_said_so(app: Dash) -> None:
    assert "There is no term called “Nonsense”" in shown(app, "?term=Nonsense")[1]


def test_searching_is_an_address(app: Dash) -> None:
    values = {**URL, "url.search": "?d=bank&term=Age", "glossary-search.value": "  days  since "}
    values["glossary-search.n_submit"] = 1
    found = answered(app, "url", values, "glossary-search.n_submit")
    assert next(iter(found["url"].values())) == "?d=bank&q=days+since"


def test_files_from_the_browser_are_taken_in_and_audited(app: Dash, writer: Engine) -> None:
    own = terms_file(term_row("House bank", "Value", Description="Where the pay goes."))
    assert imported(app, sent(own)).startswith("1 terms added, 0 changed")
    assert "Where the pay goes." in shown(app, "?q=house+bank")[1]
    with writer.connect() as connection:
        actor = select(AuditLine.actor).where(AuditLine.action == "import glossary")
        assert connection.execute(actor).scalar_one()


def test_every_mistake_is_listed_and_nothing_taken(app: Dash, writer: Engine) -> None:
    wrong = terms_file(term_row("A", "Valu"), term_row("B", "Value", Classifications="x"))
    said = imported(app, sent(wrong))
    assert "2 mistakes; nothing was imported." in said
    assert "terms.csv, line 2, Category: There is no category 'Valu'." in said
    assert "terms.csv, line 3, Classifications: Unknown classification 'x'." in said
    with writer.connect() as connection:
        assert load_glossary(connection) == shipped_glossary()


@pytest.mark.parametrize(
    "changed",
    [
        {"glossary-files.contents": None},
        {"glossary-files.contents": ["data:,%%%"]},
        {"glossary-files.contents": [3]},
        {"glossary-files.filename": []},
        {"glossary-mode.value": "delete"},
    ],
)
def test_what_no_browser_sends_is_refused_in_words(app: Dash, changed: dict[str, Any]) -> None:
    values = {**sent(terms_file(term_row("A", "Value"))), **changed}
    answer = ask(app, "glossary-done", values, "glossary-start.n_clicks")
    assert answer.status_code in (200, 400)
    assert "added" not in answer.get_data(as_text=True)


def test_the_exported_files_are_the_glossary(app: Dash) -> None:
    found = answered(app, "download", {"glossary-export.n_clicks": 1}, "glossary-export.n_clicks")
    (download,) = (part for parts in found.values() for part in parts.values())
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(download["content"]))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == write_files(shipped_glossary())
    assert read_draft(files.items()).mistakes == []


def test_labels_are_sent_once_and_anew_after_an_import(
    services: Services, published: RunId, writer: Engine
) -> None:
    first = labels_in_view(services, Selection(dataset="bank"), None)
    assert first is not None
    labels, mark = first
    assert "age" not in labels  # a term, but known here as the label of a feature
    assert (
        labels["feature:age_years"][1]
        == "/glossary?d=bank&term=Customers+%3E%3E+Personal+details+%3E%3E+Age"
    )
    assert labels["feature:loyalty"] == ["Level in the loyalty scheme.", ""]
    assert labels_in_view(services, Selection(dataset="bank"), mark) is None
    own = Glossary(
        (Category("Value"),),
        (Term("Loyalty", "Value", "How loyal."),),
        (Link("Value >> Loyalty", "loyalty", "features"),),
    )
    with writer.begin() as connection:
        import_glossary(connection, list(write_files(own).items()), Mode.ADD, user="a steward")
    again = labels_in_view(services, Selection(dataset="bank"), mark)
    assert again is not None
    assert again[0]["feature:loyalty"][0] == "How loyal."
