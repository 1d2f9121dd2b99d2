"""Two glossaries as one: what is new replaces what has the same path, everything else stays."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.glossary.model import SEPARATOR, Category, Glossary, Link, Term, key  # noqa: F401

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Changes:
    """How many terms an import adds, changes, leaves as they are and takes away."""

    added: int
    changed: int
    unchanged: int
    removed: int


def merged(existing: Glossary, new: Glossary) -> Glossary:
    """Return the existing glossary with the new one added; equal paths are replaced in place.

    Every reference is spelt as what it refers to, so that files written from the result read back
    identically.

    >>> old = Glossary((Category("Value"),), (Term("Debt", "Value", "Old."),))
    >>> merged(old, Glossary((), (Term("debt", "value", "New."),))).terms
    (Term(name='debt', category='Value', description='New.', ...),)
    """
    return _respelt(
        Glossary(
            _overlaid(existing.categories, new.categories, lambda c: key(c.path)),
            _overlaid(existing.terms, new.terms, lambda t: key(t.path)),
            _overlaid(existing.links, new.links, place_of),
        )
    )


def place_of(link: Link) -> tuple[str, ...]:
    """Return what a link explains, as it is compared."""
    return tuple(key(part) for part in link.place)


def changes(before: Glossary, after: Glossary) -> Changes:
    """Return what became of the terms.

    >>> changes(Glossary((), (Term("A", "V"),)), Glossary((), (Term("a", "V"), Term("B", "V"))))
    Changes(added=1, changed=1, unchanged=0, removed=0)
    """
    old = {key(term.path): term for term in before.terms}
    new = {key(term.path): term for term in after.terms}
    shared = old.keys() & new.keys()
    changed = sum(old[path] != new[path] for path in shared)
    return Changes(len(new) - len(shared), changed, len(shared) - changed, len(old) - len(shared))


def _overlaid(
    old: Iterable[Item], new: Iterable[Item], same: Callable[[Item], Hashable]
) -> tuple[Item, ...]:
    found = {same(item): item for item in old}
    found |= {same(item): item for item in new}
    return tuple(found.values())


def _respelt(glossary: Glossary) -> Glossary:
    tree: dict[str, str] = {}
    for category in sorted(glossary.categories, key=lambda c: c.path.count(SEPARATOR)):
        parent = tree.get(key(category.parent), category.parent)
        tree[key(category.path)] = SEPARATOR.join(filter(None, (parent, category.name)))
    terms = [_below(term, tree) for term in glossary.terms]
    paths = {key(term.path): term.path for term in terms}
    return Glossary(
        tuple(replace(c, path=tree[key(c.path)]) for c in glossary.categories),
        tuple(_referring(term, paths) for term in terms),
        tuple(replace(link, term=paths.get(key(link.term), link.term)) for link in glossary.links),
    )


def _below(term: Term, tree: dict[str, str]) -> Term:
    return replace(
        term,
        category=tree.get(key(term.category), term.category),
        secondary_categories=_spelt(term.secondary_categories, tree),
    )


def _referring(term: Term, paths: dict[str, str]) -> Term:
    return replace(
        term,
        related=_spelt(term.related, paths),
        part_of=_spelt(term.part_of, paths),
        type_of=_spelt(term.type_of, paths),
    )


def _spelt(references: Sequence[str], known: dict[str, str]) -> tuple[str, ...]:
    return tuple(known.get(key(reference), reference) for reference in references)
