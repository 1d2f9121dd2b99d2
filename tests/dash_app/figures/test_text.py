"""Text in drawings."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from dash_app.figures.text import about, escape, in_sentence, joined, lines, wrap

printable = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=60)


@given(printable)
def test_escaped_text_reads_as_before_and_holds_no_markup(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == unescape(text) or unescape(escaped) == text
    assert not set(escaped) & {"<", ">", "$"}


@given(st.text(max_size=80), st.integers(8, 20))
def test_wrapping_never_takes_more_lines_than_asked(text: str, width: int) -> None:
    assert 1 <= len(lines(text, width, most=2)) <= 2


def test_a_cut_name_says_so() -> None:
    assert lines("one two three four five six", 9, most=2) == ["one two", "three…"]


def test_a_word_a_little_too_long_is_not_cut() -> None:
    assert wrap("Transactions", 11) == "Transactions"


def test_an_endless_word_is_cut() -> None:
    assert lines("Donaudampfschifffahrt", 8) == ["Donaudam", "pfschiff", "fahrt"]


def test_lists_read_as_sentences() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"])] == ["", "a", "a and b"]


@given(st.floats(0, 1))
def test_every_share_has_words(share: float) -> None:
    assert about(share)


def test_a_label_within_a_sentence_keeps_its_abbreviation() -> None:
    labels = ("Net worth", "SIP amount", "SIP, net worth and age", "Has a SIP", "")
    assert [in_sentence(label) for label in labels] == [
        "net worth",
        "SIP amount",
        "SIP, net worth and age",
        "has a SIP",
        "",
    ]
