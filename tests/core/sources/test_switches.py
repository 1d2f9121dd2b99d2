"""Switches of a source: set by name, seen by its queries, part of what a snapshot is."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UsageError
from core.sources.canonical import read_source
from core.sources.problems import SourceError
from core.sources.spec import SourceSpec
from core.sources.switches import (
    parse_switches,
    recalled_switches,
    switch_settings,
    switch_values,
    with_switches,
)
from tests.core.sources.builders import TOML, tiny_files, tiny_spec

SWITCH = '\n[switches.{name}]\nlabel = "Only the first two"\ndefault = false\n'


def switched(name: str = "only_two") -> SourceSpec:
    return tiny_spec(TOML + SWITCH.format(name=name))


def customers(spec: SourceSpec, folder: Path) -> tuple[int, str]:
    query = spec.queries["customers"].rstrip().rstrip(";")
    limited = f"SELECT * FROM ({query}) WHERE NOT getvariable('only_two') OR customer_id < '02'"
    spec = spec.model_copy(update={"queries": {"customers": limited}, "checks": ()})
    with read_source(spec, tiny_files(folder)) as source:
        return len(source.identities), source.fingerprint


def test_a_query_sees_the_default_until_the_switch_is_set(tmp_path: Path) -> None:
    spec = switched()
    everybody, usual = customers(spec, tmp_path / "a")
    fewer, other = customers(with_switches(spec, {"only_two": True}), tmp_path / "b")
    assert (everybody, fewer) == (3, 2)
    assert usual != other


def test_the_default_given_by_name_is_the_same_snapshot() -> None:
    spec = switched()
    assert with_switches(spec, {"only_two": False}) == spec
    assert switch_values(with_switches(spec, {"only_two": True})) == {"only_two": True}


def test_an_unknown_switch_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"Unknown switch 'only_to'\. Choose one of: only_two"):
        with_switches(switched(), {"only_to": True})
    with pytest.raises(UsageError, match="The source 'tiny' has no switches"):
        with_switches(tiny_spec(TOML), {"only_two": True})


def test_a_switch_that_the_source_no_longer_has_is_told_and_passed_over() -> None:
    last = switch_settings(with_switches(switched(), {"only_two": True}))
    spec, said = recalled_switches(tiny_spec(TOML), last, {})
    assert spec == tiny_spec(TOML)
    told = "The last import was read with only_two=yes, a switch that the source no longer has"
    assert said == (f"{told}; it is passed over.",)


def test_what_the_source_had_as_its_default_then_is_its_default_now() -> None:
    last = switch_settings(switched())
    other = tiny_spec(TOML + SWITCH.format(name="only_two").replace("false", "true"))
    assert recalled_switches(other, last, {}) == (other, ())


@pytest.mark.parametrize("text", ["only_two", "=yes", "only_two=perhaps", ""])
def test_what_is_no_setting_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="Write a name, = and yes or no"):
        parse_switches([text])


def test_a_switch_is_set_once() -> None:
    with pytest.raises(UsageError, match="more than once"):
        parse_switches(["a=yes", "a=no"])


@pytest.mark.parametrize("name", ["as_of", "Upper"])
def test_a_name_that_cannot_be_a_variable_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="a switch cannot be called"):
        switched(name)
