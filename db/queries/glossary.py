"""The glossary as the app shows it: terms, the labels they explain, where features carry them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from core.features.base import Sensitivity
from core.glossary.meaning import labelled, links_by_feature, meaning
from core.glossary.model import Glossary, Term
from core.readmodels import SnapshotId
from db.glossary import edition
from db.glossary_rows import load_glossary
from db.tables.snapshots import Dataset, FeatureRow, Snapshot

__all__ = [
    "Explained",
    "FeatureTerm",
    "edition",
    "feature_meanings",
    "feature_terms",
    "latest_snapshot",
    "load_glossary",
    "term_meanings",
]


@dataclass(frozen=True, slots=True)
class FeatureTerm:
    """A feature of a snapshot and the term that explains it, if there is one."""

    name: str
    label: str
    description: str
    side: str
    is_sensitive: bool
    term: str | None  # path


@dataclass(frozen=True, slots=True)
class Explained:
    """What a label means, and the term behind it ("": the feature's own description)."""

    text: str
    term: str


def latest_snapshot(connection: Connection, dataset: str) -> SnapshotId | None:
    """Return the data set's newest snapshot; None where nothing was read yet."""
    found = connection.execute(
        select(Snapshot.id)
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Dataset.name == dataset)
        .order_by(Snapshot.id.desc())
        .limit(1)
    ).scalar()
    return None if found is None else SnapshotId(found)


def feature_terms(
    connection: Connection, snapshot_id: SnapshotId, glossary: Glossary
) -> tuple[FeatureTerm, ...]:
    """Return every feature of a snapshot with its term, in the order of the catalogue."""
    rows = connection.execute(
        select(
            FeatureRow.name,
            FeatureRow.label,
            FeatureRow.description,
            FeatureRow.side,
            FeatureRow.sensitivity,
        )
        .where(FeatureRow.snapshot_id == snapshot_id)
        .order_by(FeatureRow.position)
    ).all()
    links = links_by_feature(glossary.links, [row.name for row in rows])
    return tuple(
        FeatureTerm(
            row.name,
            row.label,
            row.description,
            row.side,
            row.sensitivity != Sensitivity.ORDINARY,
            links[row.name].term if row.name in links else None,
        )
        for row in rows
    )


def feature_meanings(features: tuple[FeatureTerm, ...], glossary: Glossary) -> dict[str, Explained]:
    """Return what the label of every feature means, by the feature's name."""
    by_path: dict[str, Term] = {term.path: term for term in glossary.terms}
    found = ((feature, by_path.get(feature.term or "")) for feature in features)
    return {
        feature.name: Explained(meaning(feature, term), term.path if term else "")
        for feature, term in found
    }


def term_meanings(glossary: Glossary) -> dict[str, Explained]:
    """Return what terms mean, by every name they go by, in small letters."""
    return {
        name: Explained(term.description, term.path)
        for name, term in labelled(glossary.terms).items()
        if term.description
    }
