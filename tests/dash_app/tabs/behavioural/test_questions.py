"""The three questions about banking."""

from __future__ import annotations

from dataclasses import replace

from dash_app.tabs.behavioural.questions import question_cells
from dash_app.tabs.behavioural.view import behavioural_page
from dash_app.tabs.demographic.view import demographic_page
from tests.dash_app.profiles.builders import (
    facts,
    feature,
    parts_of,
    profile_of,
    segment,
    statistic,
    text_of,
)


def test_saving_and_owing_have_a_panel_each() -> None:
    said = [text_of(cell) for cell in question_cells(profile_of())]
    assert said[0].startswith("Do they save? 50% do Most in Borrowers: $100 at the median.")
    assert said[1].startswith("Do they owe? 50% do")


def test_a_source_that_knows_one_of_them_gives_it_the_whole_width() -> None:
    made = replace(profile_of(), facts=facts(features=(feature("card_debt"),)))
    cells = question_cells(made)
    assert [cell.className for cell in cells] == ["cell span-12"]


def test_panels_that_stand_side_by_side_end_together() -> None:
    cells = question_cells(profile_of())
    charts = [part for part in parts_of(list(cells)) if type(part).__name__ == "Graph"]
    assert [cell.className for cell in cells] == ["cell span-6", "cell span-6"]
    assert len({chart.figure["layout"]["height"] for chart in charts}) == 1


def test_a_source_that_answers_none_of_the_questions_has_no_panel() -> None:
    assert question_cells(replace(profile_of(), facts=facts(features=()))) == ()


def test_payments_say_who_is_without_any() -> None:
    made = facts(
        features=(feature("transactions", "count"), feature("transaction_mean")),
        statistics=tuple(
            statistic(number, name, None if number == 1 else 50.0)
            for number in (None, 0, 1)
            for name in ("transactions", "transaction_mean")
        ),
    )
    (cell,) = question_cells(replace(profile_of(), facts=made))
    said = text_of(cell)
    assert said.startswith("Many small, or few large? Savers: most often (50)")
    assert "without any: Borrowers" in said


def test_the_page_puts_all_of_it_together() -> None:
    said = text_of(behavioural_page(profile_of()))
    places = [said.index(words) for words in ("What makes", "Do they save?", "Can I rely on it?")]
    assert places == sorted(places)


def test_a_page_without_a_segment_large_enough_says_why() -> None:
    small = profile_of(segment(0, size=2))
    assert text_of(behavioural_page(small)) == text_of(demographic_page(small))
    assert "No segments to show" in text_of(behavioural_page(small))


def test_the_demographic_page_shows_categories_as_bars() -> None:
    ids = [getattr(part, "id", "") for part in parts_of(demographic_page(profile_of()))]
    assert "behavioural-category-region-graph" in ids


def test_card_holders_owe_and_investors_save_by_what_their_files_say() -> None:
    for name, question in (("card_balance_mean", "Do they owe?"), ("sip_amount", "Do they save?")):
        made = facts(
            features=(feature(name),),
            statistics=tuple(statistic(number, name, 50.0) for number in (None, 0, 1)),
        )
        (cell,) = question_cells(replace(profile_of(), facts=made))
        assert text_of(cell).startswith(question)
