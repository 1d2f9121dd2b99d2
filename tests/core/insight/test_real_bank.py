from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from core.features.base import Feature
from core.features.build import build_features
from core.insight.comparison import compare
from core.insight.differentiators import differentiators
from core.insight.headlines import headlines
from core.insight.identity import assign_identities
from core.insight.naming import MAX_LENGTH, draft_names
from core.insight.profiles import histograms, statistics
from core.insight.rules import find_rules
from core.insight.summaries import order_segments, summarise
from core.lens import LensSpec
from core.segmentation.fit import segment_lens
from core.sources.canonical import read_source
from core.sources.spec import load_spec

pytestmark = pytest.mark.real_data
SPECIFICATION = Path(__file__).parents[3] / "core/sources/catalogue/bank/source.toml"


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    frame: pd.DataFrame
    features: tuple[Feature, ...]
    lenses: Mapping[str, LensSpec]
    segments: Mapping[str, NDArray[np.int16]]
    rule_numbers: Mapping[str, int | None]


@pytest.fixture(scope="module")
def bank(real_data: Path) -> Bank:
    specification = load_spec(SPECIFICATION)
    with read_source(specification, real_data / "twm") as read:
        frame, features = build_features(read.tables)
    segments, rule_numbers = {}, {}
    for lens in specification.lenses:
        cluster = segment_lens(frame, features, lens, seed=0).cluster
        order = order_segments(cluster, frame[lens.value].to_numpy(dtype=float))
        segments[lens.name] = order[cluster]
        rule_numbers[lens.name] = int(order[-1]) if (cluster == -1).any() else None
    lenses = {lens.name: lens for lens in specification.lenses}
    return Bank(frame, features, lenses, segments, rule_numbers)


@pytest.fixture(params=["demographic", "behavioural"])
def lens(request, bank: Bank) -> LensSpec:
    return bank.lenses[request.param]


def inputs(bank, lens):
    return [feature for feature in bank.features if feature.name in lens.feature_names]


def drafts(bank, lens):
    segments, rule = bank.segments[lens.name], bank.rule_numbers[lens.name]
    found = statistics(bank.frame, bank.features, segments)
    differences = differentiators(bank.frame, bank.features, segments, preferred=lens.feature_names)
    names = draft_names(
        differences,
        found,
        inputs(bank, lens),
        int(segments.max()) + 1,
        inactive=lens.inactive if rule is not None else None,
        inactive_number=rule,
    )
    return found, differences, names


def test_statistics_of_every_feature_are_those_of_pandas(bank, lens):
    segments = bank.segments[lens.name]
    for found in statistics(bank.frame, bank.features, segments):
        values = bank.frame[found.feature]
        members = values if found.segment is None else values[segments == found.segment]
        assert (found.n, found.missing) == (members.count(), members.isna().sum())
        if found.n:
            assert found.median == pytest.approx(members.median())
            assert found.mean == pytest.approx(members.mean(), rel=1e-9, abs=1e-9)
            assert found.p95 == pytest.approx(members.quantile(0.95), abs=1e-9)


def test_histograms_hold_every_value(bank, lens):
    for found in histograms(bank.frame, bank.features, bank.segments[lens.name]):
        if found.segment is None:
            assert sum(found.counts) == bank.frame[found.feature].count()


def test_segments_get_short_distinct_names(bank, lens):
    _, _, names = drafts(bank, lens)
    assert len({draft.name for draft in names}) == len(names)
    assert all(len(draft.name) <= MAX_LENGTH for draft in names)
    assert all(" · " in draft.sentence or draft.name == "Not yet active" for draft in names)


def test_short_rules_describe_the_segments(bank, lens):
    found = find_rules(
        bank.frame,
        inputs(bank, lens),
        bank.segments[lens.name],
        currency="USD",
        inactive=lens.inactive,
        inactive_number=bank.rule_numbers[lens.name],
    )
    assert found.fidelity > 0.85
    assert all(rule.words and rule.precision > 0.75 for rule in found.rules)


def test_three_headlines_have_numbers(bank, lens):
    found, differences, names = drafts(bank, lens)
    segments, rule = bank.segments[lens.name], bank.rule_numbers[lens.name]
    identities = assign_identities(
        lens.name, bank.frame.index, segments, names, [None] * len(names), rule_number=rule
    )
    rules = find_rules(bank.frame, inputs(bank, lens), segments, currency="USD")
    value = bank.frame[lens.value].to_numpy(dtype=float)
    summaries = summarise(segments, identities, rules, [0.9] * len(names), value, rule_number=rule)
    said = headlines(
        summaries,
        found,
        differences,
        bank.features,
        "USD",
        inputs=lens.feature_names,
        value_feature=lens.value,
    )
    assert len(said) == 3
    assert all(any(letter.isdigit() for letter in sentence) for sentence in said)


def test_who_customers_are_hardly_tells_how_they_bank(bank):
    found = compare(
        bank.lenses["demographic"],
        bank.lenses["behavioural"],
        bank.segments["demographic"],
        bank.segments["behavioural"],
        bank.frame,
        bank.features,
        seed=0,
    )
    assert found.answer == "Hardly."
    assert 0 < found.ami < 0.1
    assert found.predict_b_from_a is not None
    assert sum(cell.n for cell in found.cells) == 747


def test_no_category_decides_who_customers_are_as_its_dummies_did(bank):
    """Beside ages and incomes scaled to 0..1, dummies made a segment of each pair of levels."""
    frame, segments = bank.frame, bank.segments["demographic"]
    numbers = frame[["age_years", "income_yearly", "tenure_years", "children"]].astype(float)
    scaled = (numbers - numbers.min()) / (numbers.max() - numbers.min())
    dummies = pd.get_dummies(frame[["gender", "marital_status"]]).astype(float)
    theirs = KMeans(8, n_init=20, random_state=0).fit_predict(np.hstack([scaled, dummies]))
    levels = frame.gender.astype(str) + frame.marital_status.astype(str)
    assert adjusted_mutual_info_score(levels, theirs) > 0.99
    assert adjusted_mutual_info_score(levels, segments) < 0.5
    for category in ("gender", "marital_status"):
        assert adjusted_mutual_info_score(frame[category].astype(str), segments) < 0.4
