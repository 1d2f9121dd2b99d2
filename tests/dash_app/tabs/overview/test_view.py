"""The overview's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.readmodels import ActionClient, RunId, SegmentShare
from dash_app.tabs.overview.clients import clients_table
from dash_app.tabs.overview.reading import Overview
from dash_app.tabs.overview.view import key_figures, overview_page
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import facts, feature, parts_of, segment, text_of, view

SPEND = feature("card_spend", label="Card spending")
SEGMENTS = (segment(0, "Savers", size=560), segment(1, "Borrowers", size=187))
CLIENTS = tuple(
    ActionClient(f"C-{n:010}", 0, 13_185.4, "No transaction for 41 days") for n in range(9)
)
FOUND = Overview(
    segments=SEGMENTS,
    value=SPEND,
    value_median=1_146.0,
    shares=(),
    clients=CLIENTS,
    headlines=("“Savers” hold 78% of balances.",),
    verdict=facts().verdict,
    inputs=(),
    comparisons=(),
)


def drawn(found: Overview) -> str:
    return text_of(overview_page(found, view(), LIGHT, 10))


def charts(found: Overview) -> list[str]:
    page = overview_page(found, view(), LIGHT, 10)
    return [p.id for p in parts_of(page) if type(p).__name__ == "Graph"]


def history(*runs: int) -> tuple[SegmentShare, ...]:
    return tuple(
        SegmentShare(RunId(run), date(1995, 3 * run, 1), s.key, s.name, 0.4 + 0.1 * run * s.number)
        for run in runs
        for s in SEGMENTS
    )


def test_the_key_figures_are_customers_value_stability_and_trust() -> None:
    assert [figure.label for figure in key_figures(FOUND, view(), 10)] == [
        "Customers",
        "Card spending",
        "In stable segments",
        "Can I rely on it?",
    ]


def test_with_a_second_run_the_last_key_figure_is_what_moved() -> None:
    moved = replace(FOUND, shares=history(1, 2))
    assert key_figures(moved, view(), 10)[-1].label == "Largest movement"


def test_with_one_run_the_place_of_the_history_says_what_the_segments_can_be_used_for() -> None:
    assert "What you can use them for" in drawn(FOUND)
    assert charts(FOUND) == ["overview-shares-graph"]


def test_with_two_runs_the_history_is_drawn() -> None:
    moved = replace(FOUND, shares=history(1, 2))
    assert "What you can use them for" not in drawn(moved)
    assert charts(moved) == ["overview-shares-graph", "overview-history-graph"]


def test_action_clients_show_pseudonym_segment_value_and_reason() -> None:
    assert "C-0000000000 Savers $13,185 No transaction for 41 days" in drawn(FOUND)
    assert "the first 6 of 9" in drawn(FOUND)


def test_a_viewer_is_told_that_single_customers_are_for_analysts() -> None:
    said = drawn(replace(FOUND, clients=None))
    assert "Single customers are shown to analysts." in said
    assert "C-00" not in said


def test_nobody_to_call_is_a_sentence_and_leaves_the_room_to_the_headlines() -> None:
    page = overview_page(replace(FOUND, clients=()), view(), LIGHT, 10)
    cells = [p for p in parts_of(page) if str(getattr(p, "className", "")).startswith("cell")]
    assert [cell.className for cell in cells[-2:]] == ["cell span-12", "cell span-12"]
    assert text_of(cells[-2]).startswith("In one sentence")
    assert text_of(cells[-1]).endswith("Nobody stands out at the moment.")


def test_the_file_has_all_clients_in_full_precision() -> None:
    table = clients_table(CLIENTS, SEGMENTS, SPEND)
    assert [column.label for column in table.columns] == [
        "Customer",
        "Segment",
        "Card spending",
        "Why now",
    ]
    assert len(table.rows) == 9
    assert table.rows[0] == ("C-0000000000", "Savers", 13_185.4, "No transaction for 41 days")


def test_a_client_of_an_unknown_segment_is_kept() -> None:
    lost = ActionClient("C-1", 7, None, "Unlike anyone known")
    assert clients_table((lost,), SEGMENTS, None).rows == (
        ("C-1", "no data", None, "Unlike anyone known"),
    )


def test_a_segment_that_is_too_small_is_not_drawn() -> None:
    small = replace(FOUND, segments=(*SEGMENTS, segment(2, "Tiny", size=3)))
    page = overview_page(small, view(), LIGHT, 10)
    figure = next(p.figure for p in parts_of(page) if type(p).__name__ == "Graph")
    assert "Tiny" not in str(figure)
