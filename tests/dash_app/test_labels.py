"""Every label of every tab shows its term: each shipped source, segmented, shown and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from core.glossary.meaning import labelled
from core.glossary.model import key
from core.glossary.shipped import shipped_glossary
from core.pipeline.run import refresh
from core.sources.demo.registry import DEMOS
from core.sources.spec import load_spec
from dash_app.cache import RunCache
from dash_app.components.words import feature_key
from dash_app.figures.drift_bars import drift_bars
from dash_app.selection import Selection
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from dash_app.terms import labels_in_view
from dash_app.theme import LIGHT
from db.engine import make_engine
from db.jobs import create_job_board
from db.queries.datasets import run_context
from db.queries.glossary import feature_terms
from db.queries.segments import segments
from db.store import SqlRunStore, SqlSnapshotStore
from db.upgrade import upgrade
from tests.dash_app.fakes import make_app
from tests.dash_app.figures.samples import world
from tests.dash_app.labels import Shown, labels_of, unexplained
from tests.dash_app.rendering import HOST, opened

CUSTOMERS = 300
EACH_SOURCE = pytest.mark.parametrize("source", sorted(DEMOS))
VIEWS = {"d", "view", "lens"}  # keys of the addresses that are followed
METHODS = ("Segmentation >> Trust", "Segmentation >> Statistics")

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Seen:
    """What the tabs of a source show, by address, and what its labels mean."""

    pages: dict[str, Shown]
    features: dict[str, str]  # names by label
    inputs: frozenset[str]  # features that make segments
    segments: frozenset[str]  # what they are called
    meanings: dict[str, list[str]]


@cache
def seen(source: str) -> Seen:
    """Take a source's demo customers through the pipeline and open every tab in every view."""
    with TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/clientele.db"
        upgrade(url)
        reader, writer = make_engine(url, read_only=True), make_engine(url)
        board = make_engine(f"sqlite:///{scratch}/queue.db")
        create_job_board(board)
        services = Services(reader.connect, writer.begin, board.begin, lambda job: None, RunCache())
        try:
            truth = DEMOS[source](Path(scratch), customers=CUSTOMERS)  # type: ignore[call-arg]
            refresh(
                load_spec(source),
                Path(scratch),
                as_of=truth.as_of,
                force=True,
                snapshots=SqlSnapshotStore(writer, pseudonym_key=b"k" * 32),
                runs=SqlRunStore(writer, user="tests"),
            )
            return _seen(source, services)
        finally:
            for engine in (reader, writer, board):
                engine.dispose()


def _seen(source: str, services: Services) -> Seen:
    client = make_app(services, tabs=TABS).server.test_client()
    pages = dict(page for tab in TABS for page in _pages(client, tab.slug, source))
    found = labels_in_view(services, Selection(dataset=source), None)
    assert found is not None
    with services.read() as connection:
        run = run_context(connection, source)
        assert run is not None
        features = feature_terms(connection, run.snapshot_id, shipped_glossary())
        kinds = [segments(connection, lens.segmentation_id) for lens in run.lenses]
    return Seen(
        pages=pages,
        features={feature.label: feature.name for feature in features},
        inputs=frozenset(name for lens in run.lenses for name in lens.inputs),
        segments=frozenset(one.name for kind in kinds for one in kind),
        meanings=found[0],
    )


def _pages(client: FlaskClient, slug: str, source: str) -> Iterator[tuple[str, Shown]]:
    """Open a tab, then every view of it that its links lead to."""
    callbacks = client.get("/_dash-dependencies", base_url=HOST).get_json()
    waiting, known = [f"?d={source}"], set()
    while waiting:
        search = waiting.pop(0)
        if search in known:
            continue
        known.add(search)
        answers = [answer for _, answer in opened(client, callbacks, slug, search)]
        assert {answer.status_code for answer in answers} <= {200, 204}, (slug, search)
        told = [answer.get_json() for answer in answers if answer.status_code == 200]
        yield f"/{slug}{search}", labels_of(told)
        waiting += [
            f"?{address.query}"
            for address in map(urlsplit, _addresses(told))
            if address.path == f"/{slug}" and set(parse_qs(address.query)) <= VIEWS
        ]


def _addresses(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _addresses(part)
    elif isinstance(node, dict):
        if isinstance(node.get("href"), str):
            yield node["href"]
        for part in node.values():
            yield from _addresses(part)


@EACH_SOURCE
def test_every_label_of_a_feature_shows_its_term(source: str) -> None:
    found = seen(source)
    missing = {
        address: texts
        for address, page in found.pages.items()
        if (texts := unexplained(page, found.features, found.segments))
    }
    assert missing == {}, "label them with feature_label (dash_app/components/words.py)"


@EACH_SOURCE
def test_what_makes_the_segments_is_labelled_somewhere(source: str) -> None:
    found = seen(source)
    keys = {word for page in found.pages.values() for _, word in page.keyed}
    assert {feature_key(name) for name in found.inputs} <= keys
    assert len(found.pages) > 2 * len(TABS)


@EACH_SOURCE
def test_every_key_of_a_label_has_a_meaning_and_a_term(source: str) -> None:
    found = seen(source)
    keys = {word for page in found.pages.values() for _, word in page.keyed}
    assert {word for word in keys if not found.meanings.get(word, ["", ""])[1]} == set()


def test_every_word_of_the_methods_labels_something_or_is_related_to_one_that_does() -> None:
    names = labelled(shipped_glossary().terms)
    drift = drift_bars(world(4).drifts, world(4).features, theme=LIGHT).table  # of a second import
    said = {_main(column.label) for column in drift.columns}
    for source in sorted(DEMOS):
        for page in seen(source).pages.values():
            said |= {key(word) for _, word in page.keyed}
            said |= {key(part) for text, _ in page.keyed for part in text.split(", ")}
            said |= {_main(text) for text in (*page.plain, *page.drawn)}
    used = {term.path for name, term in names.items() if name in said}
    near = {path for term in names.values() if term.path in used for path in term.related}
    methods = {term.path: term for term in names.values() if term.category in METHODS}
    unused = {
        path
        for path, term in methods.items()
        if path not in used | near and not used & set(term.related)
    }
    assert unused == set(), "use the word as a label, or relate it to one that is used"


def _main(text: str) -> str:
    """Return a label without its measure and number, as `assets/js/terms.js` knows it."""
    return key(text).split(", ")[0].split(" (")[0].rstrip("0123456789 ")
