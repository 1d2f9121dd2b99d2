"""A page as the browser asks for it: the callback of a tab, through the guard, over a database."""

from __future__ import annotations

from typing import Any

from dash import Dash

from tests.dash_app.fakes import LOCAL, call


def page(app: Dash, slug: str, search: str = "", theme: str = "light") -> dict[str, Any]:
    """Return what the callback of a tab answers: controls and content, as JSON."""
    outputs = [{"id": f"{slug}-{part}", "property": "children"} for part in ("controls", "content")]
    body = {
        "output": f"..{slug}-controls.children...{slug}-content.children..",
        "outputs": outputs,
        "inputs": [
            {"id": "url", "property": "search", "value": search},
            {"id": "theme", "property": "data", "value": theme},
        ],
        "changedPropIds": ["url.search"],
        "state": [{"id": "url", "property": "pathname", "value": f"/{slug}"}],
    }
    answer: Any = call(app.server.test_client(), body, base_url=LOCAL)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    response = answer.get_json()["response"]
    return {name.removeprefix(f"{slug}-"): part["children"] for name, part in response.items()}


def words(node: Any) -> str:
    """What a reader reads of a component's JSON, pieces joined by blanks."""
    if isinstance(node, list):
        return " ".join(filter(None, map(words, node)))
    if isinstance(node, dict):
        return words(node.get("props", {}).get("children"))
    return "" if node is None else str(node)


def ids(node: Any) -> list[str]:
    """The plain ids of a component's JSON."""
    if isinstance(node, list):
        return [found for part in node for found in ids(part)]
    if not isinstance(node, dict):
        return []
    props = node.get("props", {})
    own = [props["id"]] if isinstance(props.get("id"), str) else []
    return own + ids(props.get("children"))
