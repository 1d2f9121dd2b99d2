"""A document as Markdown (CommonMark with the tables of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.document.blocks import Block, Bullets, CellKind, Document, Paragraph, Section, Table

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~])")
_AT_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def to_markdown(document: Document) -> str:
    r"""Return the document as text; nothing that a person wrote becomes markup.

    >>> print(to_markdown(Document("Run *1*", "Today", (Section("Data", (Paragraph("Two."),)),))))
    # Run \*1\*
    <BLANKLINE>
    Today
    <BLANKLINE>
    ## Data
    <BLANKLINE>
    Two.
    <BLANKLINE>
    """
    parts = [f"# {escaped(document.title)}", paragraph(document.subtitle)]
    for section in document.sections:
        parts += _section(section, 2)
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""Return a text on one line in which nothing is markup.

    >>> escaped("a|b <i> [x](y) & z")
    'a\\|b \\<i\\> \\[x\\](y) &amp; z'
    """
    line = " ".join(text.split())
    return _ACTIVE.sub(r"\\\1", line.replace("&", "&amp;"))


def paragraph(text: str) -> str:
    r"""Return a paragraph; what stands first makes neither heading nor list.

    >>> paragraph("# 1"), paragraph("- x"), paragraph("1. x")
    ('\\# 1', '\\- x', '1\\. x')
    """
    line = escaped(text)
    found = _AT_START.match(line)
    if found is None:
        return line
    mark = found.group(2)
    if mark.isdigit():
        return f"{mark}\\{line[found.end() :]}"
    return f"\\{line[found.start(2) :]}"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(section.title)}"
    for block in section.blocks:
        yield _block(block)
    for below in section.sections:
        yield from _section(below, level + 1)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return paragraph(block.text)
    if isinstance(block, Bullets):
        return "\n".join(f"- {paragraph(item)}" for item in block.items)
    return _table(block)


def _table(table: Table) -> str:
    rules = ["---:" if c.kind is CellKind.NUMBER else "---" for c in table.columns]
    lines = [
        [escaped(column.label) for column in table.columns],
        rules,
        *([escaped(cell) for cell in row] for row in table.rows),
    ]
    written = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"*{escaped(table.caption)}*\n\n{written}"
