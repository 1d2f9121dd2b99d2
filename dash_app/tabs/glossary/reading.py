"""What the page of the glossary reads: the words, and which features of the data carry them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from core.glossary.model import Glossary, Term, key
from core.readmodels import RunContext
from dash_app.context import choose_dataset, load_context
from dash_app.selection import Selection
from dash_app.services import Services
from db.queries.datasets import datasets
from db.queries.glossary import (
    FeatureTerm,
    edition,
    feature_terms,
    latest_snapshot,
    load_glossary,
)


class Part(Enum):
    """What a term speaks of, seen from a data set, in the words of the page."""

    HERE = "Of this data set"
    APP = "Of segments and of this app"
    ELSEWHERE = "Of other data"


@dataclass(frozen=True, slots=True)
class Words:
    """The glossary, and the data set and run in view, if there are any."""

    glossary: Glossary
    features: tuple[FeatureTerm, ...]
    run: RunContext | None
    dataset: str | None

    def term(self, wanted: str | None) -> Term | None:
        """Return the term of that path, or the only one of that name."""
        if wanted is None:
            return None
        by_path = [t for t in self.glossary.terms if key(t.path) == key(wanted)]
        by_name = [t for t in self.glossary.terms if key(t.name) == key(wanted)]
        return next(iter(by_path), by_name[0] if len(by_name) == 1 else None)

    def address(self, term: Term) -> str:
        """Return how the URL names a term: by its name, where no other has the same."""
        same = [t for t in self.glossary.terms if key(t.name) == key(term.name)]
        return term.name if len(same) == 1 else term.path

    def parted(self, terms: Iterable[Term]) -> dict[Part, list[Term]]:
        """Return terms by whether the data set's features carry them, those of other data, or none.

        Without a data set all of them are simply terms.
        """
        here = {feature.term for feature in self.features}
        elsewhere = {key(link.term) for link in self.glossary.links}
        parts: dict[Part, list[Term]] = {part: [] for part in Part}
        for term in terms:
            is_here = not here or term.path in here
            other = Part.ELSEWHERE if key(term.path) in elsewhere else Part.APP
            parts[Part.HERE if is_here else other].append(term)
        return parts

    def carried_by(self, term: Term) -> tuple[FeatureTerm, ...]:
        """Return the data set's features that a term explains."""
        return tuple(f for f in self.features if f.term is not None and f.term == term.path)


def read_words(services: Services, selection: Selection) -> Words:
    """Return the glossary as it is now, with the features of the data set in view."""
    run = load_context(services, selection)
    with services.read() as connection:
        dataset = selection.dataset or choose_dataset(datasets(connection))
        number = edition(connection)
        glossary = services.cache.get(("glossary", number), lambda: load_glossary(connection))
        snapshot = (
            run.snapshot_id if run else latest_snapshot(connection, dataset) if dataset else None
        )
        features = () if snapshot is None else feature_terms(connection, snapshot, glossary)
    return Words(glossary, features, run, dataset)
