"""``sources``: which sources there are, and whether a specification fits files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from cli import output
from cli.options import AsOf, parse_day
from cli.source_database import is_database, tables_of, unknown_place
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
    path: Annotated[
        Optional[Path],  # noqa: UP045  (Typer reads this at run time)
        typer.Argument(help="The folder with the files, where there are any."),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Say every mistake at once: in the specification, in the files, and where they do not fit."""
    from core.sources.checking import check_source

    found = check_source(source, path, tables_of, as_of=parse_day(as_of))
    for remark in found.remarks:
        output.say(f"Worth knowing: {remark}")
    if found.mistakes:
        raise DataError("\n".join(f"- {mistake}" for mistake in found.mistakes))
    fits = f"fits the files in {path}" if path else "has no mistakes"
    output.say(f"{source} {fits}.")


@commands.command()
def draft(
    path: Annotated[
        str,
        typer.Argument(
            help="The folder with the files (CSV or Parquet), or a database: $VARIABLE"
            " that holds its URL, or a URL without password."
        ),
    ],
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o", help="Folder of the draft, or FILE.toml in it."),
    ] = None,
    name: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Name of the data set; by default the folder's, or bank."),
    ] = None,
    currency: Annotated[str, typer.Option(help="Three letters; files rarely tell it.")] = "EUR",
    as_of: AsOf = None,
    as_json: output.AsJson = False,
) -> None:
    """Propose a specification for unknown files or tables, with the reason beside each guess."""
    from core.sources.drafting.draft import draft_source
    from core.sources.drafting.output import refuse_overwriting, write_draft

    is_stored = is_database(path)
    given = out or Path(f"{name or ('bank' if is_stored else Path(path).resolve().name)}-source")
    refuse_overwriting(given)
    day = parse_day(as_of)
    with unknown_place(path) as place, output.progress_bar() as report:
        made = draft_source(place, name=name, currency=currency, as_of=day, progress=report)
    written = write_draft(made, given)
    lines = [f"Drafted {made.name}: {', '.join(str(file) for file in written)}."]
    lines += [f"Worth knowing: {remark}." for remark in made.remarks]
    lines += [f"To settle before loading: {doubt}." for doubt in made.doubts]
    where = "" if is_stored else f" {path}"
    lines.append(f"Look through {written[0]}, then: manage.py sources check {written[0]}{where}")
    output.say_record(
        {"name": made.name, "files": written, "remarks": made.remarks, "doubts": made.doubts},
        as_json=as_json,
        sentence="\n".join(lines),
    )
