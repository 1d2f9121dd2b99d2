"""Cases read by the real reader: many as the tables of one source, or each alone."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from core.sources.canonical import SourceRead, read_source
from core.sources.problems import SourceError
from core.sources.spec import SourceSpec, spec_from
from tests.corpus.case import Case, Outcome

_SOURCE = """
[source]
name = "corpus"
title = "Corpus"
currency = "EUR"
customers = "one_customer"
max_rejected_share = 1.0
[as_of]
day = 2024-12-31
[tables.one_customer]
key = "id"
[tables.one_customer.columns]
id = { type = "text", role = "id" }
"""
_QUERIES = {"customers": "SELECT id AS customer_id FROM one_customer"}


def spec_of(cases: Sequence[Case]) -> SourceSpec:
    """The specification under which the cases are the tables of one source."""
    parts = [_SOURCE]
    for case in cases:
        parts.append(f'[tables.{case.name}]\nfiles = "{case.file}"\nkey = "{case.key}"')
        parts.append(case.table)
        if case.parents:
            parts.append(f'references = {{ parent = "{case.name}_parents.id" }}')
        parts.append(f"[tables.{case.name}.columns]\n{case.columns}")
        if case.parents:
            parts.append(f'[tables.{case.name}_parents]\nkey = "id"')
            parts.append(f"[tables.{case.name}_parents.columns]")
            parts.append('id = { type = "text", role = "id" }')
    parts += [case.checks.replace("{table}", case.name) for case in cases]
    return spec_from(tomllib.loads("\n".join(parts)), _QUERIES)


def write(cases: Sequence[Case], folder: Path) -> None:
    """Write the cases' files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one_customer.csv").write_text("id\n1\n")
    for case in cases:
        (folder / case.file).write_bytes(case.content)
        if case.parents:
            (folder / f"{case.name}_parents.csv").write_text("\n".join(["id", *case.parents, ""]))


def read_together(cases: Sequence[Case], folder: Path) -> dict[str, Outcome]:
    """Read cases as the tables of one source; what came of each, by name."""
    write(cases, folder)
    with read_source(spec_of(cases), folder) as read:
        return {case.name: _outcome(case, read) for case in cases}


def read_alone(case: Case, folder: Path) -> Outcome:
    """Read a case as a source of its own; a refusal is what came of it."""
    try:
        return read_together([case], folder)[case.name]
    except SourceError as error:
        (sentence,) = error.problems
        return Outcome(refused=sentence.replace(case.file, "{file}").replace(case.name, "{table}"))


def _outcome(case: Case, read: SourceRead) -> Outcome:
    rows = read.engine.connection.execute(f'SELECT * FROM source."{case.name}"').fetchall()
    (account,) = (file for file in read.files if file.file == case.file)
    rejected = [r for r in read.rejects if r.file == case.file]
    assert account.rows_read == account.rows_accepted + account.rows_rejected
    assert (account.rows_accepted, account.rows_rejected) == (len(rows), len(rejected))
    return Outcome(
        accepted=tuple(rows),
        rejected=tuple((r.line, r.column, r.reason) for r in rejected),
        found=tuple(
            f.sentence.replace(case.name, "{table}")
            for f in read.integrity
            if f.table == case.name and not f.passed
        ),
        warned=tuple(
            w.replace(case.file, "{file}") for w in read.warnings if w.startswith(case.file)
        ),
        rows_read=account.rows_read,
    )
