"""From what files say to a glossary in which everything that is referred to exists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeVar

from core.glossary.mistakes import GlossaryError, Mistake, Place
from core.glossary.model import FEATURES, SEPARATOR, Glossary, Link, Term, key
from core.glossary.reading import Draft
from core.glossary.rows import Record

_REFERENCES = {"related": "Related Terms", "part_of": "Part Of Terms", "type_of": "Type of Terms"}
_TREES = ("part_of", "type_of")

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Columns:
    """What links may lead to: (table, column) in small letters; features in table "features"."""

    known: frozenset[tuple[str, str]]

    def __contains__(self, link: object) -> bool:
        """Whether a link leads to something that exists."""
        return (
            isinstance(link, Link) and (link.table.casefold(), link.column.casefold()) in self.known
        )


def columns_of(places: Iterable[tuple[str, str]]) -> Columns:
    """Return the columns of those (table, column) pairs."""
    return Columns(frozenset((table.casefold(), column.casefold()) for table, column in places))


def checked(draft: Draft, existing: Glossary, columns: Columns | None) -> Glossary:
    """Return the draft's glossary, its references in full.

    Parameters
    ----------
    draft
        What the files say (`core.glossary.reading.read_draft`).
    existing
        What the files are added to: references may lead there. Empty: the files stand alone.
    columns
        What links may lead to; None: links are not looked up.

    Returns
    -------
    Glossary
        Only what the files say. Every reference is the path of a term or category of the files or
        of ``existing``.

    Raises
    ------
    GlossaryError
        Anything is wrong: doubled, unknown, ambiguous, or part of itself. All of it is named.
    """
    mistakes = list(draft.mistakes)
    categories = _one_each(draft.categories, "category", lambda c: c.path, mistakes)
    tree = {key(c.path): c.path for c in existing.categories}
    tree |= {key(c.path): c.path for c in categories}
    for category, record in draft.categories:
        if category.parent and key(category.parent) not in tree:
            mistakes.append(
                _unknown(record, "Category", "category", category.parent, tree.values())
            )
    terms = _one_each(draft.terms, "term", lambda t: t.path, mistakes)
    names = _Names([*existing.terms, *terms])
    resolved = [_resolved(term, record, tree, names, mistakes) for term, record in draft.terms]
    mistakes += _circles(resolved, draft, existing)
    links = [_linked(link, record, names, columns, mistakes) for link, record in draft.links]
    _one_each(
        [(link, record) for link, (_, record) in zip(links, draft.links, strict=True)],
        "link of",
        lambda link: " / ".join(part for part in link.place if part),
        mistakes,
    )
    if mistakes:
        raise GlossaryError(mistakes)
    return Glossary(tuple(categories), tuple(resolved), tuple(links))


class _Names:
    """Terms by path and by name."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.paths = {key(term.path): term.path for term in terms}
        self._by_name: dict[str, set[str]] = {}
        for path in self.paths.values():
            self._by_name.setdefault(key(path.rpartition(SEPARATOR)[2]), set()).add(path)

    def find(self, reference: str) -> Sequence[str]:
        """Return the paths that a reference may mean: none, one or several."""
        if key(reference) in self.paths:
            return [self.paths[key(reference)]]
        return sorted(self._by_name.get(key(reference), ()))

    def all(self) -> list[str]:
        """Return what a reference may say."""
        return [path.rpartition(SEPARATOR)[2] for path in self.paths.values()]


def _one_each(
    found: Iterable[tuple[Item, Record]],
    what: str,
    path: Callable[[Item], str],
    mistakes: list[Mistake],
) -> list[Item]:
    seen: dict[str, tuple[Item, Record]] = {}
    for item, record in found:
        first = seen.setdefault(key(path(item)), (item, record))
        if first[1] is not record:
            where = f"{first[1].place.file}, line {first[1].place.line}"
            sentence = f"The {what} {path(item)!r} stands already in {where}. Keep one of them."
            mistakes.append(Mistake(record.place, "", sentence))
    return [item for item, _ in seen.values()]


def _resolved(
    term: Term,
    record: Record,
    tree: Mapping[str, str],
    names: _Names,
    mistakes: list[Mistake],
) -> Term:
    changes: dict[str, object] = {}
    if term.category:
        if key(term.category) not in tree:
            mistakes.append(_unknown(record, "Category", "category", term.category, tree.values()))
        changes["category"] = tree.get(key(term.category), term.category)
    for i, path in enumerate(term.secondary_categories):
        if key(path) not in tree:
            at = "Secondary Categories"
            mistakes.append(_unknown(record, at, "category", path, tree.values(), i))
    changes["secondary_categories"] = tuple(
        tree.get(key(path), path) for path in term.secondary_categories
    )
    for field, header in _REFERENCES.items():
        given: tuple[str, ...] = getattr(term, field)
        found = tuple(
            _term_meant(reference, record, header, i, names, mistakes)
            for i, reference in enumerate(given)
        )
        if len(set(found)) != len(found):
            sentence = "Two of the references lead to the same term."
            mistakes.append(Mistake(record.place, header, sentence))
        changes[field] = found
    return replace(term, **changes)  # type: ignore[arg-type]


def _term_meant(
    reference: str,
    record: Record,
    header: str,
    position: int,
    names: _Names,
    mistakes: list[Mistake],
) -> str:
    found = names.find(reference)
    if len(found) == 1:
        return found[0]
    if found:
        paths = "; ".join(found)
        sentence = f"{reference!r} stands in several categories. Write one of: {paths}."
        mistakes.append(Mistake(_place(record, header, position), header, sentence))
    else:
        mistakes.append(_unknown(record, header, "term", reference, names.all(), position))
    return reference


def _linked(
    link: Link,
    record: Record,
    names: _Names,
    columns: Columns | None,
    mistakes: list[Mistake],
) -> Link:
    if columns is not None and link.column and link.table and link not in columns:
        what = "feature" if link.table == FEATURES else f"column of {link.table!r}"
        near = get_close_matches(
            link.column.casefold(),
            [column for table, column in columns.known if table == link.table.casefold()],
            n=3,
        )
        remedy = (
            f"Did you mean {' or '.join(near)}?"
            if near
            else "Ingest the data set first, or leave the row out."
        )
        sentence = f"No {what} is called {link.column!r}. {remedy}"
        mistakes.append(Mistake(record.place, "Column_header", sentence))
    path = _term_meant(link.term, record, "Business Terms", 0, names, mistakes)
    return replace(link, term=path)


def _circles(terms: Sequence[Term], draft: Draft, existing: Glossary) -> list[Mistake]:
    """Return a mistake for every term that is a part, or a kind, of itself."""
    found = []
    everything = {key(t.path): t for t in (*existing.terms, *terms)}
    for field in _TREES:
        above = {path: [key(p) for p in getattr(t, field)] for path, t in everything.items()}
        for term, (_, record) in zip(terms, draft.terms, strict=True):
            if _reaches_itself(key(term.path), above):
                words = "part" if field == "part_of" else "kind"
                sentence = f"{term.name!r} is, over its references, a {words} of itself."
                found.append(Mistake(record.place, _REFERENCES[field], sentence))
    return found


def _reaches_itself(start: str, above: Mapping[str, Collection[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(above.get(start, ()))
    while waiting:
        path = waiting.pop()
        if path == start:
            return True
        if path not in seen:
            seen.add(path)
            waiting += above.get(path, ())
    return False


def _unknown(
    record: Record,
    header: str,
    what: str,
    given: str,
    known: Collection[str],
    position: int = 0,
) -> Mistake:
    near = get_close_matches(given, known, n=3, cutoff=0.5)
    meant = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    sentence = f"There is no {what} {given!r}.{meant}"
    return Mistake(_place(record, header, position), header, sentence)


def _place(record: Record, header: str, position: int) -> Place:
    values = record.many(header)
    return record.at(values[position]) if position < len(values) else record.place
