"""Who was drawn around, and where segments meet."""

from __future__ import annotations

import numpy as np
import pytest

from dash_app.components.links import link
from dash_app.tabs.map.borders import borders, borders_card, borders_finding, borders_table
from dash_app.tabs.map.chosen import between_words, selection_card, selection_hint
from dash_app.tabs.map.reading import recoloured, without_margins
from tests.dash_app.profiles.builders import text_of
from tests.dash_app.tabs.map.builders import SEGMENTS, sample

EVERYONE = np.arange(5)


def told(rows: np.ndarray, smallest: int) -> str:
    return text_of(selection_card(rows, sample(), SEGMENTS, smallest))


def test_a_selection_is_told_by_segment_the_largest_first() -> None:
    words = told(EVERYONE[:3], 1)
    assert words.startswith("3 customers selected 60.0% of the customers on the map")
    assert words.endswith("Borrowers 2 67% Savers 1 33%")


def test_small_groups_within_a_selection_are_not_counted() -> None:
    assert told(EVERYONE, 2).endswith("Savers 2 40% Borrowers 2 40% Idle under 2")


def test_a_small_selection_is_not_told_and_an_empty_one_says_so() -> None:
    assert told(EVERYONE[:2], 3) == (
        "Your selection Fewer than 3 customers: too few to say anything about them."
    )
    assert told(EVERYONE[:0], 3) == "Your selection There are no customers there."


def test_a_sample_is_said_to_be_one() -> None:
    card = selection_card(EVERYONE, sample(sampled_from=900), SEGMENTS, 1)
    assert "100.0% of the customers on the map; the map is a sample" in text_of(card)


@pytest.mark.parametrize(
    ("margins", "words"),
    [
        ([0.05, 0.2], "50% of them sit between two segments: nearly as near to another."),
        ([0.3, np.nan], "None of them sits between two segments."),
        ([np.nan], "All of them belong to their segment by rule."),
    ],
)
def test_the_border_is_told_in_words(margins: list[float], words: str) -> None:
    assert between_words(np.array(margins, dtype=np.float32)) == words


def test_in_space_the_hint_leads_to_the_flat_map() -> None:
    flat = link("Show the flat map", "/map")
    assert "Lasso" in text_of(selection_hint(2, flat))
    assert text_of(selection_hint(3, flat)).endswith("Show the flat map")


def test_segments_are_ranked_by_their_customers_on_the_border() -> None:
    found = borders(sample(), SEGMENTS)
    assert [(s.name, n, share) for s, n, share, _ in found] == [
        ("Savers", 2, 0.5),
        ("Borrowers", 2, 0.5),
    ]
    assert borders_finding(found) == "Savers has the least clear border"
    assert borders_table(found).rows[1] == ("Borrowers", 2, 0.5, pytest.approx(0.375))


def test_clear_borders_are_called_clear() -> None:
    clear = sample(margin=np.full(5, 0.5, dtype=np.float32))
    assert borders_finding(borders(clear, SEGMENTS)) == "Every segment is clear of the others"


def test_groups_by_rule_have_no_borders_and_are_not_ranked() -> None:
    found = borders(without_margins(sample()), SEGMENTS)
    assert found == ()
    assert text_of(borders_card(found)) == (
        "No borders to speak of A rule says which segment a customer belongs to: nobody sits "
        "between two."
    )


def test_customers_are_recoloured_by_who_they_are() -> None:
    other = sample(
        pseudonyms=("C-E", "C-C", "C-A", "C-X", "C-Y"),
        segment=np.array([4, 3, 2, 1, 0], dtype=np.int16),
    )
    found = recoloured(sample(), other)
    assert found is not None
    assert found.pseudonyms == ("C-A", "C-C", "C-E")
    assert found.segment.tolist() == [2, 3, 4]


def test_two_samples_that_share_few_customers_are_not_mixed() -> None:
    strangers = sample(pseudonyms=("C-A", "C-B", "C-1", "C-2", "C-3"))
    assert recoloured(sample(), strangers) is None
