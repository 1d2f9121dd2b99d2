"""A web worker's beginning: start, answer a page as a browser asks for it, say what it took."""

from __future__ import annotations

import hashlib
import importlib
import json
import sys

from bench.asking import ask_tab, open_page
from bench.memory import present_memory

LIGHT, EVERYTHING = "light", "everything"
_PIPELINE = ("core.pipeline.run", "core.segmentation.registry", "cli.main", "worker")


def main(imports: str, tab: str, *heavy: str) -> None:
    """Serve the first page, with the pipeline imported or not, and tell."""
    if imports == EVERYTHING:
        for module in _PIPELINE:
            importlib.import_module(module)
    client = importlib.import_module("wsgi").server.test_client()
    open_page(client, tab)
    page = json.dumps(ask_tab(client, tab), sort_keys=True)
    told = {
        "page": hashlib.sha256(page.encode()).hexdigest(),
        "loaded": [name for name in heavy if name in sys.modules],
        "memory": present_memory(),
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
