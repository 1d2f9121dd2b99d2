"""What a feature's label means: the words of its tooltip, from its term and its own description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from core.glossary.model import FEATURES, Link, Term, key

ANY = "*"  # at the end of a link's column: every feature whose name begins so


class Described(Protocol):
    """What is needed of a feature: its catalogue entry has it."""

    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102


def links_by_feature(links: Iterable[Link], features: Iterable[str]) -> dict[str, Link]:
    """Return the link that explains each feature; features without one are absent.

    The feature's own name goes before a beginning that ends with ``*``, the longest beginning
    before the others.

    >>> found = links_by_feature(
    ...     [Link("A >> Fee", "fee*", "features"), Link("A >> Sum", "fee_sum", "features")],
    ...     ["fee_sum", "fee_mean", "age"],
    ... )
    >>> {name: link.term for name, link in found.items()}
    {'fee_sum': 'A >> Sum', 'fee_mean': 'A >> Fee'}
    """
    ours = {key(link.column): link for link in links if key(link.table) == FEATURES}
    beginnings = sorted((c for c in ours if c.endswith(ANY)), key=len, reverse=True)
    found: dict[str, Link] = {}
    for name in features:
        same = key(name)
        column = (
            same
            if same in ours
            else next((c for c in beginnings if same.startswith(c[: -len(ANY)])), None)
        )
        if column is not None:
            found[name] = ours[column]
    return found


def meaning(feature: Described, term: Term | None) -> str:
    """Return what a feature's label means in the reader's words.

    The term's definition; where the label is not the term's name or synonym, the feature's own
    description comes first, and without a term it stands alone.
    """
    if term is None or not term.description:
        return feature.description
    if is_called(term, feature.label):
        return term.description
    own = feature.description if feature.description.endswith(".") else f"{feature.description}."
    return f"{own} {term.name}: {term.description}"


def is_called(term: Term, label: str) -> bool:
    """Whether a term goes by that name.

    >>> is_called(Term("Tenure", "R", synonyms=("Years with the bank",)), "years with the bank")
    True
    """
    names = (term.name, *term.synonyms, *term.abbreviations)
    return key(label) in {key(name) for name in names}


def labelled(terms: Iterable[Term]) -> Mapping[str, Term]:
    """Return terms by every name they go by; a name that several have belongs to none of them.

    Names go before synonyms and abbreviations.
    """
    known = tuple(terms)
    names = _unambiguous((term.name, term) for term in known)
    others = _unambiguous(
        (name, term) for term in known for name in (*term.synonyms, *term.abbreviations)
    )
    return {**others, **names}


def _unambiguous(named: Iterable[tuple[str, Term]]) -> dict[str, Term]:
    found: dict[str, list[Term]] = {}
    for name, term in named:
        same = found.setdefault(key(name), [])
        if term not in same:
            same.append(term)
    return {name: terms[0] for name, terms in found.items() if len(terms) == 1}
