"""The sub-view Value tiers: what is told of each tier, and what is not."""

from __future__ import annotations

from dataclasses import replace

from core.readmodels import SegmentSummary
from dash_app.profiles.model import Profile, profile
from dash_app.tabs.behavioural.tiers_view import tiers_page, tiers_table
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import (
    facts,
    lens,
    parts_of,
    segment,
    statistic,
    text_of,
    view,
)

LENS = lens("worth", "behavioural", label="Value tiers", tiers=("VIP", "Low"))
VIP = segment(0, "VIP", size=50, share=0.05, value_total=600_000.0, value_share=0.6)
LOW = segment(1, "Low", size=950, share=0.95, value_total=400_000.0, value_share=0.4)
REACH = (
    statistic(None, "card_spend", 300.0),
    statistic(0, "card_spend", 12_000.0, minimum=9_000.0, maximum=40_000.0),
    statistic(1, "card_spend", 250.0, minimum=0.0, maximum=8_999.0),
)


def tiers(*segments: SegmentSummary, **selection: object) -> Profile:
    known = facts()
    others = tuple(row for row in known.statistics if row.feature != "card_spend")
    return profile(
        "behavioural",
        view(LENS, **selection),
        LIGHT,
        segments or (VIP, LOW),
        replace(known, statistics=(*others, *REACH)),
        10,
    )


def test_each_tier_has_its_size_its_value_and_how_far_the_value_reaches() -> None:
    assert tiers_table(tiers()).rows == (
        ("VIP", 50, 0.05, 600_000.0, 0.6, 9_000.0, 12_000.0, 40_000.0),
        ("Low", 950, 0.95, 400_000.0, 0.4, 0.0, 250.0, 8_999.0),
    )


def test_of_a_tier_of_few_customers_nothing_is_told_but_its_name() -> None:
    assert tiers_table(tiers(replace(VIP, size=9), LOW)).rows[0] == ("VIP", *(None,) * 7)


def test_the_page_begins_with_what_the_highest_tier_holds() -> None:
    said = text_of(tiers_page(tiers()))
    for part in (
        "Card spend $1.00\N{NO-BREAK SPACE}M median $300 per customer",
        "In VIP 50 5.0% of customers",
        "Held by VIP 60% of card spend",
        "VIP begins at $9,000",
        "What makes VIP different",
        "From lowest to highest: VIP",
        "Can I rely on it?",
    ):
        assert part in said, part


def test_another_tier_is_put_in_focus_by_the_address() -> None:
    said = text_of(tiers_page(tiers(segments=("key-1",))))
    assert "What makes Low different" in said


def test_ids_are_unique_and_of_the_tab() -> None:
    named = [part.id for part in parts_of(tiers_page(tiers())) if getattr(part, "id", None)]
    texts = [name for name in named if isinstance(name, str)]
    assert len(texts) == len(set(texts))
    assert all(name.startswith("behavioural-") for name in texts)


def test_where_every_tier_is_small_the_page_says_so() -> None:
    said = text_of(tiers_page(tiers(replace(VIP, size=3), replace(LOW, size=4))))
    assert said.startswith("No segments to show")
