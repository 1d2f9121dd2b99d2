"""The demo shop looks like the real files, and its personas can be found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from core.features.base import Feature
from core.features.build import build_features
from core.pipeline.eligibility import eligible_rows
from core.segmentation.fit import segment_lens
from core.sources.canonical import SourceRead, read_source
from core.sources.demo.commerce import generate
from core.sources.demo.shoppers import ONLY_CANCELLED
from core.sources.demo.truth import PlantedTruth
from core.sources.spec import load_spec

Demo = tuple[Path, PlantedTruth]
Table = tuple[pd.DataFrame, tuple[Feature, ...]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    path = tmp_path_factory.mktemp("commerce")
    return path, generate(path, customers=700)


@pytest.fixture(scope="module")
def source(demo: Demo) -> Iterator[SourceRead]:
    with read_source(load_spec("commerce"), demo[0]) as read:
        yield read


@pytest.fixture(scope="module")
def table(source: SourceRead) -> Table:
    return build_features(source.tables)


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate(tmp_path / name, customers=60, seed=seed)
    contents = [sorted(file.read_bytes() for file in (tmp_path / name).iterdir()) for name in "abc"]
    assert contents[0] == contents[1] != contents[2]


def test_the_demo_is_read_without_a_reject_and_with_the_originals_quirk(
    source: SourceRead,
) -> None:
    assert source.rejects == ()
    assert source.warnings == ()
    assert source.as_of == date(2018, 8, 31)
    assert {f.check: f.count for f in source.integrity if not f.passed} == {
        "every order is paid for": 1
    }


@pytest.mark.parametrize(
    "name", ["olist_customers_dataset", "olist_orders_dataset", "olist_order_payments_dataset"]
)
def test_a_file_has_the_originals_columns(demo: Demo, name: str) -> None:
    header = (demo[0] / f"{name}.csv").read_text().splitlines()[0]
    assert header == ",".join(load_spec("commerce").tables[name].columns)


def test_a_person_is_one_customer_however_many_orders(demo: Demo, table: Table) -> None:
    assert set(table[0].index) == set(demo[1].persona)
    assert table[0]["frequency"].max() > 1


def test_persons_with_only_cancelled_orders_stay_customers(demo: Demo, table: Table) -> None:
    planted = {who for who, persona in demo[1].persona.items() if persona == ONLY_CANCELLED}
    lens = load_spec("commerce").lenses[0]
    assert set(table[0].index[~eligible_rows(table[0], lens)]) == planted


@pytest.mark.parametrize(("lens_name", "of"), [("rfm", "persona"), ("paying", "life_stage")])
def test_what_was_planted_is_found_again(demo: Demo, table: Table, lens_name: str, of: str) -> None:
    lens = next(one for one in load_spec("commerce").lenses if one.name == lens_name)
    frame = table[0][eligible_rows(table[0], lens)]
    found = segment_lens(frame, table[1], lens, seed=0)
    planted = [getattr(demo[1], of)[customer] for customer in frame.index]
    assert found.clustering.k == 4
    assert adjusted_mutual_info_score(planted, found.cluster) >= 0.9


def test_the_fitted_minima_and_maxima_are_stored_and_not_typed_in(table: Table) -> None:
    lens = load_spec("commerce").lenses[0]
    frame = table[0][eligible_rows(table[0], lens)]
    found = segment_lens(frame, table[1], lens.model_copy(update={"k_max": 3}), seed=0)
    column = next(c for c in found.preparation.columns if c.feature == "recency_days")
    low, high = frame["recency_days"].min(), frame["recency_days"].max()
    half = 0.5  # the weight
    assert (low - column.centre) * column.factor == pytest.approx(0.0)
    assert (high - column.centre) * column.factor == pytest.approx(5.0 * half)
