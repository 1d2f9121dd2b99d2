"""A specification says every mistake at once, in words that name the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UsageError
from core.features.base import Kind, Sensitivity
from core.sources.problems import SourceError
from core.sources.spec import catalogue, load_spec
from tests.core.sources.builders import QUERIES, TOML, tiny_spec


def mistakes(toml: str) -> tuple[str, ...]:
    with pytest.raises(SourceError) as wrong:
        tiny_spec(toml)
    return wrong.value.problems


def without(line: str) -> str:
    assert line in TOML
    return TOML.replace(line, "")


def instead(old: str, new: str) -> str:
    assert old in TOML
    return TOML.replace(old, new, 1)


@pytest.mark.parametrize("name", catalogue())
def test_every_shipped_source_is_valid(name: str) -> None:
    spec = load_spec(name)
    assert spec.name == name
    assert spec.description
    assert spec.lenses


def test_an_unknown_source_names_the_shipped_ones() -> None:
    with pytest.raises(UsageError, match=r"Unknown source 'bnak'\. Choose one of: bank"):
        load_spec("bnak")


def test_a_file_or_its_folder_is_loaded_with_the_queries_beside_it(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(TOML)
    for name, query in QUERIES.items():
        (tmp_path / f"{name}.sql").write_text(query)
    assert load_spec(tmp_path) == load_spec(tmp_path / "source.toml") == tiny_spec()


def test_a_specification_without_its_customers_query_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(TOML)
    with pytest.raises(SourceError, match=r"customers\.sql is missing beside mine\.toml"):
        load_spec(tmp_path / "mine.toml")


def test_broken_toml_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[source]\nname = "a\n')
    with pytest.raises(SourceError, match=r"mine.toml is not valid TOML: .*line 2"):
        load_spec(path)


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        (without('title = "Tiny bank"'), "title: is missing."),
        (
            instead("[as_of]", "[asof]"),
            (
                "'asof' is not a section; the sections are: "
                "source, as_of, tables, either, checks, attributes, measures, lenses, switches."
            ),
        ),
        (
            instead('type = "integer"', 'type = "int"'),
            (
                "tables.people.columns.age.type: "
                "'int' is not allowed; choose among 'text', 'code', "
                "'integer', 'decimal', 'date', 'time', 'timestamp' or 'flag'."
            ),
        ),
        (
            instead('format = "d.m.yyyy"', 'format = "dd.mm.yy"'),
            (
                "tables.moves.columns.day.format: 'dd.mm.yy' is not a known format; choose among: "
                "yyyy-mm-dd, yyyy/mm/dd, yyyymmdd, yymmdd, d.m.yyyy, d/m/yyyy, d-m-yyyy, m/d/yyyy, "
                "hh:mm:ss, hh:mm, hmmss."
            ),
        ),
        (
            instead('format = "d.m.yyyy", ', ""),
            "tables.moves.columns.day: a date needs a format.",
        ),
        (
            instead("minimum = 0, maximum = 120", "minimun = 0"),
            "tables.people.columns.age.minimun: is not a known key here; check the spelling.",
        ),
        (
            instead("minimum = 0", "minimum = 200"),
            "tables.people.columns.age: the minimum 200.0 is above the maximum 120.0.",
        ),
        (
            instead('customers = "people"', 'customers = "folk"'),
            "source.customers: there is no table 'folk'; the tables are: people, accounts, moves.",
        ),
        (
            instead('latest_of = "moves.day"', 'latest_of = "moves.date"'),
            (
                "as_of.latest_of: table moves has no column 'date'; "
                "its columns are: amount, clock, day, entry, number."
            ),
        ),
        (
            instead('"people.id" }', '"persons.id" }'),
            (
                "tables.accounts.references.person: there is no table 'persons'; "
                "the tables are: people, accounts, moves."
            ),
        ),
        (
            instead('key = "id"', 'key = ["id", "age"]'),
            (
                "tables.people.key: the customers' table needs a key of exactly one column, "
                "it has 2; or write identities.sql."
            ),
        ),
        (
            instead('column = "people.age"', 'column = "people.surname"'),
            (
                "attributes.age_years: people.surname is a direct identifier "
                "and cannot become a feature."
            ),
        ),
        (
            instead('name = "gender"\n', 'name = "age_years"\n'),
            "attributes: the name 'age_years' is given twice.",
        ),
        (
            instead('key = "id"\n', 'key = "id"\nreferences = { id = "accounts.number" }\n'),
            "tables: accounts, moves, people refer to each other in a circle.",
        ),
        (
            TOML + '[[checks]]\nkind = "guess"\nname = "x"\ntable = "people"\nsentence = "y"\n',
            (
                "checks.0: kind 'guess' is not allowed; "
                "choose among 'unique', 'agree', 'sum', 'rule', 'query'."
            ),
        ),
    ],
)
def test_a_mistake_is_said_in_words_that_name_the_key(toml: str, expected: str) -> None:
    assert mistakes(toml) == (expected,)


def test_mistakes_of_every_kind_are_said_together() -> None:
    wrong = TOML.replace('type = "integer"', 'type = "int"').replace("people.age", "people.aeg")
    wrong = wrong.replace('currency = "EUR"', 'currency = "euro"')
    said = mistakes(wrong)
    assert len(said) == 4
    assert "currency: 'euro' does not have the form ^[A-Z]{3}$." in said


def test_a_table_may_be_like_another_but_for_some_columns() -> None:
    more = (
        '[tables.old_moves]\nlike = "moves"\nwithout = ["clock"]\nrequired = false\n'
        '[tables.old_moves.columns]\nday = { type = "date", role = "measure", format = "yymmdd" }\n'
    )
    tables = tiny_spec(TOML + more).tables
    assert list(tables["old_moves"].columns) == ["number", "entry", "day", "amount"]
    assert tables["old_moves"].columns["day"].format == ("yymmdd",)
    assert tables["old_moves"].files == ("old_moves.csv",)


def test_a_check_of_several_tables_becomes_one_for_each() -> None:
    more = (
        '[[checks]]\nkind = "query"\nname = "n"\ntable = ["people", "moves"]\nsentence = "s"\n'
        'query = "SELECT 1 FROM {table} WHERE false"\n'
    )
    assert [(c.name, c.table) for c in tiny_spec(TOML + more).checks] == [
        ("n (people)", "people"),
        ("n (moves)", "moves"),
    ]


def test_attributes_take_their_sensitivity_from_the_columns_role() -> None:
    age, gender = tiny_spec().attribute_features
    assert (age.name, age.kind, age.sensitivity) == ("age_years", Kind.YEARS, Sensitivity.SENSITIVE)
    assert (gender.source_columns, gender.family) == (("people.gender",), "demographics")


def test_the_digest_changes_with_the_specification_and_its_queries() -> None:
    changed = {**QUERIES, "customers": QUERIES["customers"] + " WHERE true"}
    digests = {
        tiny_spec().digest,
        tiny_spec(queries=changed).digest,
        tiny_spec(instead("Tiny bank", "Other bank")).digest,
    }
    assert len(digests) == 3


def test_the_last_day_is_not_looked_for_in_text() -> None:
    with pytest.raises(SourceError) as wrong:
        tiny_spec(TOML.replace('latest_of = "moves.day"', 'latest_of = "people.surname"'))
    assert wrong.value.problems == (
        (
            "as_of.latest_of: people.surname is of type text; "
            "the last day is found in a date or a timestamp."
        ),
    )
