"""``export document``: the model document of a run as Markdown or as a page to print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Optional

import typer

from cli import output
from cli.batch import database
from cli.files import write_text
from cli.options import DatabaseUrl
from core.readmodels import RunId
from settings import load_settings

STYLE_SHEETS = ("0-tokens.css", "document.css")


def document(
    run: Annotated[int, typer.Argument(help="Number of the run.")],
    out: Annotated[
        Optional[Path],  # noqa: UP045  (Typer reads this at run time)
        typer.Option("-o", "--out", help="Write to this file; default: to the screen."),
    ] = None,
    html: Annotated[
        bool, typer.Option("--html", help="Write a page to print instead of Markdown.")
    ] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Write the model document of a run: purpose, data, segments, evidence, fairness, limits."""
    text = document_text(run, html=html, database_url=database_url)
    if out is None:
        output.say(text.removesuffix("\n"))
        return
    write_text(out, text)
    output.say(f"The model document of run {run} is in {out}.")


def document_text(run: int, *, html: bool, database_url: str | None) -> str:
    """Return the document; the page carries its style with it and loads nothing."""
    from core.document.markdown import to_markdown
    from core.document.model_document import model_document
    from core.document.page import Surroundings, to_html
    from db.queries.document import run_facts

    settings = load_settings(database_url=database_url)
    with database(settings) as engine, engine.connect() as connection:
        facts = run_facts(connection, RunId(run), smallest=settings.smallest_group)
    written = model_document(facts)
    if not html:
        return to_markdown(written)
    return to_html(written, Surroundings(css=style_of_a_file()))


def style_of_a_file() -> str:
    """Return the style sheets of a page that stands alone: dark where the reader's system is."""
    folder = Path(__file__).resolve().parent.parent / "assets" / "css"
    tokens, own = ((folder / name).read_text(encoding="utf-8") for name in STYLE_SHEETS)
    as_system = r"@media (prefers-color-scheme: dark) {\n:root {\1\n}\n}"
    dark = re.compile(r'^\[data-theme="dark"\] \{(.*?)\n\}', re.MULTILINE | re.DOTALL)
    return f"{dark.sub(as_system, tokens)}\n{own}"
