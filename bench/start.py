"""From nothing to the first page, and the memory of a web worker, against importing everything.

Both sides start the product's own web server in a process of its own and ask it for a page, its
layout and its first callback, as a browser does. The peer loads the pipeline as well, as an app
does that fits and serves in one place: scikit-learn, DuckDB, Ibis, pandera.
"""

from __future__ import annotations

import json
import subprocess
import sys
from time import perf_counter
from typing import Any

from bench.base import MEMORY, WALL, Benchmark, Contest, Contests, Outcome, Target, UnequalWorkError
from bench.first_page import EVERYTHING, LIGHT
from bench.processes import ROOT, environment
from bench.stored_bank import StoredBank
from bench.workshop import Workshop

TAB = "behavioural"
HEAVY = ("duckdb", "ibis", "pandera", "sklearn")


def contests(workshop: Workshop) -> Contests:
    """Yield the one contest."""
    bank = workshop.stored_bank
    _first_page(bank, EVERYTHING)  # so that neither side compiles modules or reads cold files
    yield Contest(
        name="first page after start, and the worker's memory then",
        peer="same app importing everything",
        product=lambda: _first_page(bank, LIGHT),
        against=lambda: _first_page(bank, EVERYTHING),
        check=require_same_page,
        targets={WALL: Target(must=0.50, aim=0.25), MEMORY: Target(must=0.50, aim=0.35)},
    )


def require_same_page(product: dict[str, Any], peer: dict[str, Any]) -> None:
    """Raise `UnequalWorkError` unless both show the same page and the peer alone is heavy."""
    if product["page"] != peer["page"]:
        raise UnequalWorkError("The two processes show different pages.")
    if product["loaded"] or peer["loaded"] != list(HEAVY):
        raise UnequalWorkError(
            f"The product has loaded {product['loaded']}, its peer {peer['loaded']}."
        )


def _first_page(bank: StoredBank, imports: str) -> Outcome:
    """Start a process; the clock stops when it says that the page was answered."""
    settings = bank.settings
    places = environment(
        CLIENTELE_DATA_DIR=str(settings.data_dir),
        CLIENTELE_DATABASE_URL=settings.database_url,
        CLIENTELE_QUEUE_URL=settings.queue_url,
        CLIENTELE_MODE="local",
    )
    command = [sys.executable, "-m", "bench.first_page", imports, TAB, *HEAVY]
    began = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=places, stdout=subprocess.PIPE) as process:
        line = process.stdout.readline() if process.stdout else b""
        taken = perf_counter() - began
    if process.returncode or not line:
        raise RuntimeError("The server did not answer its first page.")
    found = json.loads(line)
    return Outcome(found, {WALL: taken, MEMORY: found["memory"]})


BENCHMARK = Benchmark("start", "How soon is the first page there, and what does it cost?", contests)
