"""Finding terms by words: names before synonyms, synonyms before definitions."""

from __future__ import annotations

from collections.abc import Sequence

from core.glossary.model import SEPARATOR, Term, key

_ABSENT = 9


def found(terms: Sequence[Term], query: str = "", category: str = "") -> tuple[Term, ...]:
    """Return the terms that have every word of a query, the best first; all for an empty one.

    Parameters
    ----------
    terms
        The terms to search.
    query
        Words; capitals do not count. A word is found where a name, synonym, abbreviation, tag or
        definition has it, in part or in full.
    category
        Path of a branch: only terms of it, or of a branch below, also by a secondary category.

    Returns
    -------
    tuple of Term
        Terms called exactly so, then those whose name begins so, whose name has the words, that
        are also called so, that are described so; by name among equals.

    Examples
    --------
    >>> terms = [Term("Margin", "T", "Not recency."), Term("Recency", "V"), Term("Lift", "S")]
    >>> [term.name for term in found(terms, "recency")]
    ['Recency', 'Margin']
    """
    words = key(query).split()
    inside = [term for term in terms if _is_in(term, category)]
    if not words:
        return tuple(inside)
    ranked = [(_rank(term, words), key(term.name), term) for term in inside]
    return tuple(term for rank, _, term in sorted(ranked, key=lambda r: r[:2]) if rank < _ABSENT)


def _is_in(term: Term, category: str) -> bool:
    wanted = key(category)
    return not wanted or any(
        key(path) == wanted or key(path).startswith(wanted + SEPARATOR)
        for path in (term.category, *term.secondary_categories)
    )


def _rank(term: Term, words: Sequence[str]) -> int:
    name, query = key(term.name), " ".join(words)
    others = [key(text) for text in (*term.synonyms, *term.abbreviations)]
    about = " ".join([name, *others, key(term.description), *(key(tag) for tag in term.tags)])
    if not all(word in about for word in words):
        return _ABSENT
    if query == name:
        return 0
    if query in others:
        return 1
    if name.startswith(query):
        return 2
    if all(word in name for word in words):
        return 3
    return 4 if all(any(word in other for other in others) for word in words) else 5
