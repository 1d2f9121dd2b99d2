from __future__ import annotations

import pytest

from core.glossary.checks import Columns, checked, columns_of
from core.glossary.merging import merged
from core.glossary.mistakes import GlossaryError
from core.glossary.model import Category, Glossary, Link, Term
from core.glossary.reading import read_draft
from tests.core.glossary.builders import (
    categories_file,
    links_file,
    term_row,
    terms_file,
    value_category,
)

NOTHING = Glossary()


def taken(
    *files: tuple[str, bytes], existing: Glossary = NOTHING, columns: Columns | None = None
) -> Glossary:
    return checked(read_draft(files), existing, columns)


def refusals(*files: tuple[str, bytes], columns: Columns | None = None) -> list[str]:
    with pytest.raises(GlossaryError) as refused:
        taken(*files, columns=columns)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_references_become_paths_however_they_were_written() -> None:
    found = taken(
        value_category(),
        terms_file(
            term_row("Debt", "value", Related_Terms="LIMIT", Part_Of_Terms="Value >> limit"),
            term_row("Limit", "Value"),
        ),
        links_file("debt,card_debt,features,"),
    )
    found = merged(NOTHING, found)
    debt = found.terms[0]
    assert (debt.related, debt.part_of) == (("Value >> Limit",), ("Value >> Limit",))
    assert found.links[0].term == "Value >> Debt"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            [terms_file(term_row("A", "Vaule"))],
            ["terms.csv, line 2, Category: There is no category 'Vaule'. Did you mean 'Value'?"],
        ),
        (
            [categories_file("Cards,category,Products,,,")],
            ["categories.csv, line 2, Category: There is no category 'Products'."],
        ),
        (
            [
                terms_file(
                    term_row("A", "Value", Secondary_Categories="Value"),
                    term_row(Secondary_Categories="Valu"),
                )
            ],
            ["terms.csv, line 3, Secondary Categories: There is no category 'Valu'."],
        ),
        (
            [terms_file(term_row("A", "Value"), term_row("a", "VALUE"))],
            ["terms.csv, line 3: The term 'VALUE >> a' stands already in terms.csv, line 2."],
        ),
        (
            [terms_file(term_row("Debt", "Value", Related_Terms="Detb"))],
            ["terms.csv, line 2, Related Terms: There is no term 'Detb'. Did you mean 'Debt'?"],
        ),
        (
            [
                terms_file(
                    term_row("A", "Value", Part_Of_Terms="B"),
                    term_row("B", "Value", Part_Of_Terms="A"),
                )
            ],
            [
                "line 2, Part Of Terms: 'A' is, over its references, a part of itself",
                "line 3, Part Of Terms: 'B' is",
            ],
        ),
        (
            [terms_file(term_row("A", "Value", Type_of_Terms="A"))],
            ["line 2, Type of Terms: 'A' is, over its references, a kind of itself"],
        ),
        (
            [terms_file(term_row("A", "Value")), links_file("B,c,t,")],
            ["columns.csv, line 2, Business Terms: There is no term 'B'."],
        ),
        (
            [terms_file(term_row("A", "Value")), links_file("A,c,t,", "A,C,T,")],
            ["columns.csv, line 3: The link of 'T / C' stands already in columns.csv, line 2."],
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(
    files: list[tuple[str, bytes]], said: list[str]
) -> None:
    found = refusals(value_category(), *files)
    assert len(found) == len(said)
    assert all(part in mistake for part, mistake in zip(said, found, strict=True))


def test_a_name_that_two_categories_have_needs_its_path() -> None:
    files = (
        categories_file("Value,category,,,,", "Trust,category,,,,"),
        terms_file(term_row("Score", "Value"), term_row("Score", "Trust")),
    )
    [said] = refusals(*files, links_file("Score,c,t,"))
    assert "stands in several categories. Write one of: Trust >> Score; Value >> Score." in said
    assert taken(*files, links_file("trust >> score,c,t,")).links[0].term == "Trust >> Score"


def test_links_lead_to_columns_that_exist() -> None:
    columns = columns_of([("features", "card_debt"), ("accounts", "balance")])
    files = value_category(), terms_file(term_row("A", "Value"))
    links = links_file("A,Card_Debt,Features,", "A,balance,accounts,")
    assert len(taken(*files, links, columns=columns).links) == 2
    near, far = "Did you mean card_debt?", "Ingest the data set first, or leave the row out."
    wrong = links_file("A,card_dept,features,", "A,age,people,")
    assert refusals(*files, wrong, columns=columns) == [
        f"columns.csv, line 2, Column_header: No feature is called 'card_dept'. {near}",
        f"columns.csv, line 3, Column_header: No column of 'people' is called 'age'. {far}",
    ]


def test_what_is_added_may_refer_to_what_is_there_and_close_no_circle_with_it() -> None:
    there = Glossary((Category("Value"),), (Term("Old", "Value", part_of=("Value >> New",)),))
    new = terms_file(term_row("New", "Value", Related_Terms="Old"))
    assert taken(new, existing=there).terms[0].related == ("Value >> Old",)
    with pytest.raises(GlossaryError, match="part of itself"):
        taken(terms_file(term_row("New", "Value", Part_Of_Terms="Old")), existing=there)


def test_adding_replaces_equal_paths_in_place_and_spells_references_as_their_terms() -> None:
    there = Glossary(
        (Category("Value"),),
        (Term("debt", "Value", "Old."), Term("Lift", "Value", related=("Value >> debt",))),
        (Link("Value >> debt", "card_debt", "features"),),
    )
    found = merged(there, Glossary((), (Term("Debt", "value", "New."), Term("More", "Value"))))
    assert [(term.name, term.description) for term in found.terms] == [
        ("Debt", "New."),
        ("Lift", ""),
        ("More", ""),
    ]
    assert found.terms[1].related == ("Value >> Debt",)
    assert found.links[0].term == "Value >> Debt"
