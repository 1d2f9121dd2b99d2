"""``export``: what other systems need of what is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Optional

import typer

from cli import document, output
from cli.batch import database
from cli.files import write_text, write_texts
from cli.options import DatabaseUrl
from core.errors import UsageError
from core.readmodels import RunId
from settings import load_settings

commands = typer.Typer(no_args_is_help=True, help="What other systems need of what is published.")


commands.command()(document.document)


@commands.command()
def training(
    run: Annotated[int, typer.Argument(help="Number of the run.")],
    out: Annotated[
        Optional[Path],  # noqa: UP045  (Typer reads this at run time)
        typer.Option("-o", "--out", help="Write to this file; default: to the screen."),
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write what a run was trained on as JSON: choices, columns, means, deviations, ranges."""
    from core.document.training_data import training_data_metadata
    from db.queries.document import input_statistics, run_facts

    settings = load_settings(database_url=database_url)
    with database(settings) as engine, engine.connect() as read:
        facts = run_facts(read, RunId(run), smallest=settings.smallest_group)
        found = training_data_metadata(facts, input_statistics(read, facts))
    _give(found, out, f"What run {run} was trained on")


@commands.command()
def mlflow(
    dataset: Annotated[str, typer.Argument(help="Name of the data set.")],
    folder: Annotated[Path, typer.Argument(help="Folder of MLflow's file store, such as mlruns.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Write the finished runs of a data set as MLflow keeps them; MLflow itself is not needed."""
    from core.document.figures import plural
    from core.document.tracking import tracked_runs
    from db.queries.document import input_statistics, run_facts
    from db.queries.runs import runs

    settings = load_settings(database_url=database_url)
    with database(settings) as engine, engine.connect() as read:
        finished = [run for run in reversed(runs(read, dataset, limit=None)) if run.lenses]
        if not finished:
            raise UsageError(f"{dataset!r} has no finished run to write.")
        facts = [run_facts(read, run.run_id, smallest=settings.smallest_group) for run in finished]
        told = [(one, input_statistics(read, one)) for one in facts]
    where = folder.resolve()
    write_texts(where, tracked_runs(told, where.as_uri(), dataset))
    output.say(
        f"{plural(len(finished), 'run')} of {dataset} {'is' if len(finished) == 1 else 'are'} in "
        f"{folder}. Look there with MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri "
        f"{folder}, or bring all into a database with mlflow migrate-filestore."
    )


@commands.command()
def schema(
    dataset: Annotated[str, typer.Argument(help="Name of the data set.")],
    lens: Annotated[
        Optional[str],  # noqa: UP045  (Typer reads this at run time)
        typer.Option("--lens", help="Which lens; default: the first behavioural one."),
    ] = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("-o", "--out", help="Write the schema to this file; default: to the screen."),
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write what `score` takes and gives as JSON: columns, types, order, version."""
    from cli.score_file import schema_of

    with database(load_settings(database_url=database_url)) as engine, engine.connect() as read:
        found = schema_of(read, dataset, lens)
    _give(found, out, f"The schema of {found['version']}")


def _give(found: object, out: Path | None, what: str) -> None:
    """Write JSON to the file, and say so; without a file to the screen."""
    text = json.dumps(found, ensure_ascii=False, indent=2)
    if out is None:
        output.say(text)
        return
    write_text(out, text + "\n")
    output.say(f"{what} is in {out}.")
