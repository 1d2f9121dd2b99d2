"""A document as an HTML page: headings, tables with captions, contents; every word escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from core.document.blocks import (
    Block,
    Bullets,
    CellKind,
    Column,
    Document,
    Paragraph,
    Section,
    Table,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page has around the document: files that it loads, or its style; links above it.

    ``styles`` and ``scripts`` are addresses, ``css`` a style sheet to be written into the page.
    It is ours: nothing of
    a person's stands in it. ``links`` are (words, address, name of the file to save or "").
    """

    styles: Sequence[str] = ()
    scripts: Sequence[str] = ()
    css: str = ""
    icon: str = ""
    links: Sequence[tuple[str, str, str]] = ()


def to_html(document: Document, around: Surroundings) -> str:
    """Return the whole page.

    >>> "<h1>A &lt;b&gt;</h1>" in to_html(Document("A <b>", "", ()), Surroundings())
    True
    """
    sections = [_section(section, (index,)) for index, section in enumerate(document.sections, 1)]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(document.title)}</title>",
            *_head(around),
            "</head>",
            '<body class="model-document">',
            '<a class="skip" href="#text">Skip to the text</a>',
            *_links(around),
            '<main id="text">',
            "<header>",
            f"<h1>{escape(document.title)}</h1>",
            f'<p class="subtitle">{escape(document.subtitle)}</p>',
            "</header>",
            _contents(document),
            *sections,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def anchor(place: Sequence[int], title: str) -> str:
    """Return the id of a section: unique by its place, readable by its title.

    >>> anchor((3, 1), "Why 4 segments?")
    'section-3-1-why-4-segments'
    """
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return "-".join(["section", *(str(number) for number in place), words]).rstrip("-")


def _head(around: Surroundings) -> Iterator[str]:
    if around.icon:
        yield f'<link rel="icon" type="image/svg+xml" href="{escape(around.icon)}">'
    for script in around.scripts:
        yield f'<script src="{escape(script)}"></script>'
    for style in around.styles:
        yield f'<link rel="stylesheet" href="{escape(style)}">'
    if around.css:
        yield f"<style>\n{around.css}\n</style>"


def _links(around: Surroundings) -> Iterator[str]:
    if not around.links:
        return
    yield '<nav class="actions" aria-label="Document">'
    for words, address, file in around.links:
        saved = f' download="{escape(file)}"' if file else ""
        yield f'<a href="{escape(address)}"{saved}>{escape(words)}</a>'
    yield "</nav>"


def _contents(document: Document) -> str:
    items = [
        f'<li><a href="#{anchor((index,), section.title)}">{escape(section.title)}</a></li>'
        for index, section in enumerate(document.sections, 1)
    ]
    return f'<nav class="contents" aria-label="Contents"><ol>{"".join(items)}</ol></nav>'


def _section(section: Section, place: tuple[int, ...]) -> str:
    level = min(len(place) + 1, 6)
    name = anchor(place, section.title)
    numbered = f"{'.'.join(str(number) for number in place)} {section.title}"
    return "\n".join(
        [
            f'<section aria-labelledby="{name}">',
            f'<h{level} id="{name}">{escape(numbered)}</h{level}>',
            *(_block(block) for block in section.blocks),
            *(_section(below, (*place, at)) for at, below in enumerate(section.sections, 1)),
            "</section>",
        ]
    )


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        lead = ' class="lead"' if block.is_lead else ""
        return f"<p{lead}>{escape(block.text)}</p>"
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
    return _table(block)


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col"{_of(c)}>{escape(c.label)}</th>' for c in table.columns)
    rows = "\n".join(_row(table.columns, row) for row in table.rows)
    caption = escape(table.caption)
    wide = " wide" if len(table.columns) > 6 else ""
    return (
        f'<div class="table{wide}" role="region" tabindex="0" aria-label="{caption}">\n'
        f"<table>\n<caption>{caption}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(columns: Sequence[Column], row: Sequence[str]) -> str:
    cells = [
        f'<th scope="row"{_of(column)}>{escape(cell)}</th>'
        if not index
        else f"<td{_of(column)}>{escape(cell)}</td>"
        for index, (column, cell) in enumerate(zip(columns, row, strict=True))
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _of(column: Column) -> str:
    return "" if column.kind is CellKind.TEXT else f' class="{column.kind.value}"'
