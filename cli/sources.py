"""``sources``: which sources there are, and whether a specification fits files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import output
from core.errors import DataError

commands = typer.Typer(no_args_is_help=True, help="Descriptions of banks' files.")


@commands.command("list")
def list_sources(as_json: output.AsJson = False) -> None:
    """List the sources that come with the product."""
    from core.sources.spec import catalogue, load_spec

    specs = [load_spec(name) for name in catalogue()]
    if as_json:
        output.say_json([{"name": s.name, "title": s.title} for s in specs])
    else:
        rows = [(s.name, s.title, s.description) for s in specs]
        output.say_table(("Name", "Title", "What it is"), rows)


@commands.command()
def check(
    source: Annotated[
        str, typer.Argument(help="A shipped source's name, or a specification file.")
    ],
    path: Annotated[Path, typer.Argument(help="The folder with the files.")],
) -> None:
    """Say every mistake at once: in the specification, in the files, and where they do not fit."""
    from core.sources.checking import check_source

    found = check_source(source, path)
    for remark in found.remarks:
        output.say(f"Worth knowing: {remark}")
    if found.mistakes:
        raise DataError("\n".join(f"- {mistake}" for mistake in found.mistakes))
    output.say(f"{source} fits the files in {path}.")
