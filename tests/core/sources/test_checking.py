"""`sources check` says every mistake at once, of the specification and of the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UsageError
from core.sources.checking import SourceCheck, check_source
from tests.core.sources.builders import FILES, QUERIES, TOML, tiny_files


@pytest.fixture
def specification(tmp_path: Path) -> Path:
    (tmp_path / "source.toml").write_text(TOML)
    for name, query in QUERIES.items():
        (tmp_path / f"{name}.sql").write_text(query)
    return tmp_path


def test_files_that_fit_their_specification_have_no_mistakes(specification: Path) -> None:
    assert check_source(specification, tiny_files(specification / "files")) == SourceCheck()


def test_mistakes_of_the_specification_come_first(specification: Path) -> None:
    (specification / "source.toml").write_text(TOML.replace('"EUR"', '"euro"'))
    assert check_source(specification, specification / "nowhere").mistakes == (
        "currency: 'euro' does not have the form ^[A-Z]{3}$.",
    )


def test_whole_file_problems_are_all_said(specification: Path) -> None:
    files = tiny_files(specification / "files", people=b"", accounts="number\n1\n")
    assert check_source(specification, files).mistakes == (
        "people.csv is empty; it needs a header and rows.",
        "accounts.csv lacks the columns person, balance, open; its header names: number.",
    )


def test_rejected_rows_are_counted_by_reason_with_their_first_line(specification: Path) -> None:
    people = FILES["people.csv"] + "7;Elm;x;F\n8;Fir;y;M\n9;Oak;130;Q\n"
    found = check_source(specification, tiny_files(specification / "files", people=people))
    assert found.mistakes == (
        "people.csv: 2 rows rejected, first on line 5: age is not a whole number.",
        "people.csv: 1 row rejected, first on line 7: gender is not one of the codes F, M.",
    )


def test_an_unknown_specification_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Choose one of: bank"):
        check_source(tmp_path / "nothing.toml", tmp_path)
