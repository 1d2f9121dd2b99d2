from __future__ import annotations

from pathlib import Path

import pytest

from core.features.base import Feature
from core.glossary.dictionary import data_dictionary
from core.glossary.model import Glossary
from core.glossary.shipped import shipped_glossary
from core.sources.columns import Role
from core.sources.spec import catalogue, load_spec

PAGE = Path(__file__).parents[3] / "docs" / "data-dictionary.md"


@pytest.fixture(scope="module")
def dictionary(features: dict[str, tuple[Feature, ...]]) -> str:
    sources = [(load_spec(name), found) for name, found in features.items()]
    return data_dictionary(sources, shipped_glossary())


def test_the_page_in_docs_says_what_is_true_now(dictionary: str) -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary, "run: make dictionary"


def test_every_column_feature_and_lens_has_a_row(
    dictionary: str, features: dict[str, tuple[Feature, ...]]
) -> None:
    rows = {
        line.split("|")[1].strip() for line in dictionary.splitlines() if line.startswith("| `")
    }
    for source in catalogue():
        spec = load_spec(source)
        named = [feature.name for feature in features[source]]
        named += [lens.name for lens in spec.lenses]
        named += [
            name
            for table in spec.tables.values()
            for name, column in table.columns.items()
            if column.role is not Role.IGNORE
        ]
        assert {f"`{name}`" for name in named} <= rows


def test_every_feature_is_beside_its_term_and_where_it_comes_from(dictionary: str) -> None:
    row = next(line for line in dictionary.splitlines() if line.startswith("| `card_debt` |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == "Card debt"
    assert cells[4] == "Card debt"
    assert "`accounts.balance`" in cells[5]


def test_a_glossary_without_terms_leaves_their_column_blank() -> None:
    text = data_dictionary([(load_spec("cards"), ())], Glossary())
    assert "| `CUST_ID` | text | id |  |" in text
