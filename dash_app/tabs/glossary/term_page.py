"""One term closely: what it means, what it belongs to, and which figures of the data carry it."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from core.glossary.model import FEATURES, SEPARATOR, Term
from core.readmodels import LensSummary
from dash_app.components.cards import card
from dash_app.components.empty import empty_state
from dash_app.components.links import link
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import feature_label
from dash_app.figures.text import joined
from dash_app.formats import day
from dash_app.selection import Selection, href
from dash_app.tabs.glossary.reading import Words
from dash_app.tabs.glossary.view import classification_chips
from db.queries.glossary import FeatureTerm


def term_page(words: Words, selection: Selection) -> Component:
    """Return the page of the term that the URL names, or say that there is none."""
    term = words.term(selection.term)
    back = link("All terms", href(selection, term=None))
    if term is None:
        return empty_state(
            f"There is no term called “{selection.term}”",
            "It may have been renamed, or several categories have one of that name.",
            actions=(back,),
        )
    return html.Div(
        [
            card(
                term.name,
                html.P(term.description or "Not defined yet.", className="lead-sentence"),
                html.Div(classification_chips(term), className="glossary-chips"),
                html.Dl(
                    [part for fact in _facts(term, words, selection) for part in fact],
                    className="glossary-facts",
                ),
                subtitle=_place(term, selection),
                tools=(back,),
            ),
            *_use(term, words, selection),
        ],
        className="stack",
    )


def _place(term: Term, selection: Selection) -> list[Component | str]:
    parts = term.category.split(SEPARATOR)
    paths = [SEPARATOR.join(parts[: i + 1]) for i in range(len(parts))]
    found: list[Component | str] = []
    for name, path in zip(parts, paths, strict=True):
        found += [" › "] if found else []
        found.append(link(name, href(selection, category=path, term=None, query=None)))
    return found


def _facts(term: Term, words: Words, selection: Selection) -> Iterable[tuple[Component, Component]]:
    terms = words.glossary.terms

    def others(field: str) -> list[str]:
        return [one.path for one in terms if term.path in getattr(one, field)]

    related = list(dict.fromkeys((*term.related, *others("related"))))
    span = " to ".join(day(one) for one in (term.business_start, term.business_end) if one)
    texts = {
        "Abbreviations": "; ".join(term.abbreviations),
        "Synonyms": "; ".join(term.synonyms),
        "Tags": "; ".join(term.tags),
        "Data classes": "; ".join(term.data_classes),
        "Stewards": "; ".join(term.stewards),
        "Valid": span,
        "Also in": "; ".join(term.secondary_categories),
    }
    links = {
        "Part of": list(term.part_of),
        "Has parts": others("part_of"),
        "A kind of": list(term.type_of),
        "Kinds of it": others("type_of"),
        "Related": related,
    }
    for label, text in texts.items():
        if text:
            yield html.Dt(label), html.Dd(text)
    for label, paths in links.items():
        if paths:
            yield html.Dt(label), html.Dd(_term_links(paths, words, selection))


def _term_links(paths: list[str], words: Words, selection: Selection) -> list[Component | str]:
    found: list[Component | str] = []
    for path in paths:
        term = words.term(path)
        if term is not None:
            found += [", "] if found else []
            found.append(link(term.name, href(selection, term=words.address(term))))
    return found


def _use(term: Term, words: Words, selection: Selection) -> list[Component]:
    """Return which features of the data set carry the term, and columns of files."""
    features = words.carried_by(term)
    columns = [
        f"{one.table}.{one.column}"
        for one in words.glossary.links
        if one.term == term.path and one.table != FEATURES
    ]
    cards = []
    if features:
        title = words.run.dataset.title if words.run else words.dataset or "this data set"
        caption = f"Figures of {title} that carry it"
        cards.append(
            card(
                caption,
                rows_table(
                    (Column("Figure"), Column("What it is"), Column("Where it is used")),
                    [_row(one, words, selection) for one in features],
                    caption=caption,
                ),
            )
        )
    if columns:
        cards.append(card("Columns of files", html.P("; ".join(columns))))
    return cards


def _row(feature: FeatureTerm, words: Words, selection: Selection) -> tuple[object, ...]:
    lenses = words.run.lenses if words.run else ()
    used = [part for lens in lenses if (part := _use_in(feature, lens, selection)) is not None]
    where: list[Component | str] = []
    for part in used:
        where += [html.Br()] if where else []
        where.append(part)
    return (
        feature_label(feature.label, feature.name),
        feature.description,
        where or f"Kept; in no {feature.side} lens",
    )


def _use_in(feature: FeatureTerm, lens: LensSummary, selection: Selection) -> Component | None:
    roles = {
        "makes its segments": feature.name in lens.inputs,
        "axis of its radar": feature.name in lens.radar,
        "its value": feature.name == lens.value_feature,
    }
    said = [words for words, is_so in roles.items() if is_so]
    if not said:
        return None
    address = href(selection, tab=lens.side, lens=lens.name, feature=feature.name)
    return html.Span([link(lens.label, address), f": {joined(said)}"])
