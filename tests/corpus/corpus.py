"""All files of the corpus by category; `python -m tests.corpus.corpus` writes their counts."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.case import Case, Category
from tests.corpus.cases.dates import DATES
from tests.corpus.cases.encodings import ENCODINGS
from tests.corpus.cases.forms import FORMS
from tests.corpus.cases.headers import HEADERS
from tests.corpus.cases.identity import IDENTITY
from tests.corpus.cases.numbers import NUMBERS
from tests.corpus.cases.parquet import PARQUET
from tests.corpus.cases.quotes import QUOTES
from tests.corpus.cases.semantics import SEMANTICS
from tests.corpus.cases.sizes import SIZES
from tests.corpus.cases.structure import STRUCTURE
from tests.corpus.cases.times import TIMES

README = Path(__file__).with_name("README.md")
CORPUS: dict[Category, tuple[Case, ...]] = {
    Category.ENCODINGS: ENCODINGS,
    Category.STRUCTURE: STRUCTURE,
    Category.QUOTES: QUOTES,
    Category.SIZES: SIZES,
    Category.HEADERS: HEADERS,
    Category.IDENTITY: IDENTITY,
    Category.NUMBERS: NUMBERS,
    Category.DATES: DATES,
    Category.TIMES: TIMES,
    Category.SEMANTICS: SEMANTICS,
    Category.FORMS: FORMS,
    Category.PARQUET: PARQUET,
}
_INTRODUCTION = """# Odd files and what comes of them

Each file is a named case in `cases/`, with the outcome written beside it: which rows are accepted
with which values, which are rejected on which line, in which column and why, or with which sentence
the whole file is refused. The real reader reads them all. `test_mutations.py` spoils a good file at
random and compares with `reference.py`, a second reader that shares no code with the first.
A new case is an entry in its category's tuple; `python -m tests.corpus.corpus` writes this page.

| category | files | refused as a whole | with rejected rows | read entirely |
|---|---|---|---|---|
"""


def summary() -> str:
    """The page that counts the corpus."""
    lines = [_line(str(category), cases) for category, cases in CORPUS.items()]
    total = _line("**all**", tuple(case for cases in CORPUS.values() for case in cases))
    return _INTRODUCTION + "\n".join([*lines, total, ""])


def _line(name: str, cases: tuple[Case, ...]) -> str:
    refused = sum(bool(case.refused) for case in cases)
    rejected = sum(bool(case.rejected) for case in cases)
    entirely = len(cases) - refused - rejected
    return f"| {name} | {len(cases)} | {refused} | {rejected} | {entirely} |"


if __name__ == "__main__":
    README.write_text(summary(), encoding="utf-8")
