"""The pages of Data, from the database to the browser."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from dash import Dash
from flask import g
from openpyxl import load_workbook
from sqlalchemy import Engine

from core.readmodels import FileRead, IntegrityFinding, Reject, RunId
from dash_app.context import open_view
from dash_app.guard import Caller
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.data.layout import Part
from dash_app.tabs.data.tab import TAB
from dash_app.tabs.registry import TABS
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data
from tests.dash_app.fakes import SECURE, Users, account, make_app, server_app, sign_in
from tests.dash_app.tabs.pages import ids, page, words
from tests.dash_app.tabs.requests import answered, ask
from tests.facts import facts

FORMULA = "=1+1 is not a whole number"


@pytest.fixture
def imported(writer: Engine) -> RunId:
    """A published run over a measured import of six customers with two rows refused."""
    snapshots = SqlSnapshotStore(writer, pseudonym_key=b"k" * 32)
    runs = SqlRunStore(writer, user="tests")
    data = replace(
        snapshot_data(),
        facts=facts(),
        files=(FileRead("customer", "customer.csv", "a" * 64, 8, 6, 2),),
        rejects=(
            Reject("customer.csv", 4, "age", FORMULA),
            Reject("customer.csv", 7, "age", "is not a whole number"),
        ),
        integrity=(
            IntegrityFinding("key", "customer", True, 0, "No id comes twice."),
            IntegrityFinding("sums", "customer", False, 3, "Three sums are off."),
        ),
    )
    run_id = runs.start_run(snapshots.save_snapshot(data), {}, 1, {})
    runs.finish_run(run_id, run_result("demographic", "behavioural"))
    runs.publish(run_id)
    return run_id


@pytest.fixture
def app(services: Services, imported: RunId) -> Dash:
    return make_app(replace(services, smallest_group=1), tabs=TABS)


@pytest.fixture
def strict_app(services: Services, imported: RunId) -> Dash:
    """The same with the usual minimum: every group is too small."""
    return make_app(services, tabs=TABS)


def said(app: Dash, search: str = "") -> str:
    return " ".join(words(page(app, "data", search)["content"]).split())


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_part_answers_with_ids_of_its_own(app: Dash, part: Part, theme: str) -> None:
    found = page(app, "data", f"?view={part.value}", theme)
    named = ids(found["content"])
    assert all(name.startswith("data-") for name in named)
    assert len(named) == len(set(named))
    assert words(found["controls"]).endswith("Import Columns Look-alikes Lineage Flow Dictionary")


def test_the_import_says_what_was_refused_and_what_did_not_hold(app: Dash) -> None:
    text = said(app)
    assert text.startswith("1 file with 8 rows was read; 6 customers came of it.")
    assert "2 rows (25.00%) were refused" in text
    assert "1 of 2 checks did not pass" in text
    assert text.index("Three sums are off.") < text.index("No id comes twice.")
    assert "a" * 12 in text


def test_switches_of_the_source_are_shown_with_how_to_set_them_otherwise(app: Dash) -> None:
    text = said(app)
    assert "How the source was read" in text
    assert "Count closed accounts yes no" in text
    assert "Include minors yes yes" in text
    assert "--switch closed_accounts=no" in text


def test_a_source_without_switches_has_no_card_of_them(app: Dash, writer: Engine) -> None:
    snapshots = SqlSnapshotStore(writer, pseudonym_key=b"k" * 32)
    plain = snapshots.save_snapshot(snapshot_data(fingerprint="c" * 64))
    assert "How the source was read" not in said(app, f"?snapshot={plain}")


def test_no_cell_of_the_files_is_shown_only_where_it_stood(app: Dash) -> None:
    assert {"data-rejects-csv", "data-rejects-excel"} <= set(ids(page(app, "data")["content"]))


def test_an_import_that_is_newer_than_the_run_is_pointed_out(app: Dash, writer: Engine) -> None:
    snapshots = SqlSnapshotStore(writer, pseudonym_key=b"k" * 32)
    newer = snapshots.save_snapshot(replace(snapshot_data(fingerprint="b" * 64), rejects=()))
    assert "Newer files are in" in said(app)
    text = said(app, f"?snapshot={newer}")
    assert "Newer files are in" not in text
    assert f"{newer}, in view" in text
    assert "have not been segmented yet" in said(app, f"?snapshot={newer}&view=flow")
    assert "were not measured" in said(app, f"?snapshot={newer}&view=columns")


def test_a_feature_is_chosen_by_its_address(app: Dash) -> None:
    text = said(app, "?view=columns&f=balance_total")
    assert "Total balance: half of the customers are above" in text
    assert "Input of Behavioural" in text
    assert "2 features of 5 lack values" in text


def test_groups_that_are_too_small_are_not_shown(strict_app: Dash) -> None:
    text = said(strict_app, "?view=columns&f=loyalty")
    assert "Loyalty: nothing to show" in text
    assert "gold" not in text
    assert "fewer than 10 customers" in text


def test_redundant_pairs_are_named_with_the_views_they_enter(app: Dash) -> None:
    text = said(app, "?view=alike")
    assert text.startswith("1 pair of features say nearly the same (above 0.9).")
    assert "No view has both of a pair" in text
    assert "one of them in Demographic and Behavioural" in text
    assert "a sample of 6 of 60" in text
    assert "Association (Cramér's V)" in said(app, "?view=alike&by=categories")


def test_lineage_is_told_in_a_sentence(app: Dash) -> None:
    text = said(app, "?view=lineage&f=balance_total")
    assert "Total balance comes from money of customer.csv" in text
    assert "by way of checking.balance and savings.balance; Behavioural uses it" in text
    assert "coalesce(c.money, 0)" in text
    assert "Demographic: how 2 inputs are prepared" in said(app, "?view=lineage&lens=demographic")
    assert "There is no such feature" in said(app, "?view=lineage&f=nonsense")


def test_the_flow_has_the_counts_and_times_of_the_run(app: Dash) -> None:
    text = said(app, "?view=flow&lens=demographic")
    for part in (
        "How 8 rows became 6 segments in 2 views",
        "6 rows accepted 2 refused; 1 of 2 checks failed",
        "2.5 s",
        "2 inputs Age, Marital status",
        "learned from 5 customers; 1 customer by rule",
        "2 to 3 tried 2 chosen, k-means",
        "everybody sees it now",
        "How one customer is placed: Demographic",
        "then “Not yet active”, and done",
    ):
        assert part in text, part


def test_the_dictionary_explains_every_feature(app: Dash) -> None:
    text = said(app, "?view=dictionary")
    assert "5 features and what they mean" in text
    assert "What the customer has with the bank." in text
    assert "recency_days" in text


@pytest.mark.parametrize("search", ["?snapshot=99", "?d=nobody", "?run=77"])
@pytest.mark.parametrize("part", ["import", "flow", "columns"])
def test_an_address_that_leads_nowhere_says_so(app: Dash, search: str, part: str) -> None:
    assert said(app, f"{search}&view={part}").startswith("There is no such import")


def test_without_any_data_the_page_says_what_to_do(services: Services) -> None:
    assert "python manage.py demo" in said(make_app(services, tabs=TABS))


def test_a_feature_is_found_by_what_it_is_called(app: Dash) -> None:
    for typed in ("Total balance", "total BAL", "balance_total"):
        found = answered(app, "url", *_typed(typed))
        assert found["url"]["search"] == "?view=lineage&f=balance_total"
    assert answered(app, "url", *_typed("nothing like it")) == {}


def test_the_list_of_refused_rows_can_be_sent_to_whoever_delivers(app: Dash) -> None:
    text = _download(app, "data-rejects-csv").decode("utf-8-sig").splitlines()
    assert text[0] == "File,Line,Column,Reason"
    assert text[1] == f"customer.csv,4,age,'{FORMULA}"
    book = load_workbook(io.BytesIO(_download(app, "data-rejects-excel")))
    assert book.sheetnames == ["About", "Refused rows", "By reason", "Files"]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["Rows refused"] == 2
    assert [cell.value for cell in book["Refused rows"][3]] == [
        "customer.csv", 7, "age", "is not a whole number"
    ]  # fmt: skip


def test_a_viewer_sees_counts_and_no_list_of_rows(services: Services, imported: RunId) -> None:
    app = server_app(services, Users(account("vera", "viewer")), tabs=TABS)
    client = app.server.test_client()
    sign_in(client, "vera")
    origin = {"base_url": SECURE, "headers": {"Origin": SECURE}}
    clicked = {"data-rejects-csv.n_clicks": 1, "url.pathname": "/data", "url.search": ""}
    answer = ask(app, "download", clicked, "data-rejects-csv.n_clicks", client, **origin)
    assert answer.status_code == 403
    assert "Refused rows" not in _sheets(services, Role.VIEWER)
    assert "Refused rows" in _sheets(services, Role.ANALYST)


def _sheets(services: Services, role: Role) -> Sequence[str]:
    assert TAB.export is not None
    with make_app(services, tabs=TABS).server.test_request_context():
        g.caller = Caller("tests", role)
        return [s.name for s in TAB.export(services, open_view(services, "/data", "", None))]


def _typed(text: str) -> tuple[dict[str, Any], str]:
    values = {"data-find.value": text, "url.search": "?view=lineage", "url.pathname": "/data"}
    return values, "data-find.value"


def _download(app: Dash, button: str) -> bytes:
    values = {f"{button}.n_clicks": 1, "url.search": "", "url.pathname": "/data"}
    found = answered(app, "download", values, f"{button}.n_clicks")
    return base64.b64decode(found["download"]["data"]["content"])
