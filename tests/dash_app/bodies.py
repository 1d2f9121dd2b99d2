"""Bodies of callback requests as the page sends them, captured from a browser."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

Body = dict[str, Any]

PAGE: Body = {
    "output": "..page.children...page-state.data..",
    "outputs": [
        {"id": "page", "property": "children"},
        {"id": "page-state", "property": "data"},
    ],
    "inputs": [
        {"id": "url", "property": "pathname", "value": "/sample"},
        {"id": "url", "property": "search", "value": "?d=bank"},
    ],
    "changedPropIds": ["url.pathname", "url.search"],
    "parsedChangedPropsIds": ["url.pathname", "url.search"],
    "state": [{"id": "page-state", "property": "data"}],
}
SHARES: Body = {
    "output": "sample-shares.children",
    "outputs": {"id": "sample-shares", "property": "children"},
    "inputs": [
        {"id": "url", "property": "search", "value": ""},
        {"id": "theme", "property": "data", "value": "light"},
    ],
    "changedPropIds": [],
    "parsedChangedPropsIds": [],
    "state": [{"id": "url", "property": "pathname", "value": "/sample"}],
}
ECHO: Body = {  # MATCH
    "output": '{"index":["MATCH"],"type":"sample-echo"}.children',
    "outputs": {"id": {"index": 0, "type": "sample-echo"}, "property": "children"},
    "inputs": [
        {"id": {"index": 0, "type": "sample-field"}, "property": "value", "value": 12},
    ],
    "changedPropIds": ['{"index":0,"type":"sample-field"}.value'],
    "parsedChangedPropsIds": [{"index": 0, "type": "sample-field"}],
}
_DUPLICATE = hashlib.sha256(b'{"index":["ALL"],"type":"sample-field"}.value').hexdigest()
SUM: Body = {  # ALL, allow_duplicate
    "output": f"sample-sum.children@{_DUPLICATE}",
    "outputs": {"id": "sample-sum", "property": f"children@{_DUPLICATE}"},
    "inputs": [
        [
            {"id": {"index": 0, "type": "sample-field"}, "property": "value", "value": 12},
            {"id": {"index": 1, "type": "sample-field"}, "property": "value"},
        ]
    ],
    "changedPropIds": ['{"index":0,"type":"sample-field"}.value'],
    "state": [
        [
            {
                "id": {"index": 0, "type": "sample-field"},
                "property": "id",
                "value": {"type": "sample-field", "index": 0},
            },
            {
                "id": {"index": 1, "type": "sample-field"},
                "property": "id",
                "value": {"type": "sample-field", "index": 1},
            },
        ]
    ],
}
SILENT: Body = {  # no output
    "output": hashlib.sha256(b"sample-silent.n_clicks").hexdigest(),
    "inputs": [{"id": "sample-silent", "property": "n_clicks", "value": 1}],
    "changedPropIds": ["sample-silent.n_clicks"],
}
SECRET: Body = {  # for administrators; its second input is not on the page
    "output": "sample-chosen.children",
    "outputs": {"id": "sample-chosen", "property": "children"},
    "inputs": [
        {"id": "sample-secret", "property": "n_clicks", "value": 1},
        {
            "id": "sample-late-graph",
            "property": "clickData",
            "allow_optional": True,
            "value": None,
        },
    ],
    "changedPropIds": ["sample-secret.n_clicks"],
}
ANALYSTS = (PAGE, SHARES, ECHO, SUM, SILENT)  # what an analyst may call
ALL_BODIES = (*ANALYSTS, SECRET)


def changed(body: Body, **parts: Any) -> Body:
    """Return a copy of a body with some parts replaced; None leaves a part out."""
    copied = {**copy.deepcopy(body), **parts}
    return {key: value for key, value in copied.items() if value is not None}


def with_input(body: Body, **parts: Any) -> Body:
    """Return a copy of a body whose first input has some parts replaced."""
    copied = copy.deepcopy(body)
    copied["inputs"][0].update(parts)
    return copied
