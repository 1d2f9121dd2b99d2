"""The form asks for what the model needs, and reads what people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.features.base import Kind
from dash_app.tabs.score.fields import Field, hint, parsed, said, unit_of, written
from dash_app.tabs.score.form import form_fields
from tests.dash_app.profiles.builders import feature, parts_of, text_of
from tests.dash_app.tabs.score.builders import fields, values

BY_NAME = {field.name: field for field in fields()}
DEBT, USED, TOWN, ACCOUNTS = (BY_NAME[n] for n in ("card_debt", "limit_used", "town", "accounts"))
FLAG = Field(feature("has_card", "flag", label="Has a card"), 1.0, 0.0, 1.0)


def test_there_is_a_field_per_input_and_one_for_what_the_rule_looks_at() -> None:
    assert list(BY_NAME) == ["card_debt", "limit_used", "income", "town", "accounts"]
    assert (DEBT.typical, DEBT.low, DEBT.high) == (12.0, 0.0, 100.0)
    assert (ACCOUNTS.typical, ACCOUNTS.low, ACCOUNTS.high) == (2.0, 0.0, 3.0)


def test_a_category_offers_the_levels_of_the_model_and_its_commonest_is_typical() -> None:
    assert TOWN.levels == ("Here", "Far", "There")
    assert TOWN.typical == "There"


def test_a_hint_says_what_is_typical_and_where_the_model_was_trained() -> None:
    assert hint(DEBT, "USD") == "typical $12 · $0 to $100"
    assert hint(USED, "USD") == "typical 25.0% · 0.0% to 100.0%"
    assert hint(ACCOUNTS, "USD") == "typical 2 · 0 to 3"
    assert hint(TOWN, "USD") == "typical There"


def test_a_unit_stands_behind_the_field_unless_the_label_says_it() -> None:
    assert [unit_of(field, "$") for field in (DEBT, USED, TOWN, ACCOUNTS)] == ["$", "%", "", ""]
    days = Field(feature("age", "years", label="Age", unit="years"), 40.0)
    assert unit_of(days, "$") == "years"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,450", 1450.0),
        ("$ 1,450.50", 1450.5),
        (" 12 ", 12.0),
        ("−5", -5.0),
        (".5", 0.5),
        ("", None),
        (None, None),
        (7, 7.0),
    ],
)
def test_amounts_are_read_as_people_write_them(text: object, value: float | None) -> None:
    assert parsed(DEBT, text) == value


@pytest.mark.parametrize("text", ["abc", "1,45", "1.2.3", "--", "1e400", "nan", "9" * 41, "0x1F"])
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(UsageError, match="is not a number"):
        parsed(DEBT, text)


def test_shares_are_written_in_percent() -> None:
    assert parsed(USED, "25 %") == 0.25
    assert written(USED, 0.25) == "25"


def test_counts_are_not_negative_and_numbers_have_an_end() -> None:
    with pytest.raises(UsageError, match="Open accounts is 0 or more"):
        parsed(ACCOUNTS, "-1")
    with pytest.raises(UsageError, match="too large"):
        parsed(DEBT, "9" * 20)


def test_a_flag_is_yes_or_no() -> None:
    assert [parsed(FLAG, text) for text in ("1", "0", "?")] == [1.0, 0.0, None]
    with pytest.raises(UsageError, match="1 for yes or 0 for no"):
        parsed(FLAG, "2")


def test_levels_are_taken_as_they_are_and_can_be_unknown() -> None:
    assert parsed(TOWN, "Elsewhere") == "Elsewhere"
    assert parsed(TOWN, "?") is None
    assert written(TOWN, None) == "?"


@given(st.integers(0, 10**12))
def test_cents_that_are_written_are_read_back(cents: int) -> None:
    assert parsed(DEBT, written(DEBT, cents / 100)) == cents / 100


@given(st.integers(0, 1000))
def test_tenths_of_a_percent_that_are_written_are_read_back(tenths: int) -> None:
    assert parsed(USED, written(USED, tenths / 1000)) == pytest.approx(tenths / 1000)


def test_values_are_said_with_their_unit() -> None:
    assert [said(DEBT, 1450.4, "EUR"), said(ACCOUNTS, 2.0, "EUR"), said(TOWN, None, "EUR")] == [
        "€1,450",
        "2\xa0accounts",
        "not known",
    ]


def test_the_form_shows_the_values_and_offers_a_level_that_the_model_has_not_seen() -> None:
    drawn = form_fields(fields(), values(town="Moon", card_debt=None), "USD")
    controls = {part.id["index"]: part for part in parts_of(drawn) if _is_control(part)}
    assert [controls[name].value for name in BY_NAME] == ["", "25", "50", "Moon", "2"]
    assert controls["town"].options[-1] == {"label": "Moon (new to the model)", "value": "Moon"}
    assert "Card debt" in text_of(drawn)


def test_every_kind_of_feature_can_be_written_and_read() -> None:
    for kind in set(Kind) - {Kind.CATEGORY, Kind.ORDINAL, Kind.FLAG}:
        field = Field(feature("x", kind), 3.0, 0.0, 9.0)
        assert parsed(field, written(field, 3.0)) == 3.0


def _is_control(part: object) -> bool:
    identity = getattr(part, "id", None)
    return isinstance(identity, dict) and identity["type"] == "score-field"
