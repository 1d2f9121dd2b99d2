"""The selection and the URL it lives in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.readmodels import JobId, RunId, SnapshotId
from dash_app.selection import HOME, Selection, from_url, href, to_search

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True)
MAYBE = st.none() | NAMES
SELECTIONS = st.builds(
    Selection,
    tab=st.sampled_from(("overview", "compare", "map")),
    dataset=MAYBE,
    run=st.none() | st.integers(1, 999_999_999).map(RunId),
    other=st.none() | st.integers(1, 999_999_999).map(RunId),
    lens=MAYBE,
    a=MAYBE,
    b=MAYBE,
    segments=st.lists(NAMES, max_size=5).map(tuple),
    view=MAYBE,
    feature=MAYBE,
    colour=MAYBE,
    snapshot=st.none() | st.integers(1, 999_999_999).map(SnapshotId),
    query=MAYBE | st.just("card debt & more"),
    term=MAYBE | st.just("Value >> Échéance"),
    category=MAYBE,
    job=st.none() | st.integers(1, 999_999_999).map(JobId),
)


@given(SELECTIONS)
def test_what_is_written_is_read_back(selection: Selection) -> None:
    found = from_url(f"/{selection.tab}", to_search(selection))
    assert found == selection
    assert found.ignored == ()


@given(st.text(max_size=40), st.text(max_size=80))
def test_any_text_is_a_selection(path: str, search: str) -> None:
    found = from_url(path, search)
    assert from_url(f"/{found.tab}", to_search(found)) == replace(found, tab=found.tab.strip("/"))


def test_defaults_are_left_out() -> None:
    assert to_search(Selection()) == ""
    assert from_url("/", "") == from_url(None, None) == Selection(tab=HOME)


@pytest.mark.parametrize(
    ("search", "ignored"),
    [
        ("?nonsense=1", ("nonsense",)),
        ("?run=abc", ("run",)),
        ("?run=0", ("run",)),
        ("?with=two", ("with",)),
        ("?run=99999999999999999999", ("run",)),
        ("?lens=", ("lens",)),
        ("?lens=<script>", ("lens",)),
        ("?s=a~~b", ("s",)),
        ("?d=bank&d=cards", ("d",)),
        ("?" + "x" * 100 + "=1", ("x" * 40,)),
        ("?lens=%ff", ("lens",)),
    ],
)
def test_what_is_not_understood_is_ignored_and_listed(
    search: str, ignored: tuple[str, ...]
) -> None:
    assert from_url("/map", search).ignored == ignored


def test_another_tab_keeps_data_set_run_and_lens_only() -> None:
    here = Selection(
        tab="map", dataset="bank", run=RunId(3), lens="rfm", colour="age", segments=("a",)
    )
    assert href(here, tab="compare") == "/compare?d=bank&run=3&lens=rfm"
    assert href(here, colour=None) == "/map?d=bank&run=3&lens=rfm&s=a"


def test_a_misspelt_field_is_refused() -> None:
    with pytest.raises(TypeError, match=r"A selection has no \['lense'\]"):
        href(Selection(), lense="x")


def test_an_address_leads_to_our_own_pages_whatever_the_tab_is_called() -> None:
    assert href(from_url("/\\evil.example", "")) == "/%5Cevil.example"
