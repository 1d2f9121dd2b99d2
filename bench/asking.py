"""Asking the app as a browser does, through Flask's test client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask.testing import FlaskClient

HOST = "127.0.0.1"
_ADDRESS = f"http://{HOST}"


def open_page(client: FlaskClient, slug: str) -> None:
    """Ask for what a browser needs before a tab's callback: page, layout, list of callbacks."""
    for path in (f"/{slug}", "/_dash-layout", "/_dash-dependencies"):
        answer = client.get(path, base_url=_ADDRESS)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status}.")


def ask_tab(client: FlaskClient, slug: str) -> dict[str, Any]:
    """Return what a tab's callback answers when the tab is opened: its controls and content."""
    places = [{"id": f"{slug}-{part}", "property": "children"} for part in ("controls", "content")]
    body = {
        "output": f"..{slug}-controls.children...{slug}-content.children..",
        "outputs": places,
        "inputs": [
            {"id": "url", "property": "search", "value": ""},
            {"id": "theme", "property": "data", "value": "light"},
        ],
        "changedPropIds": ["url.search"],
        "state": [{"id": "url", "property": "pathname", "value": f"/{slug}"}],
    }
    answer = client.post("/_dash-update-component", json=body, base_url=_ADDRESS)
    if answer.status_code != 200:
        raise RuntimeError(f"The tab {slug!r} answers {answer.status}: {answer.text}")
    response: dict[str, Any] = answer.get_json()["response"]
    return response
