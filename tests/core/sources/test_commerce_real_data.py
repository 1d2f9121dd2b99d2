"""The shop's real files: the workshop's numbers come out, its faults do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from core.features.base import Feature, Kind, Side
from core.features.build import build_features
from core.pipeline.eligibility import eligible_rows
from core.readmodels import VerdictLevel
from core.segmentation.fit import segment_lens
from core.segmentation.groupings import group_lens
from core.segmentation.kmeans import KMeans
from core.segmentation.trust import assess
from core.sources.canonical import SourceRead, read_source
from core.sources.parsing import read_toml
from core.sources.spec import CATALOGUE, load_spec, spec_from
from core.sources.switches import switch_settings, with_switches

pytestmark = pytest.mark.real_data

PERSONS = 8_016
Table = tuple[pd.DataFrame, tuple[Feature, ...]]

# The workshop's formulas: every order, one payment kept per customer and purchase time, the mean
# of them, weeks to the day it was held.
RECIPE = """
WITH kept AS (
    SELECT customer_unique_id, order_id, order_purchase_timestamp, payment_value,
        row_number() OVER (
            PARTITION BY customer_unique_id, order_purchase_timestamp
            ORDER BY order_id, payment_sequential
        ) AS place
    FROM source.olist_orders_dataset
    JOIN source.olist_customers_dataset USING (customer_id)
    JOIN source.olist_order_payments_dataset USING (order_id)
)
SELECT customer_unique_id AS customer_id,
    floor((DATE '2021-11-23' - max(order_purchase_timestamp)::DATE) / 7.0)::DOUBLE AS recency_weeks,
    count(DISTINCT order_id)::DOUBLE AS frequency,
    avg(payment_value)::DOUBLE AS monetary
FROM kept WHERE place = 1 GROUP BY ALL ORDER BY customer_id
"""


@pytest.fixture(scope="module")
def source(real_data: Path) -> Iterator[SourceRead]:
    with read_source(load_spec("commerce"), real_data / "olist") as read:
        yield read


@pytest.fixture(scope="module")
def table(source: SourceRead) -> Table:
    return build_features(source.tables)


@pytest.fixture(scope="module")
def recipe(source: SourceRead) -> pd.DataFrame:
    return source.engine.connection.execute(RECIPE).df().set_index("customer_id")


def workshop_matrix(recipe: pd.DataFrame) -> np.ndarray:
    """Scale as the workshop does, with the constants that it typed into its SQL, to 0..5."""
    columns = [
        (recipe["recency_weeks"] - 161) / (271 - 161),
        (recipe["frequency"] - 1) / (17 - 1),
        recipe["monetary"] / 13_664.08,
    ]
    return np.ascontiguousarray(5 * np.stack(columns, axis=1), dtype=np.float32)


def test_every_row_is_accepted_and_every_person_stays_a_customer(
    source: SourceRead, table: Table
) -> None:
    assert {f.table: (f.rows_read, f.rows_rejected) for f in source.files} == {
        "olist_customers_dataset": (8_135, 0),
        "olist_orders_dataset": (8_135, 0),
        "olist_order_payments_dataset": (8_924, 0),
    }
    assert len(table[0]) == PERSONS


def test_persons_with_only_excluded_orders_are_ineligible_for_the_rfm_lens(table: Table) -> None:
    lens = next(one for one in load_spec("commerce").lenses if one.name == "rfm")
    assert (~eligible_rows(table[0], lens)).sum() == (table[0]["frequency"] == 0).sum() == 1_208


def test_payments_are_summed_per_order_and_no_cent_is_lost(
    source: SourceRead, table: Table, real_data: Path
) -> None:
    files = real_data / "olist"
    with duckdb.connect() as plain:
        expected = plain.execute(
            f"""SELECT sum(payment_value::DECIMAL(18, 2))::DOUBLE
            FROM '{files}/olist_order_payments_dataset.csv'
            JOIN '{files}/olist_orders_dataset.csv' USING (order_id)
            WHERE order_status NOT IN ('canceled', 'unavailable')"""
        ).fetchone()
    assert expected is not None
    assert table[0]["monetary_total"].sum() == pytest.approx(expected[0], abs=0.005)


def test_the_switch_brings_back_cancelled_orders_and_another_fingerprint(
    source: SourceRead, real_data: Path
) -> None:
    spec = with_switches(load_spec("commerce"), {"include_cancelled": True})
    with read_source(spec, real_data / "olist") as everything:
        orders = everything.engine.connection.execute(
            "SELECT count(*), count(DISTINCT customer_id) FROM canonical.transactions"
        ).fetchone()
        assert orders == (8_135, PERSONS)
        assert everything.fingerprint != source.fingerprint
        told = [one.words for one in switch_settings(everything.spec)]
        assert told == ["Include cancelled orders: yes."]


def test_the_workshops_recipe_gives_its_recency_inertia_and_silhouette(
    recipe: pd.DataFrame,
) -> None:
    assert (recipe["recency_weeks"].min(), recipe["recency_weeks"].max()) == (161, 272)
    assert len(recipe) == PERSONS
    matrix = workshop_matrix(recipe)
    found = KMeans().fit(matrix, 5, seed=0, restarts=20)
    assert 530 < found.inertia <= 541.3
    sample = np.random.default_rng(0).permutation(len(matrix))[:4_000]
    assert silhouette_score(matrix[sample], found.labels[sample]) == pytest.approx(0.53, abs=0.02)


def test_the_workshops_recipe_is_a_histogram_of_recency_and_the_products_lens_is_more(
    recipe: pd.DataFrame, table: Table
) -> None:
    matrix = workshop_matrix(recipe)
    theirs = assess(
        matrix,
        ("recency_weeks", "frequency", "monetary"),
        KMeans().fit(matrix, 5, seed=0, restarts=5),
        KMeans(),
        seed=0,
        restarts=5,
    )
    assert theirs.evidence.driver is not None
    assert theirs.evidence.driver[0] == "recency_weeks"
    lens = next(one for one in load_spec("commerce").lenses if one.name == "rfm")
    frame, features = table
    ours = segment_lens(frame[eligible_rows(frame, lens)], features, lens, seed=0)
    levels = list(VerdictLevel)
    assert levels.index(ours.trust.verdict.level) < levels.index(theirs.verdict.level)
    assert all(t.passed for t in ours.trust.verdict.tests if t.name == "More than one feature")


def test_groups_by_rule_say_that_nearly_everybody_ordered_once(table: Table) -> None:
    lens = next(one for one in load_spec("commerce").lenses if one.grouping)
    frame, features = table
    found = group_lens(frame[eligible_rows(frame, lens)], features, lens, seed=0)
    assert found.trust.verdict.level is VerdictLevel.CARE
    assert "99% of customers have one score of Orders" in found.trust.verdict.reason


def test_the_full_payments_add_up_and_the_first_row_of_each_order_alone_would_not(
    real_data: Path,
) -> None:
    """Read through the same columns, as a shop of which only the payments are known."""
    name = "olist_order_payments_dataset"
    raw, mistakes = read_toml(CATALOGUE / "commerce" / "source.toml")
    document = {
        "source": {**raw["source"], "customers": name},  # type: ignore[dict-item]
        "tables": {name: {k: v for k, v in raw["tables"][name].items() if k != "references"}},  # type: ignore[index]
    }
    queries = {
        "customers": f"SELECT DISTINCT order_id AS customer_id FROM {name}",
        "identities": f"SELECT DISTINCT order_id AS customer_id FROM {name}",
        "transactions": f"""SELECT order_id AS transaction_id, order_id AS customer_id,
            'purchases' AS product, DATE '2018-10-17' AS booked_on, NULL AS booked_at,
            sum(payment_value) AS amount, 'out' AS direction, 'purchase' AS kind,
            'Unknown' AS channel, 0 AS interest, FALSE AS is_inquiry
            FROM {name} GROUP BY order_id""",
    }
    spec = spec_from(document, queries, mistakes)
    with read_source(spec, real_data / "olist" / "full", as_of=date(2018, 10, 17)) as read:
        assert [(f.rows_read, f.rows_accepted) for f in read.files] == [(103_886, 103_886)]
        total, first = read.engine.connection.execute(
            f"""SELECT (SELECT sum(amount) FROM canonical.transactions),
            (SELECT sum(value) FROM (SELECT arg_min(payment_value, _record) AS value
                FROM staged.{name} GROUP BY order_id))"""
        ).fetchall()[0]
    assert str(total) == "16008872.12"
    assert str(total - first) == "264061.46"


def test_features_of_a_shop_speak_of_orders_and_not_of_savings(table: Table) -> None:
    said = " ".join(f"{f.label} {f.description} {f.unit} {f.high_words}" for f in table[1]).lower()
    for word in ("transaction", "saving", "withdraw", "account", "checking"):
        assert word not in said
    assert {f.side for f in table[1] if f.kind is Kind.MONEY} == {Side.BEHAVIOURAL}
