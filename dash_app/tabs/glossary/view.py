"""The glossary as a list: the tree of categories, and the terms that were asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from core.glossary.model import SEPARATOR, Category, Term, key
from core.glossary.search import found
from dash_app.components.cards import card
from dash_app.components.chips import Tone, chip
from dash_app.components.empty import empty_state
from dash_app.components.links import link
from dash_app.selection import Selection, href
from dash_app.tabs.glossary.reading import Part, Words

NO_TERMS = "python manage.py db upgrade"


def tree_card(words: Words, selection: Selection) -> Component:
    """Return the categories as links, each with the number of terms in it and below."""
    counts = _counts(words.glossary.terms)
    everything = _branch("All terms", None, len(words.glossary.terms), 0, selection)
    branches = [
        _branch(c.name, c.path, counts[key(c.path)], c.path.count(SEPARATOR) + 1, selection)
        for c in in_tree_order(words.glossary.categories)
    ]
    return card(
        "Categories",
        html.Nav(
            html.Ul([everything, *branches], className="glossary-tree"),
            **{"aria-label": "Categories of the glossary"},
        ),
    )


def in_tree_order(categories: Sequence[Category]) -> list[Category]:
    """Return categories with each branch below its parent, in their order among siblings."""
    below: dict[str, list[Category]] = {}
    for category in categories:
        below.setdefault(key(category.parent), []).append(category)

    def walk(parent: str) -> list[Category]:
        return [one for c in below.get(parent, ()) for one in (c, *walk(key(c.path)))]

    return walk("")


def terms_card(words: Words, selection: Selection) -> Component:
    """Return the terms of the search and the category in view."""
    terms = found(words.glossary.terms, selection.query or "", selection.category or "")
    if not words.glossary.terms:
        return empty_state(
            "The glossary is empty",
            "Its terms come with the first data set, or with:",
            command=NO_TERMS,
        )
    if not terms:
        return empty_state(
            finding(terms, selection),
            "Try another word, or a part of one. Definitions and synonyms are searched too.",
            actions=(link("Show all terms", href(Selection("glossary", selection.dataset))),),
        )
    if not selection.query and not selection.category:
        return _index(terms, words, selection)
    return card(
        finding(terms, selection),
        html.Dl([part for term in terms for part in _entry(term, words, selection)]),
        class_name="glossary-terms",
    )


def finding(terms: Sequence[Term], selection: Selection) -> str:
    """Return how many terms there are for what was asked.

    >>> finding([], Selection(query="recency"))
    'No term for “recency”'
    """
    number = {0: "No term", 1: "1 term"}.get(len(terms), f"{len(terms)} terms")
    asked = f" for “{selection.query}”" if selection.query else ""
    branch = f" in {selection.category}" if selection.category else ""
    return f"{number}{asked}{branch}"


def classification_chips(term: Term) -> list[Component]:
    """Return how carefully a term is to be handled."""
    return [chip(c.value, Tone.CARE, icon_name="shield-lock") for c in term.classifications]


def _index(terms: Sequence[Term], words: Words, selection: Selection) -> Component:
    """Return the names of every term, those of the data set in view first and open.

    Hovering a name shows what it means.
    """
    return card(
        f"{finding(terms, selection)} from A to Z",
        *(
            html.Details(
                [
                    html.Summary([part.value, html.Span(str(len(members)))]),
                    _letters(members, words, selection),
                ],
                open=part is Part.HERE,
                className="glossary-part",
            )
            for part, members in words.parted(terms).items()
            if members
        ),
        subtitle="A category or a search shows the definitions",
    )


def _letters(terms: Sequence[Term], words: Words, selection: Selection) -> Component:
    """Return names of terms by their first letter."""
    ordered = sorted(terms, key=lambda term: (key(term.name), term.path))
    return html.Div(
        [
            html.Section(
                [
                    html.H3(letter, className="glossary-letter"),
                    html.Ul([html.Li(_name(term, words, selection)) for term in members]),
                ],
                className="glossary-section",
            )
            for letter, members in groupby(ordered, key=lambda term: term.name[:1].upper())
        ],
        className="glossary-index",
    )


def _name(term: Term, words: Words, selection: Selection) -> Component:
    return link(term.name, href(selection, term=words.address(term)), "glossary-name")


def _entry(term: Term, words: Words, selection: Selection) -> tuple[Component, Component]:
    others = "; ".join((*term.abbreviations, *term.synonyms))
    name: list[Component | str] = [_name(term, words, selection)]
    if others:
        name.append(html.Span(f" also {others}", className="field-hint"))
    return (
        html.Dt([*name, *classification_chips(term)]),
        html.Dd(term.description or "Not defined yet."),
    )


def _branch(
    name: str, path: str | None, number: int, depth: int, selection: Selection
) -> Component:
    is_current = selection.term is None and (selection.category or "") == (path or "")
    current = {"aria-current": "true"} if is_current else {}
    return html.Li(
        link(
            [html.Span(name), html.Span(str(number), className="glossary-count")],
            href(selection, category=path, term=None),
            "glossary-branch",
            **current,
        ),
        className=f"depth-{min(depth, 4)}",
    )


def _counts(terms: Sequence[Term]) -> Counter[str]:
    """Return the number of terms in each category and below it."""
    counts: Counter[str] = Counter()
    for term in terms:
        within = set()
        for path in (term.category, *term.secondary_categories):
            parts = key(path).split(SEPARATOR)
            within |= {SEPARATOR.join(parts[: i + 1]) for i in range(len(parts))}
        counts.update(within)
    return counts
