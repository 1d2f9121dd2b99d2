from __future__ import annotations

import pytest

from core.glossary.model import Classification
from core.glossary.reading import read_draft
from tests.core.glossary.builders import (
    LINKS,
    TERMS,
    categories_file,
    links_file,
    term_row,
    terms_file,
)


def mistakes(*files: tuple[str, bytes]) -> list[str]:
    return [str(mistake) for mistake in read_draft(files).mistakes]


def test_further_values_stand_on_rows_without_a_name() -> None:
    draft = read_draft(
        [
            terms_file(
                term_row("Debt", "Value", Synonyms="Owed", Tags="card", Abbreviations="D"),
                term_row(Synonyms="What is owed"),
                "",
                term_row(Synonyms="Liability", Tags="loan"),
                term_row("Lift", "Value"),
            )
        ]
    )
    assert draft.mistakes == []
    (debt, _), (lift, _) = draft.terms
    assert debt.synonyms == ("Owed", "What is owed", "Liability")
    assert (debt.tags, debt.abbreviations) == (("card", "loan"), ("D",))
    assert lift.synonyms == ()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_mark_line_ends_and_breaks_in_quotes_do_not_matter(mark: str, ends: str) -> None:
    row = term_row("Debt", "Value", Description="One, two\nand three".replace("\n", ends))
    content = (mark + TERMS + ends + row + ends).encode()
    [(term, record)] = read_draft([("t.csv", content)]).terms
    assert term.description == "One, two\nand three"
    assert record.place.line == 2


def test_a_mistake_below_a_cell_of_two_lines_names_its_own_line() -> None:
    rows = term_row("Debt", "Value", Description="One\ntwo"), term_row("Lift", "")
    assert mistakes(terms_file(*rows)) == [
        "terms.csv, line 4, Category: The cell is blank, and it must not be."
    ]


def test_classifications_of_other_tools_are_understood() -> None:
    rows = (
        term_row(
            "Age", "Value", Classifications="[uncategorized] >> Personally Identifiable Information"
        ),
        term_row(Classifications="sensitive"),
    )
    [(term, _)] = read_draft([terms_file(*rows)]).terms
    assert term.classifications == (Classification.PERSONAL, Classification.SENSITIVE)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            terms_file(term_row("A", "V", Classifications="Secret")),
            "Unknown classification 'Secret'. Choose one of: Confidential, Personal, Sensitive.",
        ),
        (
            terms_file(term_row("A", "V", Business_Start="31.12.2020")),
            "line 2, Business Start: '31.12.2020' is not a day.",
        ),
        (
            terms_file(term_row("A", "V", Business_Start="2020-02-01", Business_End="2020-01-01")),
            "2020-01-01 is before 2020-02-01",
        ),
        (
            terms_file(term_row("A", "V", Tags="x"), term_row(Tags="X")),
            "line 3, Tags: 'X' stands there twice",
        ),
        (terms_file(term_row(Tags="x")), "continues a term or category, but none stands above it"),
        (
            terms_file(term_row("A", "V"), term_row(Description="more")),
            "line 3, Description: A row without a Name adds values",
        ),
        (terms_file(term_row("A >> B", "V")), "line 2, Name: A name has no “>>”"),
        (
            terms_file("A,category,V,,,,,,,,,,,,,"),
            "Artifact type 'category' does not belong into this file. Write glossary_term.",
        ),
        (terms_file("A,glossary_term,V"), "line 2: The row has 3 cells, the header 16."),
        (terms_file('"A,glossary_term,V'), "Look for a quote that is not closed"),
        (
            terms_file(term_row("A", "V", Tags="\x00")),
            "line 2, Tags: There are invisible control characters",
        ),
        (links_file(",age,t,"), "line 2, Business Terms: The row names no term."),
        (links_file("Age,,t,"), "line 2, Column_header: The cell is blank"),
        (("x.csv", b""), "x.csv, line 1: The file is empty."),
        (("x.csv", b"a,b\n1,2\n"), "none of the three layouts"),
        (("x.csv", f"{LINKS},Colour\n".encode()), "has no columns called 'Colour'"),
        (
            ("x.csv", LINKS.replace(",File", "").encode()),
            "A file of columns needs the columns File.",
        ),
        (("x.csv", f"{LINKS},file\n".encode()), "These columns stand twice: File."),
        (("x.csv", TERMS.encode() + b"\n\nGr\xfc\xdfe"), "x.csv, line 3: The text is not UTF-8."),
    ],
)
def test_a_mistake_names_its_place_and_what_to_do(file: tuple[str, bytes], said: str) -> None:
    found = mistakes(file)
    assert len(found) == 1
    assert said in found[0]


def test_all_mistakes_of_all_files_are_told_at_once() -> None:
    found = mistakes(
        categories_file("A >> B,category,,,,"),
        terms_file(term_row("A", ""), term_row("B", "V", Classifications="x")),
        links_file(",,,"),
        links_file("A,,,"),
    )
    assert len(found) == 5


def test_the_columns_may_stand_in_any_order_and_spelling() -> None:
    [(link, _)] = read_draft([("l.csv", b"file,TABLE,column header,Business_Terms\nf,t,c,A")]).links
    assert (link.term, link.column, link.table, link.file) == ("A", "c", "t", "f")
