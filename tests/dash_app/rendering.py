"""Open every tab in a web process of its own, as a browser does, and print what that has loaded.

Run as ``python -m tests.dash_app.rendering``; it imports nothing but the web process's own root.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from dash_app.tabs.registry import TABS

HOST = "http://127.0.0.1"
API = "/api/v1"
FRAME = ("page.children", "header-context.children")
ALL = '["ALL"]'

Client = Any
Body = dict[str, Any]


def main() -> None:
    """Render, then write the answers per tab and the names of all modules as JSON."""
    from wsgi import server  # starts the app, which nobody wants who only reads this module

    client = server.test_client()
    callbacks = client.get("/_dash-dependencies", base_url=HOST).get_json()
    answers = {
        tab.slug: [
            (output, answer.status_code) for output, answer in opened(client, callbacks, tab.slug)
        ]
        for tab in TABS
    }
    told = {"answers": answers, "api": _asked(client), "modules": sorted(sys.modules)}
    sys.stdout.write(json.dumps(told))


def _asked(client: Client) -> list[int]:
    """Ask the API for the first data set's schema, segments and scores."""
    known = client.get(f"{API}/datasets", base_url=HOST).get_json()["datasets"]
    base = f"{API}/datasets/{known[0]['dataset']}"
    schema = client.get(f"{base}/schema", base_url=HOST)
    row = {one["name"]: None for one in schema.get_json()["input"]}
    bodies = ({"rows": [row]}, {"rows": [row, row]}, {"ids": ["nobody"], "ranges": True})
    return [
        schema.status_code,
        client.get(f"{base}/segments", base_url=HOST).status_code,
        *(client.post(f"{base}/score", json=one, base_url=HOST).status_code for one in bodies),
    ]


def opened(
    client: Client, callbacks: list[Body], slug: str, search: str = ""
) -> Iterator[tuple[str, Any]]:
    """Call what the page calls by itself: the frame's callbacks, the tab's, then its form's."""
    form: dict[str, list[Body]] = {}
    ours = [one for one in callbacks if _fires(one, slug)]
    for callback in sorted(
        ours, key=lambda one: ALL in json.dumps(one["inputs"]).replace("\\", "")
    ):
        answer = client.post(
            "/_dash-update-component", json=_body(callback, slug, form, search), base_url=HOST
        )
        for component in _components(answer.get_json() if answer.status_code == 200 else None):
            form.setdefault(component["id"]["type"], []).append(component)
        yield callback["output"], answer


def _fires(callback: Body, slug: str) -> bool:
    if callback["clientside_function"] or callback["no_output"]:
        return False
    inputs = json.dumps(callback["inputs"])
    arrives = any(name in inputs for name in ('"url"', '"theme"', "score-theme"))
    return arrives and any(name in callback["output"] for name in (*FRAME, f"{slug}-"))


def _body(callback: Body, slug: str, form: dict[str, list[Body]], search: str) -> Body:
    names = callback["output"].strip(".").split("...")
    outputs = [dict(zip(("id", "property"), _split(name), strict=True)) for name in names]
    return {
        "output": callback["output"],
        "outputs": outputs if callback["output"].startswith("..") else outputs[0],
        "inputs": [_dependency(one, slug, form, search) for one in callback["inputs"]],
        "state": [_dependency(one, slug, form, search) for one in callback["state"]],
        "changedPropIds": [],
    }


def _split(name: str) -> tuple[str, str]:
    identity, _, prop = name.rpartition(".")
    return identity, prop


def _dependency(one: Body, slug: str, form: dict[str, list[Body]], search: str) -> Any:
    identity, prop = one["id"], one["property"]
    if identity.startswith("{"):
        fields = form.get(json.loads(identity)["type"], [])
        return [{"id": f["id"], "property": prop, "value": f.get(prop)} for f in fields]
    theme = "light" if "theme" in identity else None
    known = {"pathname": f"/{slug}", "search": search, "data": theme}
    found = {"id": identity, "property": prop, "value": known.get(prop)}
    return {**found, "allow_optional": True} if one.get("allow_optional") else found


def _components(value: Any) -> Iterator[Body]:
    """Find the properties of components with pattern-matching ids."""
    if isinstance(value, dict):
        identity = value.get("id")
        if isinstance(identity, dict) and "value" in value:
            yield value
        for part in value.values():
            yield from _components(part)
    elif isinstance(value, list):
        for part in value:
            yield from _components(part)


if __name__ == "__main__":
    main()
