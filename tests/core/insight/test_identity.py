from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.insight.identity import (
    COLOURS,
    RULE_COLOUR,
    RULE_KEY,
    Identity,
    Match,
    assign_identities,
    match,
)
from core.insight.naming import Draft
from tests.core.insight.builders import numbered, summary

CUSTOMERS = pd.Index([f"C{row:03d}" for row in range(12)])


def drafts(*names):
    return [Draft(name, f"{name} · a sentence") for name in names]


def test_a_segment_is_recognised_under_another_number():
    old = [summary(0), summary(1)]
    assert match(numbered(0, 0, 0, 1, 1, 1), numbered(1, 1, 1, 0, 0, 1), old, 2) == (
        Match(old[1], 2 / 3),
        Match(old[0], 3 / 4),
    )


def test_less_than_half_in_common_is_a_new_segment():
    old = [summary(0)]
    assert match(numbered(0, 0, 0, 0, 0), numbered(0, 0, 1, 1, 2), old, 3) == (None, None, None)


def test_exactly_half_in_common_is_the_same_segment():
    old = [summary(0), summary(1)]
    found = match(numbered(0, 0, 1, 1), numbered(0, 1, 2, 2), old, 3)
    assert [m is not None for m in found].count(True) == 2
    assert found[2] == Match(old[1], 1.0)


def test_a_segment_by_rule_continues_only_the_one_by_rule():
    old = [summary(0), summary(1, is_rule=True)]
    labels = numbered(0, 0, 0, 1)
    found = match(labels, numbered(1, 1, 1, 0), old, 2, rule_number=1)
    assert found == (None, Match(old[1], 0.0))
    assert match(labels, labels, old, 2) == (Match(old[0], 1.0), None)


def test_a_segment_that_lost_all_its_members_is_still_itself():
    old = [summary(0), summary(1), summary(2)]
    labels = numbered(0, 0, 2)
    assert match(labels, labels, old, 3) == tuple(Match(segment, 1.0) for segment in old)


def test_without_earlier_segments_all_are_new():
    assert match(numbered(0, 1), numbered(0, 1), (), 2) == (None, None)


def test_labels_of_different_customers_are_refused():
    with pytest.raises(UsageError, match="labelled 1 customers and the new one 2"):
        match(numbered(0), numbered(0, 1), (), 2)


def test_labels_without_a_described_segment_are_refused():
    with pytest.raises(UsageError, match="Describe every segment"):
        match(numbered(0, 1), numbered(0, 0), [summary(0)], 1)


@given(st.lists(st.integers(0, 4), min_size=5, max_size=60), st.permutations(range(5)))
def test_a_mere_renumbering_keeps_every_identity(labels, renumbered):
    old = [summary(number) for number in range(5)]
    new = numbered(*(renumbered[label] for label in labels))
    found = match(numbered(*labels), new, old, 5)
    for label in set(labels):
        assert found[renumbered[label]] == Match(old[label], 1.0)


def test_a_matched_segment_keeps_key_name_and_colour_with_a_fresh_sentence():
    kept = summary(3, "Careful savers", key="behavioural-abc", colour=4)
    found = assign_identities(
        "behavioural",
        CUSTOMERS,
        numbered(*[0] * 6, *[1] * 6),
        drafts("High savings", "Few transactions"),
        [Match(kept, 0.9), None],
    )
    assert found[0] == Identity(
        "behavioural-abc", "Careful savers", "High savings · a sentence", 4, is_new=False
    )
    assert (found[1].name, found[1].colour, found[1].is_new) == ("Few transactions", 0, True)


def test_a_drafted_name_gives_way_to_a_kept_one_whatever_the_order():
    kept = summary(0, "high savings")
    found = assign_identities(
        "x",
        CUSTOMERS,
        numbered(*[0] * 6, *[1] * 6),
        [Draft("High savings", "High savings · older"), Draft("Older", "Older")],
        [None, Match(kept, 0.8)],
    )
    assert [identity.name for identity in found] == ["High savings · older", "high savings"]


def test_the_segment_by_rule_has_a_fixed_key_and_the_grey():
    found = assign_identities(
        "x",
        CUSTOMERS,
        numbered(*[0] * 6, *[1] * 6),
        drafts("A", "Not yet active"),
        [None, None],
        rule_number=1,
    )
    assert (found[1].key, found[1].colour) == (RULE_KEY, RULE_COLOUR)
    assert found[0].colour == 0


def test_keys_come_from_the_founding_members_whatever_their_number_or_order():
    labels = numbered(*[0] * 5, *[1] * 7)
    first = assign_identities("x", CUSTOMERS, labels, drafts("A", "B"), [None, None])
    order = np.random.default_rng(0).permutation(12)
    again = assign_identities(
        "x", CUSTOMERS[order], 1 - labels[order], drafts("B", "A"), [None, None]
    )
    assert [i.key for i in first] == [i.key for i in reversed(again)]
    other = assign_identities(
        "x", CUSTOMERS, numbered(*[0] * 6, *[1] * 6), drafts("A", "B"), [None, None]
    )
    assert not {i.key for i in first} & {i.key for i in other}


@given(st.lists(st.booleans(), min_size=1, max_size=COLOURS - 1), st.booleans())
def test_colours_are_distinct_as_long_as_there_are_enough(is_kept, has_rule):
    m = len(is_kept)
    matches = [
        Match(summary(i, colour=(3 * i) % (COLOURS - 1)), 0.9) if kept else None
        for i, kept in enumerate(is_kept)
    ]
    found = assign_identities(
        "x",
        CUSTOMERS,
        numbered(*(row % m for row in range(12))),
        drafts(*(f"Draft {i}" for i in range(m))),
        matches,
        rule_number=m - 1 if has_rule and not is_kept[-1] else None,
    )
    assert len({identity.colour for identity in found}) == m
    assert len({identity.key for identity in found}) == m
    assert len({identity.name for identity in found}) == m


def test_with_more_segments_than_colours_they_come_round_again():
    found = assign_identities(
        "x",
        CUSTOMERS,
        numbered(*range(12)),
        drafts(*(f"Draft {i}" for i in range(12))),
        [None] * 12,
    )
    assert {identity.colour for identity in found} == set(range(COLOURS))
