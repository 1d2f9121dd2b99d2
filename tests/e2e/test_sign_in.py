"""Server mode: who may come in, what each role sees, and how a session ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Response, expect

from dash_app.roles import Role
from dash_app.tabs.registry import TABS
from tests.e2e.accessibility import violations
from tests.e2e.bank import Bank
from tests.e2e.charts import expect_all_drawn
from tests.e2e.servers import Installation, Server, guarded_server
from tests.e2e.watch import Watch

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery staple"
REFUSED = "The name or the password is not right."
PSEUDONYM = re.compile(r"\bC-[A-Z2-7]{10,}\b")
UPDATE = "/_dash-update-component"
_CALL = f"""body => fetch("{UPDATE}", {{method: "POST", body: body,
  headers: {{"Content-Type": "application/json"}}}}).then(answer => answer.status)"""


@pytest.fixture(scope="module")
def installation(filled: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A copy of the bank with a user of each role, and one to be removed."""
    copy = filled.copied_to(
        tmp_path_factory.mktemp("guarded") / "var", CLIENTELE_SECRET_KEY="s" * 64
    )
    for name, role in (("vera", Role.VIEWER), ("anna", Role.ANALYST), ("rosa", Role.ANALYST)):
        copy.manage("users", "add", name, "--role", role, "--password-stdin", stdin=PASSWORD)
    return copy


@pytest.fixture(scope="module")
def server(installation: Installation) -> Iterator[Server]:
    with guarded_server(installation) as running:
        yield running


def test_a_stranger_is_asked_to_sign_in_and_then_gets_what_was_asked_for(page: Page) -> None:
    page.goto("/compare?view=count")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_label("Name")).to_be_focused()
    _sign_in(page, "anna")
    expect(page).to_have_url("/compare?view=count")
    expect_all_drawn(page)
    (cookie,) = page.context.cookies()
    assert cookie["name"] == "__Host-clientele"
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")


@pytest.mark.parametrize(
    ("name", "password"), [("vera", "wrong"), ("nobody", PASSWORD)], ids=["password", "name"]
)
def test_what_is_wrong_is_not_told_but_that_it_is(
    name: str, password: str, page: Page, watches: list[Watch]
) -> None:
    watches[0].expect("401")
    page.goto("/login")
    _sign_in(page, name, password)
    expect(page.get_by_role("alert")).to_have_text(REFUSED)
    expect(page.get_by_label("Name")).to_have_value(name)
    expect(page.get_by_label("Password")).to_be_focused()
    assert page.context.cookies() == []
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sign_in_page_is_accessible_and_fits_a_phone(
    theme: str, visitor: Callable[..., Page]
) -> None:
    page = visitor(wide=390, tall=844, color_scheme=theme)
    page.goto("/login")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_viewer_sees_every_tab_and_never_a_single_customer(page: Page) -> None:
    received: list[Response] = []
    page.on("response", lambda response: received.append(response))
    page.goto("/login")
    _sign_in(page, "vera")
    expect(page.get_by_role("search")).to_have_count(0)
    for tab in TABS:
        page.goto(f"/{tab.slug}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".skeleton")).to_have_count(0)
        page.wait_for_load_state("networkidle")
        assert not PSEUDONYM.search(page.content()), tab.slug
        answers = [r.text() for r in received if urlsplit(r.url).path == UPDATE and r.status == 200]
        assert not any(PSEUDONYM.search(answer) for answer in answers), tab.slug
        received.clear()
    page.goto("/score")
    expect(page.get_by_role("heading", name="Scoring is for analysts")).to_be_visible()
    expect(page.get_by_role("button", name="Score", exact=True)).to_be_hidden()
    page.goto("/runs")
    expect(page.get_by_role("button", name="Start the run")).to_be_hidden()


def test_what_an_analyst_may_call_a_viewer_may_not(
    visitor: Callable[..., Page], watches: list[Watch], bank: Bank
) -> None:
    analyst, viewer = visitor(), visitor()
    bodies = _analysts_calls(analyst, bank)
    viewer.goto("/login")
    _sign_in(viewer, "vera")
    expect_all_drawn(viewer)
    watches[1].expect("403")
    for body in bodies:
        assert analyst.evaluate(_CALL, body) == 200
        assert viewer.evaluate(_CALL, body) == 403


def test_signing_out_ends_the_session(page: Page) -> None:
    page.goto("/login")
    _sign_in(page, "anna")
    expect_all_drawn(page)
    page.get_by_label("Account of anna").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url("/login")
    assert page.context.cookies() == []
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/overview")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_cookie_kept_from_before_signing_out_is_worth_nothing(page: Page) -> None:
    page.goto("/login")
    _sign_in(page, "anna")
    expect_all_drawn(page)
    kept = page.context.cookies()
    page.get_by_label("Account of anna").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url("/login")
    page.context.add_cookies(kept)
    page.goto("/overview")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_removed_user_is_out_at_the_next_click(
    page: Page, installation: Installation, watches: list[Watch]
) -> None:
    page.goto("/login")
    _sign_in(page, "rosa")
    expect_all_drawn(page)
    installation.manage("users", "remove", "rosa")
    watches[0].expect("401", "Unauthorized")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    _sign_in(page, "rosa")
    expect(page.get_by_role("alert")).to_have_text(REFUSED)


def _sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def _analysts_calls(page: Page, bank: Bank) -> list[str]:
    """Return the bodies that the page sends when an analyst looks customers up and scores them."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    page.goto("/login")
    _sign_in(page, "anna")
    expect_all_drawn(page)
    page.get_by_label("Find a customer").fill(bank.customer)
    page.get_by_label("Find a customer").press("Enter")
    expect(page.get_by_role("search")).to_contain_text(bank.customer)
    page.goto("/score")
    page.get_by_role("button", name="Score", exact=True).click()
    expect(page.locator(".answer-segment")).to_be_visible()
    bodies = [r.post_data or "{}" for r in sent if urlsplit(r.url).path == UPDATE]
    return [
        next(body for body in reversed(bodies) if wanted in json.loads(body)["output"])
        for wanted in ("lookup-answer.children", "score-details.children")
    ]
