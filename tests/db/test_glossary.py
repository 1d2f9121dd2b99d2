from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, text

from core.glossary.mistakes import GlossaryError
from core.glossary.model import Category, Glossary, Link, Term
from core.glossary.shipped import shipped_glossary
from core.glossary.writing import write_files
from db import glossary as words
from db.glossary import Mode, edition, import_glossary, refresh_shipped
from db.glossary_rows import load_glossary
from db.queries.glossary import feature_meanings, feature_terms, term_meanings
from db.store import SqlSnapshotStore
from db.tables.glossary import GlossaryTerm
from db.tables.people import AuditLine
from tests.builders import snapshot_data

OWN = Glossary(
    (Category("Products"), Category("Products >> Cards and credit", "Ours.")),
    (
        Term("Card debt", "Products >> Cards and credit", "What we call debt.", tags=("ours",)),
        Term(
            "Loyalty",
            "Products",
            "Level of our scheme.",
            related=("Products >> Cards and credit >> Card debt",),
        ),
    ),
    (Link("Products >> Loyalty", "loyalty", "features"),),
)


def bring(engine: Engine, glossary: Glossary, mode: Mode = Mode.ADD) -> object:
    with engine.begin() as connection:
        files = list(write_files(glossary).items())
        return import_glossary(connection, files, mode, user="a steward")


def read(engine: Engine) -> Glossary:
    with engine.connect() as connection:
        return load_glossary(connection)


def refresh(engine: Engine) -> None:
    with engine.begin() as connection:
        refresh_shipped(connection)


def test_the_first_snapshot_brings_the_shipped_terms(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    snapshots.save_snapshot(snapshot_data())
    assert read(engine) == shipped_glossary()


def test_a_refresh_of_the_same_version_changes_nothing(engine: Engine) -> None:
    refresh(engine)
    with engine.connect() as connection:
        first = edition(connection)
    refresh(engine)
    with engine.connect() as connection:
        assert edition(connection) == first > 0


def test_what_is_exported_replaces_everything_identically(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    snapshots.save_snapshot(snapshot_data())
    bring(engine, OWN)
    before = read(engine)
    done = bring(engine, before, Mode.REPLACE)
    assert read(engine) == before
    assert (done.added, done.changed, done.removed) == (0, 0, 0)


def test_adding_keeps_the_other_terms_and_every_id(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    snapshots.save_snapshot(snapshot_data())
    ids = select(GlossaryTerm.name, GlossaryTerm.id).where(GlossaryTerm.name != "Loyalty")
    with engine.connect() as connection:
        before = sorted(tuple(row) for row in connection.execute(ids))
    done = bring(engine, OWN)
    assert (done.added, done.changed, done.removed) == (1, 1, 0)
    with engine.connect() as connection:
        assert sorted(tuple(row) for row in connection.execute(ids)) == before
    found = {term.name: term.description for term in read(engine).terms}
    assert found["Card debt"] == "What we call debt."
    assert "Credit limit" in found


def test_a_later_version_renews_its_own_terms_and_leaves_those_of_people(
    engine: Engine, snapshots: SqlSnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots.save_snapshot(snapshot_data())
    bring(engine, OWN)
    later = replace(
        shipped_glossary(),
        terms=tuple(replace(t, description="Said anew.") for t in shipped_glossary().terms),
    )
    monkeypatch.setattr(words, "shipped_glossary", lambda: later)
    monkeypatch.setattr(words, "shipped_digest", lambda: "another")
    refresh(engine)
    found = {term.name: term.description for term in read(engine).terms}
    assert found["Card debt"] == "What we call debt."
    assert found["Loyalty"] == "Level of our scheme."
    assert found["Credit limit"] == "Said anew."


def test_after_a_replacement_no_shipped_term_comes_back(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    snapshots.save_snapshot(snapshot_data())
    bring(engine, OWN, Mode.REPLACE)
    with engine.begin() as connection:
        connection.execute(text("UPDATE glossary_editions SET shipped_digest = 'older'"))
    refresh(engine)
    assert read(engine) == OWN


def test_a_mistake_leaves_everything_as_it_was(engine: Engine, snapshots: SqlSnapshotStore) -> None:
    snapshots.save_snapshot(snapshot_data())
    lost = replace(OWN, links=(Link("Products >> Loyalty", "loyality", "features"),))
    with pytest.raises(GlossaryError, match="Did you mean loyalty"):
        bring(engine, lost, Mode.REPLACE)
    assert read(engine) == shipped_glossary()


def test_an_import_is_in_the_audit(engine: Engine, snapshots: SqlSnapshotStore) -> None:
    snapshots.save_snapshot(snapshot_data())
    bring(engine, OWN)
    with engine.connect() as connection:
        line = connection.execute(
            select(AuditLine.actor, AuditLine.subject, AuditLine.detail).where(
                AuditLine.action == "import glossary"
            )
        ).one()
    assert tuple(line) == (
        "a steward",
        "add",
        {
            "files": ["categories.csv", "terms.csv", "columns.csv"],
            "added": 1,
            "changed": 1,
            "removed": 0,
        },
    )


def test_labels_mean_what_their_terms_say_and_without_a_term_what_the_feature_says(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    snapshot = snapshots.save_snapshot(snapshot_data())
    with engine.connect() as connection:
        glossary = load_glossary(connection)
        features = feature_terms(connection, snapshot, glossary)
    meanings = feature_meanings(features, glossary)
    age = next(term for term in glossary.terms if term.name == "Age")
    recency = next(term for term in glossary.terms if term.name == "Recency")
    assert (meanings["age_years"].text, meanings["age_years"].term) == (age.description, age.path)
    assert meanings["loyalty"].text == "Level in the loyalty scheme."
    assert meanings["recency_days"].text == (
        f"Missing without transactions. Recency: {recency.description}"
    )
    assert term_meanings(glossary)["silhouette"].term.endswith(">> Silhouette")
