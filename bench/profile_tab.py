"""The callback of a profile tab, against live SQL over the customers and against doing nothing.

All go through Flask's test client and the guard, as a browser's request does. The product's whole
page (cards, charts, verdict) is compared with the bare figures of the live query.
"""

from __future__ import annotations

import math
from typing import Any

from bench.asking import ask_tab
from bench.base import (
    TYPICAL,
    Benchmark,
    Contest,
    Contests,
    Outcome,
    Target,
    UnequalWorkError,
    require_same,
)
from bench.measuring import typically
from bench.peers.tabs import LIVE, NO_OP, make_app
from bench.workshop import Workshop
from db.queries.datasets import run_context
from db.queries.segments import statistics

TAB = "behavioural"
_TOLERANCE = 1e-9  # relative


def contests(workshop: Workshop) -> Contests:
    """Yield the product, cached and at its first view, against both peers."""
    bank = workshop.stored_bank
    services = bank.services()
    client = make_app(services).server.test_client()
    customers = f"{len(bank.snapshot.frame):,} customers"
    calls = workshop.choose(tiny=2, small=30, full=200)
    few = workshop.choose(tiny=1, small=3, full=1)

    def page() -> Outcome:
        return typically(lambda: ask_tab(client, TAB), calls)

    def first_page() -> Outcome:
        def forgotten() -> dict[str, Any]:
            services.cache.clear()
            services.pages.clear()
            return ask_tab(client, TAB)

        return typically(forgotten, calls)

    def stored_figures() -> dict[tuple[int | None, str], tuple[int, float]]:
        with services.read() as connection:
            run = run_context(connection, bank.name)
            rows = statistics(connection, run.lenses[0].segmentation_id) if run else ()
        return {(row.segment, row.feature): (row.n, row.mean or 0.0) for row in rows}

    def with_figures(outcome: Outcome) -> Outcome:
        """Compare figures, since the page shows what was stored of them."""
        return Outcome((_charts(outcome.value), stored_figures()), outcome.readings)

    def live() -> Outcome:
        outcome = typically(lambda: ask_tab(client, LIVE), few)
        rows = outcome.value[f"{LIVE}-content"]["children"]["props"]["data"]
        found = {(segment, name): (n, mean) for segment, name, n, mean in rows}
        return Outcome(found, outcome.readings)

    yield Contest(
        name=f"profile tab of {customers}, cached",
        peer="live SQL",
        product=lambda: with_figures(page()),
        against=live,
        check=require_same_figures,
        targets={TYPICAL: Target(must=0.02, aim=0.001)},
    )
    yield Contest(
        name=f"profile tab of {customers}, first view",
        peer="live SQL",
        product=lambda: with_figures(first_page()),
        against=live,
        check=require_same_figures,
    )
    yield Contest(
        name=f"profile tab of {customers}, cached",
        peer="no-op callback",
        product=page,
        against=lambda: typically(lambda: ask_tab(client, NO_OP), calls),
        check=lambda ours, theirs: require_same("places filled", len(ours), len(theirs)),
        targets={TYPICAL: Target(must=10, aim=2.5)},
    )


def require_same_figures(
    product: tuple[int, dict[tuple[int | None, str], tuple[int, float]]],
    peer: dict[tuple[int | None, str], tuple[int, float]],
) -> None:
    """Raise `UnequalWorkError` unless the page has charts and its numbers are the live ones."""
    charts, stored = product
    if not charts:
        raise UnequalWorkError("The product's page has no chart.")
    require_same("segments and features", sorted(stored, key=str), sorted(peer, key=str))
    for key, (n, mean) in peer.items():
        ours = stored[key]
        if ours[0] != n or not math.isclose(ours[1], mean or 0.0, rel_tol=_TOLERANCE):
            raise UnequalWorkError(f"{key}: the product has {ours}, live SQL {(n, mean)}.")


def _charts(response: dict[str, Any]) -> int:
    """Return how many charts a page has."""
    return _count(response[f"{TAB}-content"]["children"])


def _count(node: Any) -> int:
    if isinstance(node, list):
        return sum(map(_count, node))
    if not isinstance(node, dict):
        return 0
    return (node.get("type") == "Graph") + _count(node.get("props", {}).get("children"))


BENCHMARK = Benchmark("profile", "How fast does a profile tab answer?", contests)
