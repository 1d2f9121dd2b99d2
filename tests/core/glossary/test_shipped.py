from __future__ import annotations

import pytest

from core.features.base import Feature, Sensitivity
from core.glossary.meaning import links_by_feature
from core.glossary.model import FEATURES, Classification
from core.glossary.shipped import shipped_glossary
from core.sources.spec import catalogue, load_spec

EACH_SOURCE = pytest.mark.parametrize("source", catalogue())
ENOUGH = 100


@EACH_SOURCE
def test_every_feature_has_a_term(source: str, features: dict[str, tuple[Feature, ...]]) -> None:
    names = [feature.name for feature in features[source]]
    explained = links_by_feature(shipped_glossary().links, names)
    missing = [name for name in names if name not in explained]
    assert missing == [], "give them terms: docs/add-glossary-terms.md"


@EACH_SOURCE
def test_what_is_sensitive_is_classified_so(
    source: str, features: dict[str, tuple[Feature, ...]]
) -> None:
    terms = {term.path: term for term in shipped_glossary().terms}
    links = links_by_feature(shipped_glossary().links, [f.name for f in features[source]])
    sensitive = {Sensitivity.SENSITIVE, Sensitivity.PROXY}
    unmarked = [
        f.name
        for f in features[source]
        if f.sensitivity in sensitive
        and Classification.SENSITIVE not in terms[links[f.name].term].classifications
    ]
    assert unmarked == []


def test_no_link_leads_to_a_feature_or_column_that_no_source_has(
    features: dict[str, tuple[Feature, ...]],
) -> None:
    names = {feature.name for found in features.values() for feature in found}
    columns = {
        (table, column)
        for source in catalogue()
        for table, spec in load_spec(source).tables.items()
        for column in spec.columns
    }
    lost = [
        link
        for link in shipped_glossary().links
        if not (
            (link.table, link.column) in columns
            or (
                link.table == FEATURES
                and any(
                    name == link.column
                    or (link.column.endswith("*") and name.startswith(link.column[:-1]))
                    for name in names
                )
            )
        )
    ]
    assert lost == []


def test_there_are_enough_terms_and_each_says_something_of_its_own() -> None:
    terms = shipped_glossary().terms
    assert len(terms) >= ENOUGH
    assert [t.path for t in terms if not 20 <= len(t.description) <= 400] == []
    assert [t.path for t in terms if not t.description.endswith(".")] == []
    definitions = [term.description for term in terms]
    assert len(set(definitions)) == len(definitions)


def test_no_shipped_term_is_valid_only_for_a_time_or_names_a_steward() -> None:
    assert [t for t in shipped_glossary().terms if t.business_start or t.stewards] == []


def test_every_classification_is_used() -> None:
    used = {c for term in shipped_glossary().terms for c in term.classifications}
    assert used == set(Classification)
