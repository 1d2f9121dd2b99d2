"""``score``: where customers belong, by what is published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from cli import output
from cli.batch import database
from cli.options import AsOf, DatabaseUrl, parse_day
from core.errors import UsageError
from settings import load_settings


def register(cli: typer.Typer) -> None:
    """Add the command of this module to the command line."""
    cli.command()(score)


def score(
    dataset: Annotated[str, typer.Argument(help="Name of the data set.")],
    file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="[FILE]", help="CSV or Parquet file, a row of features each."),
    ] = None,
    ids: Annotated[
        Optional[str],  # noqa: UP045  (Typer reads this at run time)
        typer.Option("--ids", help="File of customers' ids, one per line; - reads them typed in."),
    ] = None,
    lens: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--lens", help="Which lens; default: the first behavioural one."),
    ] = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("-o", "--out", help="Write the answers to this CSV file."),
    ] = None,
    ranges: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--ranges", help="Write the segments' ranges (min, max) to this CSV file."),
    ] = None,
    rejects: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--rejects", help="Score what can be; list the other rows in this CSV file."),
    ] = None,
    as_of: AsOf = None,
    as_json: output.AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Score a file of features, or chosen customers by their ids: answers in the order asked."""
    if file is not None:
        if ids is not None or ranges is not None or as_of is not None:
            raise UsageError("A FILE is scored by itself: leave out --ids, --ranges and --as-of.")
        _score_file(dataset, file, lens, out, rejects, as_json, database_url)
        return
    from cli.files import csv_text, write_csv
    from cli.score_ids import COLUMNS, RANGES, read_ids, score_ids

    if ids is None:
        raise UsageError(
            "Say whom to score: a FILE of features, --ids FILE, or --ids - to type them in."
        )
    day, asked = parse_day(as_of), read_ids(ids)
    settings = load_settings(database_url=database_url)
    with database(settings) as engine, engine.connect() as connection:
        done = score_ids(
            connection,
            dataset,
            asked,
            lens=lens,
            as_of=day,
            smallest_group=settings.smallest_group,
        )
    if ranges is not None:
        write_csv(ranges, RANGES, done.range_rows())
    if as_json:
        output.say_json(
            {
                "lens": done.lens,
                "as_of": done.as_of,
                "answers": done.rows(),
                "ranges": done.range_rows(),
            }
        )
    elif out is not None:
        write_csv(out, COLUMNS, done.rows())
        output.say(f"{len(done.answers):,} ids are answered in {out}, in the order asked.")
    else:
        output.say(csv_text(COLUMNS, done.rows()).rstrip("\n"))


def _score_file(
    dataset: str,
    file: Path,
    lens: str | None,
    out: Path | None,
    rejects: Path | None,
    as_json: bool,
    database_url: str | None,
) -> None:
    from cli.files import write_csv
    from cli.score_file import score_file, write_answers

    if out is None and not as_json:
        raise UsageError("Say where the answers go: -o OUT.csv (or .parquet).")
    with database(load_settings(database_url=database_url)) as engine, engine.connect() as read:
        done = score_file(read, dataset, file, lens=lens, keep_going=rejects is not None)
    if rejects is not None:
        listed = [{"line": e.line, "column": e.column, "reason": e.reason} for e in done.errors]
        write_csv(rejects, ("line", "column", "reason"), listed)
    if out is not None:
        write_answers(out, done.rows)
    if as_json:
        output.say_json({"lens": done.lens.name, "answers": done.rows})
        return
    parts = [f"{len(done.rows):,} rows are answered by {done.lens.label} in {out}"]
    if rejects is not None:
        parts.append(
            f"{len({e.line for e in done.errors}):,} rows are not, and listed in {rejects}"
        )
    if done.passed_over:
        parts.append(f"not looked at: {', '.join(done.passed_over)}")
    output.say(" ".join(filter(None, [f"{'; '.join(parts)}.", done.known])))
