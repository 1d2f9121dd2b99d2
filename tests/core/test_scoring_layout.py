"""How a file to be scored may be laid out, told from the names of its columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import DataError, UsageError
from core.readmodels import FeatureInfo
from core.scoring_layout import file_name, layout_of, one_file_spec
from core.sources.spec import SourceSpec, load_spec

INPUTS = ("networth", "age_years")


def stored(spec: SourceSpec) -> tuple[FeatureInfo, ...]:
    """The source's attributes as an import has stored them."""
    return tuple(
        FeatureInfo(
            f.name,
            f.label,
            f.description,
            f.family,
            f.side,
            f.kind,
            f.unit,
            f.sensitivity,
            f.levels,
            f.actionable,
            f.source_columns,
        )
        for f in spec.attribute_features
    )


@pytest.fixture(scope="module")
def wealth() -> SourceSpec:
    return load_spec("wealth")


def header(spec: SourceSpec, *more: str, without: str = "") -> bytes:
    """The first line of the bank's own file of customers."""
    columns = [name for name in spec.tables[spec.customers].columns if name != without]
    return (",".join([*columns, *more]) + "\n").encode()


def test_columns_named_as_the_inputs_will_do_in_any_case_and_order() -> None:
    found = layout_of("a.csv", b"Age_Years;town;NETWORTH\n", INPUTS)
    assert (found.is_the_banks, found.passed_over) == (False, ("town",))


def test_the_banks_own_layout_is_known_by_its_columns_and_goes_first(wealth: SourceSpec) -> None:
    found = layout_of("a.csv", header(wealth, "age_years", "notes"), INPUTS, wealth)
    assert found.table == wealth.tables["investors"]
    assert found.passed_over == ("age_years", "notes")


def test_without_the_banks_columns_the_inputs_are_enough(wealth: SourceSpec) -> None:
    assert not layout_of("a.csv", b"networth,age_years\n", INPUTS, wealth).is_the_banks


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"networth\n", "it lacks age_years. The columns needed are: networth, age_years."),
        (b"networth,age_years,NetWorth\n", "it has networth more than once."),
        (b"", "a.csv is empty, or does not begin with the names of its columns."),
        (b"\xff\xfea\n", "a.csv is not UTF-8 text (byte 0); save it as UTF-8."),
        (b'"networth\n', "a.csv is not a well-formed CSV file"),
    ],
    ids=["missing", "doubled", "empty", "encoding", "quote"],
)
def test_what_is_wrong_is_told_with_what_is_allowed(content: bytes, said: str) -> None:
    with pytest.raises(DataError) as refusal:
        layout_of("a.csv", content, INPUTS)
    assert said in str(refusal.value)


def test_a_column_missing_from_the_banks_layout_is_told_as_that(wealth: SourceSpec) -> None:
    with pytest.raises(DataError, match=r"like the bank's own investors.* lacks the column age;"):
        layout_of("a.csv", header(wealth, without="age"), INPUTS, wealth)
    with pytest.raises(DataError, match="as the bank's own investors, with its 27 columns"):
        layout_of("a.csv", b"networth,sip_amount\n", INPUTS, wealth)


def test_only_sources_with_all_of_a_customer_in_one_file_are_read_so(wealth: SourceSpec) -> None:
    assert one_file_spec("wealth", stored(wealth)) == wealth
    assert one_file_spec("demo_wealth", stored(wealth)) == wealth
    assert one_file_spec("cards", stored(load_spec("cards"))) == load_spec("cards")
    for name in ("bank", "commerce"):
        assert one_file_spec(name, stored(load_spec(name))) is None
    assert one_file_spec("a_bank_of_ones_own", stored(wealth)) is None


def test_a_specification_that_has_changed_since_the_import_is_not_used(wealth: SourceSpec) -> None:
    first, *others = stored(wealth)
    assert one_file_spec("wealth", (replace(first, unit="months"), *others)) is None
    assert one_file_spec("wealth", others) is None


@pytest.mark.parametrize("name", ["", "/", "\u202e", " "])
def test_a_name_that_cannot_be_told_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="has no name that can be told"):
        file_name(name)


def test_a_long_name_keeps_its_end() -> None:
    assert file_name("x" * 200 + ".csv") == "x" * 76 + ".csv"
