"""Every file of the corpus is read as written down beside it: nothing is lost, altered or fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.corpus.case import Case, Category, Outcome
from tests.corpus.corpus import CORPUS, README, summary
from tests.corpus.reading import read_alone, read_together

CASES = [
    pytest.param(category, case, id=f"{category}-{case.name}")
    for category, cases in CORPUS.items()
    for case in cases
]


@pytest.fixture(scope="module")
def outcome_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Category, Case], Outcome]:
    """Reads a case: a category's readable files together, refused ones each alone."""
    known: dict[Category, dict[str, Outcome]] = {}

    def outcome(category: Category, case: Case) -> Outcome:
        if case.refused:
            return read_alone(case, tmp_path_factory.mktemp("alone"))
        if category not in known:
            readable = [one for one in CORPUS[category] if not one.refused]
            known[category] = {}  # where reading them together fails, each is read alone
            known[category] = read_together(readable, tmp_path_factory.mktemp(category))
        return known[category].get(case.name) or read_alone(case, tmp_path_factory.mktemp("alone"))

    return outcome


@pytest.mark.parametrize(("category", "case"), CASES)
def test_a_file_is_read_as_written_down(
    category: Category, case: Case, outcome_of: Callable[[Category, Case], Outcome]
) -> None:
    outcome = outcome_of(category, case)
    assert outcome == Outcome(case.accepted, case.rejected, case.refused, case.found, case.warned)
    assert outcome.rows_read == len(case.accepted) + len(case.rejected)


def test_the_corpus_has_at_least_200_files_and_some_of_every_kind() -> None:
    counts = {category: len(cases) for category, cases in CORPUS.items()}
    assert sum(counts.values()) >= 200
    assert min(counts.values()) >= 8
    assert set(counts) == set(Category)


def test_every_case_has_a_name_of_its_own_and_expects_something() -> None:
    cases = [case for some in CORPUS.values() for case in some]
    assert [name for name, n in Counter(c.name for c in cases).items() if n > 1] == []
    assert [c.name for c in cases if bool(c.refused) == bool(c.accepted or c.rejected)] == []


def test_the_summary_counts_what_is_there() -> None:
    assert README.read_text(encoding="utf-8") == summary(), "run python -m tests.corpus.corpus"
