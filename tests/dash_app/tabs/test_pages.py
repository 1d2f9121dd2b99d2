"""The pages of Overview, Demographic, Behavioural and Compare, from the database to the browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dash import Dash
from flask import g
from sqlalchemy import Engine, update

from core.readmodels import RunId
from dash_app.context import open_view
from dash_app.guard import Caller
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from db.tables.runs import Segmentation
from db.writes import rename_segment
from tests.dash_app.fakes import make_app
from tests.dash_app.tabs.pages import ids, page, words

SLUGS = ("overview", "demographic", "behavioural", "compare")


@pytest.fixture
def app(services: Services, published: RunId) -> Dash:
    """The app over a published run of six customers, with a minimum that lets them be seen."""
    return make_app(replace(services, smallest_group=1), tabs=TABS)


@pytest.fixture
def strict_app(services: Services, published: RunId) -> Dash:
    """The same with the usual minimum: every segment is too small."""
    return make_app(services, tabs=TABS)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_answers_with_its_own_ids(app: Dash, slug: str, theme: str) -> None:
    found = ids(page(app, slug, theme=theme)["content"])
    assert found
    assert all(name.startswith(f"{slug}-") for name in found)
    assert len(found) == len(set(found))


def test_the_overview_says_how_many_what_they_are_worth_and_whom_to_call(app: Dash) -> None:
    said = words(page(app, "overview")["content"])
    for part in ("Customers 6", "In stable segments 67%", "Top action clients", "In one sentence"):
        assert part in said
    assert "Unlike anyone known" in said


def test_the_overview_offers_both_lenses(app: Dash) -> None:
    assert words(page(app, "overview")["controls"]) == "Demographic Behavioural"


def test_the_overview_says_that_the_views_hardly_agree_without_statistics(app: Dash) -> None:
    said = words(page(app, "overview")["content"])
    assert "Hardly. Knowing a customer’s segment in one says little" in " ".join(said.split())
    assert "AMI" not in said


def test_a_profile_follows_the_segment_in_the_url(app: Dash) -> None:
    said = words(page(app, "demographic", "?s=demographic-young")["content"])
    assert "What makes Starters different" in said


def test_a_profile_ends_with_the_verdict(app: Dash) -> None:
    said = words(page(app, "behavioural")["content"])
    assert said.index("Can I rely on it?") > said.index("What makes")
    assert "Two clusters are the most stable." in said


@pytest.mark.parametrize("slug", ["demographic", "behavioural"])
def test_a_profile_shows_nothing_of_groups_that_are_too_small(strict_app: Dash, slug: str) -> None:
    said = words(page(strict_app, slug)["content"])
    assert said.startswith("No segments to show")
    assert "Settled" not in said


def test_the_comparison_answers_in_a_sentence(app: Dash) -> None:
    said = words(page(app, "compare")["content"])
    assert said.startswith("Hardly.")
    assert "guessed right 40% of the time, where blind guessing gives 33%" in said


def test_the_comparison_can_be_turned_round(app: Dash) -> None:
    straight = words(page(app, "compare")["content"])
    turned = words(page(app, "compare", "?a=behavioural&b=demographic")["content"])
    assert "Demographic explains more" in straight
    assert "From the demographic features" in straight
    assert "From the behavioural features" not in turned


@pytest.mark.parametrize("mode", ["count", "row", "column", "lift", "residual", "nonsense"])
def test_every_way_to_read_the_cross_table_has_an_address(app: Dash, mode: str) -> None:
    assert "compare-cross-graph" in ids(page(app, "compare", f"?view={mode}")["content"])


@pytest.mark.parametrize("slug", SLUGS)
def test_a_viewer_exports_aggregates_and_no_single_customer(
    services: Services, published: RunId, slug: str
) -> None:
    tab = next(tab for tab in TABS if tab.slug == slug)
    assert tab.export is not None
    with make_app(services, tabs=TABS).server.test_request_context():
        g.caller = Caller("tests", Role.VIEWER)
        sheets = tab.export(services, open_view(services, f"/{slug}", "", tab.side))
    assert sheets
    assert all(sheet.table.columns for sheet in sheets)
    assert "Top action clients" not in [sheet.name for sheet in sheets]


def test_a_segment_given_a_name_is_called_so_at_once_everywhere(app: Dash, writer: Engine) -> None:
    with writer.begin() as connection:
        reason = "Two are stable; “Settled” is one of them."
        told = ["“Settled” hold most of the balances."]
        connection.execute(update(Segmentation).values(reason=reason, headlines=told))
    assert "“Settled” is one of them" in words(page(app, "demographic")["content"])
    with writer.begin() as connection:
        rename_segment(
            connection, "bank", "demographic", "demographic-older", name="Golden years", note="",
            user="ada",
        )  # fmt: skip
    for slug in ("overview", "demographic"):
        said = words(page(app, slug, "?lens=demographic")["content"])
        assert "Golden years" in said
        assert "Settled" not in said
