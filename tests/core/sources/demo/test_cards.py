"""The demo card holders look like the file, and their personas can be found again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from core.features.base import Feature
from core.features.build import build_features
from core.insight.summaries import order_segments
from core.segmentation.fit import LensFit, segment_lens
from core.sources.canonical import SourceRead, read_source
from core.sources.demo.card_personas import CARD_PERSONAS
from core.sources.demo.cards import generate
from core.sources.demo.truth import PlantedTruth
from core.sources.spec import load_spec

Demo = tuple[Path, PlantedTruth]
Table = tuple[pd.DataFrame, tuple[Feature, ...]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    path = tmp_path_factory.mktemp("cards")
    return path, generate(path, customers=900)


@pytest.fixture(scope="module")
def source(demo: Demo) -> Iterator[SourceRead]:
    with read_source(load_spec("cards"), demo[0], as_of=demo[1].as_of) as read:
        yield read


@pytest.fixture(scope="module")
def table(source: SourceRead) -> Table:
    return build_features(source.tables)


def fitted(table: Table, name: str, seed: int = 0) -> LensFit:
    lens = next(one for one in load_spec("cards").lenses if one.name == name)
    return segment_lens(*table, lens, seed=seed)


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    made = [generate(tmp_path / name, customers=60, seed=s) for name, s in (("a", 1), ("b", 1))]
    assert made[0] == made[1]
    generate(tmp_path / "c", customers=60, seed=2)
    contents = [(tmp_path / name / "CC GENERAL.csv").read_bytes() for name in "abc"]
    assert contents[0] == contents[1] != contents[2]


def test_the_demo_is_read_without_a_reject(source: SourceRead) -> None:
    assert source.rejects == ()
    assert source.warnings == ()
    assert source.as_of == date(2024, 12, 31)


def test_the_file_has_the_originals_quirks_and_no_others(source: SourceRead) -> None:
    found = {f.check: f.count for f in source.integrity if not f.passed}
    assert set(found) == {
        "card_holders: range of CASH_ADVANCE_FREQUENCY",
        "credit limits are known",
        "minimum payments are known",
    }
    assert found["card_holders: range of CASH_ADVANCE_FREQUENCY"] == 3
    assert found["credit limits are known"] == 1


@pytest.mark.parametrize(
    "written",
    [
        "ONEOFFPURCHASESFREQUENCY",
        "PURCHASESINSTALLMENTSFREQUENCY",
        "CASHADVANCEFREQUENCY",
        "CASHADVANCETRX",
        "PRCFULLPAYMENT",
        "Prc_Full_Payment",
        "prc full payment",
    ],
)
def test_a_header_as_the_originals_dictionary_writes_it_is_the_same_file(
    demo: Demo, source: SourceRead, tmp_path: Path, written: str
) -> None:
    header, rows = (demo[0] / "CC GENERAL.csv").read_text().split("\n", 1)
    names = header.split(",")
    (told,) = [n for n in names if n.replace("_", "") == re.sub("[_ ]", "", written).upper()]
    names[names.index(told)] = written
    (tmp_path / "CC GENERAL.csv").write_text(f"{','.join(names)}\n{rows}")
    with read_source(load_spec("cards"), tmp_path, as_of=demo[1].as_of) as read:
        assert read.fingerprint == source.fingerprint


def test_the_file_is_written_as_the_original(demo: Demo) -> None:
    header, first, *rows = (demo[0] / "CC GENERAL.csv").read_text().splitlines()
    assert header == ",".join(load_spec("cards").tables["card_holders"].columns)
    assert first.startswith("C10001,")
    assert any(",," in row for row in rows)
    assert not any(".0," in row or ".000000," in row for row in rows)


def test_everyone_has_a_persona_in_the_planted_shares(demo: Demo) -> None:
    counted = Counter(demo[1].persona.values())
    assert counted == pytest.approx({one.name: 900 * one.share for one in CARD_PERSONAS}, abs=1)


def test_personas_are_found_again_by_the_default_lens(demo: Demo, table: Table) -> None:
    fit = fitted(table, "behavioural")
    planted = [demo[1].persona[customer] for customer in table[0].index]
    assert fit.clustering.k == len(CARD_PERSONAS)
    assert adjusted_mutual_info_score(planted, fit.cluster) >= 0.9


def test_tiers_are_steps_of_value_and_another_seed_gives_the_same(table: Table) -> None:
    value = table[0]["value_score"].to_numpy()
    tiers = [
        order_segments(fit.cluster, value, per_customer=True)[fit.cluster]
        for fit in (fitted(table, "value", seed) for seed in (0, 1))
    ]
    means = [value[tiers[0] == tier].mean() for tier in range(4)]
    assert means == sorted(means, reverse=True)
    assert means[0] > 5 * means[3]
    assert (tiers[0] == tiers[1]).mean() >= 0.99
