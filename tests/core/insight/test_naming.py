from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.features.base import Kind, Sensitivity
from core.insight.naming import MAX_LENGTH, Draft, distinct_name, draft_names
from tests.core.insight.builders import (
    AGE,
    BUYS,
    DEBT,
    INACTIVE,
    MARITAL,
    SAVINGS,
    SPEND,
    difference,
    feature,
    statistic,
)

FEATURES = [DEBT, SPEND, SAVINGS, BUYS, AGE, MARITAL]


def names(differences, statistics=(), features=FEATURES, m=1, **options):
    return draft_names(differences, statistics, features, m, **options)


def test_a_name_joins_the_two_strongest_phrases_and_the_sentence_up_to_four():
    found = names(
        [
            difference(0, "age_years", 0.8, rank=1),
            difference(0, "savings", 0.7, rank=2),
            difference(0, "card_purchases", -0.6, rank=3),
            difference(0, "marital_status", 0.5, rank=4, level="Married", here=0.7),
            difference(0, "card_debt", -0.4, rank=5),
        ]
    )
    assert found == (
        Draft(
            "Older · high savings",
            "Older · high savings · few card purchases · mostly married",
        ),
    )


def test_what_people_have_comes_before_what_they_lack():
    found = names(
        [difference(0, "card_debt", -0.9, here=0.0), difference(0, "savings", 0.8, rank=2)],
        [statistic(None, "card_debt"), statistic(0, "card_debt", median=0, nonzero=0.02)],
    )
    assert found[0].name == "High savings · no card debt"


def test_a_name_rather_says_what_people_have_than_only_what_they_lack():
    found = names(
        [
            difference(0, "card_purchases", -0.7, rank=1),
            difference(0, "savings", -0.6, rank=2),
            difference(0, "card_spend", 0.5, rank=3),
        ]
    )
    assert found[0].name == "High card spending · little saved"


def test_two_segments_never_share_a_name_and_the_better_fit_keeps_it():
    found = names(
        [
            difference(0, "savings", 0.5, rank=1),
            difference(0, "age_years", 0.4, rank=2),
            difference(1, "savings", 0.9, rank=1),
            difference(1, "age_years", 0.9, rank=2),
        ],
        m=2,
    )
    assert [draft.name for draft in found] == ["High savings", "High savings · older"]


def test_names_of_the_same_parts_in_another_order_are_the_same():
    found = names(
        [
            difference(0, "savings", 0.9, rank=1),
            difference(0, "age_years", 0.8, rank=2),
            difference(1, "age_years", 0.7, rank=1),
            difference(1, "savings", 0.6, rank=2),
            difference(1, "card_spend", 0.5, rank=3),
        ],
        m=2,
    )
    parts = [set(draft.name.lower().split(" · ")) for draft in found]
    assert parts[0] == {"high savings", "older"}
    assert parts[0] != parts[1]


def test_a_segment_without_differences_is_close_to_average():
    found = names([difference(0, "savings", 0.05)], m=2)
    sentence = "No large difference from other customers"
    assert found == (
        Draft("Close to average", sentence),
        Draft("Close to average · another group", sentence),
    )


def test_the_segment_by_rule_has_the_rules_name():
    found = names([difference(0, "age_years", 0.9)], m=2, inactive=INACTIVE, inactive_number=1)
    assert found[1] == Draft("Not yet active", "Customers without any transaction")


def test_a_rule_for_a_segment_that_is_not_there_is_refused():
    with pytest.raises(UsageError, match="number 5, but there are 2"):
        names([], m=2, inactive=INACTIVE, inactive_number=5)


def test_high_is_not_said_of_a_segment_most_of_whom_have_none():
    found = names(
        [difference(0, "savings", 0.4, measure="mean"), difference(0, "age_years", 0.3, rank=2)],
        [
            statistic(None, "savings", median=0, nonzero=0.1),
            statistic(0, "savings", median=0, nonzero=0.4),
        ],
    )
    assert found[0] == Draft("Older", "Older")


@pytest.mark.parametrize(
    ("words", "nonzero", "said"),
    [
        ("low savings", 0.05, "no savings"),
        ("little saved", 0.05, "nothing saved"),
        ("little or no card debt", 0.05, "no card debt"),
        ("little or no card debt", 0.8, "little or no card debt"),
        ("no cash advances", 0.05, "no cash advances"),
        ("no cash advances", 0.8, "low cash advances"),
        ("pays no fees", 0.8, "low amount"),
        ("low savings", 0.8, "low savings"),
    ],
)
def test_no_is_said_exactly_where_nearly_nobody_has_any(words, nonzero, said):
    amount = feature("amount", low=words)
    found = names(
        [difference(0, "amount", -0.6)],
        [statistic(None, "amount"), statistic(0, "amount", median=4, nonzero=nonzero)],
        [amount],
    )
    assert found[0].sentence == said[0].upper() + said[1:]


def test_rising_is_said_only_of_what_rose():
    change = feature("change", low="falling savings", high="rising savings")
    everyone = statistic(None, "change", minimum=-900, p05=-500, median=0, p95=500)
    found = [
        names(
            [difference(0, "change", 0.6)],
            [everyone, statistic(0, "change", median=median)],
            [change],
        )[0].name
        for median in (50, -50)
    ]
    assert found == ["Rising savings", "Close to average"]


@pytest.mark.parametrize(
    ("level", "here", "elsewhere", "said"),
    [
        ("Married", 0.95, 0.3, "Nearly all married"),
        ("Married", 0.6, 0.3, "Mostly married"),
        ("Married", 0.4, 0.15, "More often married"),
        ("Married", 0.4, 0.35, "Close to average"),
        ("Other", 0.9, 0.1, "Close to average"),
        ("Unknown", 0.9, 0.1, "Marital status unknown"),
        ("Yes", 0.9, 0.1, "Nearly all “Yes” in marital status"),
    ],
)
def test_levels_are_said_by_how_many_have_them(level, here, elsewhere, said):
    found = names(
        [difference(0, "marital_status", 0.6, level=level, here=here, elsewhere=elsewhere)]
    )
    assert found[0].name == said


@pytest.mark.parametrize(
    ("kind", "here", "elsewhere", "said"),
    [
        (Kind.DAYS, 1.0, 0.0, "Close to average"),
        (Kind.DAYS, 191.0, 0.0, "Gone quiet"),
        (Kind.YEARS, 45.5, 45.0, "Close to average"),
        (Kind.SHARE, 0.51, 0.49, "Close to average"),
        (Kind.MONEY, 105.0, 100.0, "Close to average"),
        (Kind.MONEY, 150.0, 100.0, "Gone quiet"),
    ],
)
def test_a_difference_too_small_to_matter_gets_no_words(kind, here, elsewhere, said):
    described = feature("x", kind, high="gone quiet")
    found = names([difference(0, "x", 0.5, here=here, elsewhere=elsewhere)], (), [described])
    assert found[0].name == said


def test_places_keep_their_capitals():
    state = feature("state", Kind.CATEGORY, sensitivity=Sensitivity.PROXY)
    found = names([difference(0, "state", 0.6, level="Nevada", here=0.8)], (), [state])
    assert found[0].name == "Mostly Nevada"


def test_flags_are_said_by_share():
    card = feature("card", Kind.FLAG, low="no credit card", high="with credit card")
    found = [
        names([difference(0, "card", effect, here=here)], (), [card])[0].name
        for effect, here in ((0.5, 0.8), (0.5, 0.4), (-0.5, 0.02), (-0.5, 0.3), (-0.3, 0.6))
    ]
    assert found == [
        "With credit card",
        "Close to average",
        "No credit card",
        "Mostly no credit card",
        "Close to average",
    ]


def test_features_without_words_get_plain_ones():
    features = [
        feature("balance"),
        feature("visits", Kind.COUNT, unit="visits"),
        feature("gap", Kind.DAYS, unit="days"),
    ]
    found = [
        names([difference(0, f.name, effect, here=20)], (), [f])[0].name
        for f in features
        for effect in (0.9, -0.9)
    ]
    assert found == [
        "High balance",
        "Low balance",
        "Many visits",
        "Few visits",
        "Long gap",
        "Short gap",
    ]


def test_names_speak_only_of_the_features_given():
    found = names(
        [difference(0, "age_years", 0.9), difference(0, "savings", 0.3, rank=2)], (), [SAVINGS]
    )
    assert found[0].name == "High savings"


def test_identifiers_are_never_in_a_name():
    secret = feature("secret", sensitivity=Sensitivity.DIRECT)
    assert names([difference(0, "secret", 0.9)], (), [secret])[0].name == "Close to average"


def test_a_name_does_not_repeat_a_subject():
    few = feature("few", Kind.COUNT, high="many transactions", family="a")
    card = feature("card", Kind.COUNT, high="many card transactions", family="b")
    found = names(
        [
            difference(0, "few", 0.9, rank=1),
            difference(0, "card", 0.85, rank=2),
            difference(0, "age_years", 0.4, rank=3),
        ],
        (),
        [few, card, AGE],
    )
    assert found[0] == Draft("Many transactions · older", "Many transactions · older")


def test_names_in_use_are_avoided():
    options = [difference(0, "age_years", 0.8, rank=1), difference(0, "savings", 0.7, rank=2)]
    assert names(options, taken=["older · HIGH savings"])[0].name == "Older"


def placed(places, **options):
    """Segments that are all nearly all married, and whose ages are at these places of 0..100."""
    marriage = [
        difference(s, "marital_status", 0.7, rank=1, level="Married", here=0.95, **options)
        for s in range(len(places))
    ]
    ages = [
        difference(s, "age_years", (place - 50) / 50, rank=2, here=place, elsewhere=50.0)
        for s, place in enumerate(places)
    ]
    statistics = [
        statistic(s, "age_years", median=place, percentile=place) for s, place in enumerate(places)
    ]
    everyone = replace(statistic(None, "age_years", median=50), p25=25.0, p75=75.0)
    return names([*marriage, *ages], [everyone, *statistics], m=len(places))


def test_segments_alike_in_one_thing_are_told_apart_by_another():
    found = [draft.name for draft in placed([95, 75, 52, 30, 5])]
    assert found == [
        "Oldest · nearly all married",
        "Nearly all married · older",
        "Nearly all married · average age",
        "Nearly all married · younger",
        "Youngest · nearly all married",
    ]


def test_no_superlative_is_said_of_a_segment_that_is_hardly_ahead():
    assert not any("ldest" in draft.name for draft in placed([80, 75, 20]))


@pytest.mark.parametrize("by_rule", [True, False])
def test_a_superlative_is_true_beside_every_segment_whatever_is_said_of_it(by_rule):
    """Nobody has fewer purchases than those who have none: the next are not the fewest."""
    places = [5, 20, 40, 90]
    people = [
        difference(s, "marital_status", 0.7, rank=1, level="Married", here=0.95) for s in range(4)
    ]
    bought = [
        difference(s, "card_purchases", (place - 50) / 50, rank=2, here=0 if s == 0 else place)
        for s, place in enumerate(places)
    ]
    statistics = [
        statistic(s, "card_purchases", median=0 if s == 0 else place, percentile=place)
        for s, place in enumerate(places)
    ]
    everyone = statistic(None, "card_purchases", median=50)
    rule = {"inactive": INACTIVE, "inactive_number": 0} if by_rule else {}
    found = names([*people, *bought], [everyone, *statistics], m=4, **rule)
    assert not any("fewest" in draft.name for draft in found[1:])


@given(st.lists(st.sampled_from([5, 25, 50, 75, 95]), min_size=2, max_size=5, unique=True))
def test_no_name_is_a_part_of_another_where_the_segments_are_apart(places):
    parts = [set(draft.name.lower().split(" · ")) for draft in placed(places)]
    assert not any(one <= other for one, other in permutations(parts, 2))


def test_a_name_says_what_is_not_true_of_the_others():
    both = [("age_years", 0.9), ("savings", 0.8)]
    found = names(
        [
            *(difference(s, name, effect) for s in (0, 1) for name, effect in both),
            difference(0, "card_spend", 0.4, rank=3),
            difference(1, "card_purchases", 0.3, rank=3),
        ],
        m=2,
    )
    assert [draft.name for draft in found] == [
        "Older · high card spending",
        "Older · many card purchases",
    ]


@pytest.mark.parametrize(("median", "said"), [(0.42, "Close to average"), (0.86, "Uses most")])
def test_most_of_a_thing_is_said_only_from_more_than_half(median, said):
    used = feature("limit_used", Kind.SHARE, high="uses most")
    found = names(
        [difference(0, "limit_used", 0.7, here=median)],
        [statistic(None, "limit_used"), statistic(0, "limit_used", median=median)],
        [used],
    )
    assert found[0].name == said


effects = st.dictionaries(
    st.tuples(st.integers(0, 5), st.sampled_from(["card_debt", "savings", "age_years"])),
    st.floats(-1, 1),
)


@given(effects, st.sets(st.sampled_from(["Older", "Older · high savings", "High savings"])))
def test_names_are_always_distinct_short_and_capitalised(strengths, taken):
    differences = [
        difference(segment, name, effect) for (segment, name), effect in strengths.items()
    ]
    found = names(differences, m=6, taken=taken)
    drafted = [draft.name.casefold() for draft in found]
    assert len({*drafted, *(name.casefold() for name in taken)}) == 6 + len(taken)
    assert all(draft.name[0].isupper() and draft.sentence[0].isupper() for draft in found)
    assert all(len(draft.name.split(" · group")[0]) <= 2 * MAX_LENGTH for draft in found)


@given(effects, st.permutations(range(6)))
def test_renaming_segments_only_moves_the_sentences(strengths, renamed):
    plain = names([difference(s, n, e) for (s, n), e in strengths.items()], m=6)
    moved = names([difference(renamed[s], n, e) for (s, n), e in strengths.items()], m=6)
    assert [moved[renamed[s]].sentence for s in range(6)] == [draft.sentence for draft in plain]


def test_a_name_in_use_is_extended_from_the_sentence_then_by_words():
    used = ["Older"]
    for _ in range(6):
        used.append(distinct_name("Older", "Older · high savings", used))
    assert used[1:] == [
        "Older · high savings",
        "Older · another group",
        "Older · a third group",
        "Older · a fourth group",
        "Older · group 5",
        "Older · group 6",
    ]
