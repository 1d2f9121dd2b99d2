"""From a column of a file to a lens."""

from __future__ import annotations

from core.lens import LensFeature, LensSpec
from core.lineage import Layer, lineage_of, preparation_words
from core.readmodels import FeatureInfo
from core.snapshot_facts import ColumnSource


def info(name: str, *source_columns: str, kind: str = "money") -> FeatureInfo:
    return FeatureInfo(
        name, name.capitalize(), "", "family", "behavioural", kind, "", "ordinary", (), True,
        source_columns,
    )  # fmt: skip


def lens(*features: LensFeature, name: str = "behavioural") -> LensSpec:
    return LensSpec(
        name=name, label=name.capitalize(), side="behavioural", question="?", features=features
    )


DEBT = info("debt", "accounts.balance", "accounts.product")
AGE = info("age", "people.birth", kind="years")
MADE = (
    ColumnSource("accounts", "balance", ("one.saldo", "two.saldo"), "coalesce(a.saldo, 0)"),
    ColumnSource("accounts", "product", (), "'credit'"),
    ColumnSource("customers", "age", ("people.birth",), "year(birth)"),
)
FILES = {"one": "one.csv", "people": "people.csv"}


def test_a_feature_is_followed_back_to_the_files_that_were_read() -> None:
    found = lineage_of([DEBT], MADE, FILES, [])
    assert [(node.place, node.label) for node in found.of(Layer.FILE)] == [("one.csv", "saldo")]
    assert [node.label for node in found.of(Layer.CANONICAL)] == ["balance", "product"]
    (origin,) = found.feeding("canonical accounts.balance")
    assert origin.key == "file one.saldo"


def test_an_attribute_is_a_column_of_the_customers() -> None:
    found = lineage_of([AGE], MADE, FILES, [])
    assert [node.key for node in found.nodes] == [
        "file people.birth",
        "canonical customers.age",
        "feature age",
    ]
    assert found.of(Layer.CANONICAL)[0].detail == "year(birth)"


def test_a_lens_takes_in_its_inputs_with_their_weight_only() -> None:
    spec = lens(LensFeature(name="debt", log=True, weight=2.0))
    found = lineage_of([DEBT, AGE], MADE, FILES, [spec])
    (link,) = [one for one in found.links if one.target == "lens behavioural"]
    assert (link.source, link.weight) == ("feature debt", 2.0)
    assert link.detail == "missing: median, capped at 99.5%, logarithm, standard scale"


def test_a_column_that_nobody_can_trace_still_stands_for_itself() -> None:
    found = lineage_of([DEBT], (), FILES, [])
    assert [node.key for node in found.nodes][:1] == ["canonical accounts.balance"]
    assert found.of(Layer.FILE) == ()


def test_a_category_is_prepared_level_by_level() -> None:
    city = info("city", kind="category")
    assert preparation_words(lens(LensFeature(name="city")), city) == "one column per level"
