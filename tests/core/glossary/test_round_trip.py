from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.glossary.checks import checked
from core.glossary.layout import has_control_characters, read_cell, written_cell
from core.glossary.merging import merged
from core.glossary.model import SEPARATOR, Category, Classification, Glossary, Link, Term, key
from core.glossary.reading import read_draft
from core.glossary.writing import write_files

NOTHING = Glossary()
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
TEXTS = ANY_TEXT.map(lambda text: text.replace("\r", "").strip()).filter(
    lambda text: bool(text) and not has_control_characters(text)
)
NAMES = TEXTS.filter(lambda text: ">>" not in text and "\n" not in text).filter(
    lambda text: text.split() == text.split(" ")
)


def _many(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, max_size=3, unique_by=key).map(tuple)


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    paths: list[str] = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=key)):
        parent = draw(st.sampled_from(["", *paths]))
        paths.append(f"{parent}{SEPARATOR}{name}" if parent else name)
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=key))
    homes = [draw(st.sampled_from(paths)) for _ in names]
    terms: list[Term] = []
    for name, home in zip(names, homes, strict=True):
        earlier = _many(st.sampled_from([t.path for t in terms])) if terms else st.just(())
        first, last = sorted(draw(st.tuples(st.dates(), st.dates())))
        terms.append(
            Term(
                name,
                home,
                draw(TEXTS),
                tags=draw(_many(TEXTS)),
                classifications=draw(
                    st.lists(st.sampled_from(Classification), unique=True).map(tuple)
                ),
                stewards=draw(_many(TEXTS)),
                related=draw(earlier),
                business_start=draw(st.none() | st.just(max(first, date(1000, 1, 1)))),
                business_end=draw(st.none() | st.just(max(last, date(1000, 1, 1)))),
                part_of=draw(earlier),
                type_of=draw(earlier),
                abbreviations=draw(_many(TEXTS)),
                data_classes=draw(_many(TEXTS)),
                synonyms=draw(_many(TEXTS)),
                secondary_categories=draw(_many(st.sampled_from(paths))),
            )
        )
    columns = draw(st.lists(TEXTS, max_size=3, unique_by=key))
    links = [Link(draw(st.sampled_from(terms)).path, column, draw(TEXTS)) for column in columns]
    categories = [
        Category(path, draw(st.just("") | TEXTS), draw(_many(TEXTS)), draw(_many(TEXTS)))
        for path in paths
    ]
    return Glossary(tuple(categories), tuple(terms), tuple(links))


@given(glossaries())
def test_what_is_written_is_read_back_and_written_again_identically(glossary: Glossary) -> None:
    files = write_files(glossary)
    found = merged(NOTHING, checked(read_draft(files.items()), NOTHING, None))
    assert found == glossary
    assert write_files(found) == files


@given(TEXTS)
def test_no_cell_of_a_file_can_run_as_a_formula(text: str) -> None:
    assert written_cell(text)[0] not in "=+-@"
    assert read_cell(written_cell(text)) == text


def test_the_order_of_the_files_does_not_matter() -> None:
    glossary = Glossary(
        (Category("Value"),),
        (Term("A", "Value"), replace(Term("B", "Value"), related=("Value >> A",))),
        (Link("Value >> A", "age", "features"),),
    )
    files = list(write_files(glossary).items())
    for order in (files, files[::-1], files[1:] + files[:1]):
        assert merged(NOTHING, checked(read_draft(order), NOTHING, None)) == glossary
