"""Which sub-view of a page is in view, and where the choice between them leads."""

from __future__ import annotations

from dash import html

from core.readmodels import LensSummary
from dash_app.profiles.subviews import Chosen, SubView, chosen, page_lenses, subview_switch
from tests.dash_app.profiles.builders import DEMOGRAPHIC, hrefs_of, lens, text_of, view

PROFILES = lens("behavioural")
GROUPS = lens("groups", "behavioural", label="RFM groups", grouping="rfm")
TIERS = lens("worth", "behavioural", label="Value tiers", tiers=("VIP", "Low"))


def subview(slug: str, label: str, **applies: bool) -> SubView:
    def draws(one: LensSummary) -> bool:
        return one.grouping == slug or (slug == "tiers" and bool(one.tiers))

    return SubView(
        slug,
        label,
        draws,
        lambda _, seen: applies.get("always", any(map(draws, seen.run.lenses))),
        lambda *_: html.Div(),
        lambda *_: None,
    )


RFM_VIEW, TIERS_VIEW = subview("rfm", "RFM", always=True), subview("tiers", "Value tiers")
BOTH = (RFM_VIEW, TIERS_VIEW)


def seen(*lenses: LensSummary, **selection: str) -> Chosen:
    """What a page shows of the last of the lenses."""
    return chosen(BOTH, None, view(*lenses, **selection))  # type: ignore[arg-type]


def test_a_lens_that_a_sub_view_draws_brings_it_into_view() -> None:
    found = seen(DEMOGRAPHIC, PROFILES, GROUPS, TIERS, lens="worth")
    assert found.current is TIERS_VIEW
    assert found.view.lens == TIERS
    assert page_lenses(found.fitting, found.view) == (PROFILES,)


def test_the_name_of_a_sub_view_is_an_address_too_and_shows_its_lens() -> None:
    found = seen(DEMOGRAPHIC, TIERS, GROUPS, PROFILES, view="tiers")
    assert found.current is TIERS_VIEW
    assert (found.view.lens, found.view.selection.lens) == (TIERS, "worth")


def test_without_a_sub_view_in_the_address_the_segments_are_shown() -> None:
    found = seen(GROUPS, TIERS, PROFILES)
    assert (found.current, found.view.lens) == (None, PROFILES)


def test_the_choice_leads_to_lenses_and_drops_what_was_of_another() -> None:
    found = seen(GROUPS, TIERS, PROFILES, segments=("key-1",), feature="card_debt")
    (control,) = subview_switch(found)
    assert text_of(control) == "Profiles RFM Value tiers"
    assert hrefs_of(control) == [
        "/behavioural?d=bank&lens=behavioural",
        "/behavioural?d=bank&lens=groups",
        "/behavioural?d=bank&lens=worth",
    ]


def test_data_without_such_a_lens_reach_a_sub_view_by_its_name() -> None:
    found = seen(PROFILES)
    (control,) = subview_switch(found)
    assert text_of(control) == "Profiles RFM"
    assert hrefs_of(control)[1] == "/behavioural?d=bank&view=rfm"
    assert seen(PROFILES, view="rfm").current is RFM_VIEW
    assert seen(PROFILES, view="tiers").current is None


def test_where_there_is_one_thing_to_show_there_is_no_choice() -> None:
    assert subview_switch(chosen((TIERS_VIEW,), None, view(PROFILES))) == []  # type: ignore[arg-type]
    assert subview_switch(chosen((TIERS_VIEW,), None, view(TIERS))) == []  # type: ignore[arg-type]
