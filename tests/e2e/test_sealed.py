"""The pages run under a strict content security policy and speak to nobody but their server."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from dash_app.tabs.registry import TABS
from tests.e2e.charts import expect_all_drawn
from tests.e2e.servers import Server
from tests.e2e.watch import Watch

pytestmark = pytest.mark.browser

_HANDLERS = """() => Array.from(document.querySelectorAll("*"))
  .flatMap(e => Array.from(e.attributes))
  .filter(a => a.name.startsWith("on") || /^\\s*javascript:/i.test(a.value))
  .map(a => `${a.ownerElement.tagName} ${a.name}=${a.value}`)"""
_STRANGE_SCRIPTS = """() => Array.from(document.scripts)
  .filter(s => s.src ? !s.src.startsWith(location.origin + "/")
    : !s.nonce && s.type !== "application/json")
  .map(s => s.outerHTML.slice(0, 200))"""
_EVALUATE = """() => new Promise(answer => setTimeout(() => {
  try { answer(new Function("return 'it ran'")()); } catch (e) { answer(e.name); }
}, 0))"""  # in a task of the page's own: what a test runs directly may always evaluate


def test_the_policy_lets_only_our_own_files_run(server: Server) -> None:
    first, second = _policy(server.address), _policy(server.address)
    assert first["default-src"] == ["'none'"]
    assert first["frame-ancestors"] == ["'none'"]
    assert first["base-uri"] == ["'none'"]
    assert first["connect-src"] == ["'self'"]
    own, nonce = first["script-src"]
    assert own == "'self'"
    assert re.fullmatch(r"'nonce-[\w-]{20,}'", nonce)
    assert second["script-src"] != first["script-src"]
    for sources in first.values():
        assert not {"*", "http:", "https:", "'unsafe-eval'"} & set(sources)
        assert not any("//" in source for source in sources)
    assert "'unsafe-inline'" not in first["script-src"]


def test_no_tab_has_a_handler_or_a_script_of_its_own(page: Page) -> None:
    page.goto("/")
    views = page.get_by_role("navigation", name="Views")
    for tab in TABS:
        views.get_by_role("link", name=tab.label).click()
        expect(page).to_have_title(f"{tab.label} · Clientele")
        expect(page.locator(".skeleton")).to_have_count(0)
        assert page.evaluate(_HANDLERS) == []
        assert page.evaluate(_STRANGE_SCRIPTS) == []


def test_the_browser_refuses_made_up_scripts_and_requests_elsewhere(
    page: Page, watches: list[Watch]
) -> None:
    page.goto("/overview")
    expect_all_drawn(page)
    assert page.evaluate(_EVALUATE) == "EvalError"
    watches[0].expect("elsewhere.example", "Content Security Policy", "unsafe-eval")
    assert page.evaluate("fetch('http://elsewhere.example/').catch(e => e.name)") == "TypeError"
    page.evaluate(
        """() => { const button = document.createElement("button");
        button.setAttribute("onclick", "document.title = 'it ran'");
        document.body.append(button); button.click(); }"""
    )
    expect(page).not_to_have_title("it ran")
    assert any("Content Security Policy" in problem for problem in watches[0].noted)


def test_the_first_page_needs_nobody_but_its_server(page: Page, server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(
        lambda address: not _is_own(address, server),
        lambda route: route.abort(),
    )
    page.goto("/")
    expect_all_drawn(page)
    page.wait_for_function("() => document.fonts.check('14px \"Inter Variable\"')")
    assert f"{server.address}/" in asked
    assert [address for address in asked if not _is_own(address, server)] == []


def _is_own(address: str, server: Server) -> bool:
    return address.startswith((f"{server.address}/", "data:", "blob:"))


def _policy(address: str) -> dict[str, list[str]]:
    with urllib.request.urlopen(address) as answer:
        policy = answer.headers["Content-Security-Policy"]
    directives = (part.split() for part in policy.split(";"))
    return {name: sources for name, *sources in directives}
