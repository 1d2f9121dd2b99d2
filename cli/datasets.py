"""From files to a published segmentation: ingest, segment, publish, roll back, refresh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from cli import output, recipe
from cli.batch import database, writing
from cli.options import AsOf, DatabaseUrl, Seed, Switches, parse_day, parse_k
from cli.source_database import tables_of
from core.lens import Scaler
from core.pipeline.options import SegmentOptions, checked_overrule, checked_purpose
from core.readmodels import RunId, VerdictLevel
from core.segmentation.labels import ALGORITHM_LABELS
from db.queries.runs import runs as run_history
from settings import load_settings

if TYPE_CHECKING:
    from core.pipeline.reports import IngestReport, RunReport

# The pipeline is imported inside the commands that run it: it loads scikit-learn and DuckDB, and
# every other command should answer at once.

SourceName = Annotated[
    str, typer.Argument(help="A shipped source's name, or a specification file.")
]
DatasetName = Annotated[str, typer.Argument(help="Name of a data set, e.g. bank.")]
Folder = Annotated[
    Optional[Path],  # noqa: UP045  (Typer reads this at run time)
    typer.Argument(metavar="PATH", help="The folder with the files, where there are any."),
]
ALGORITHM_HELP = f"How customers are grouped: {', '.join(sorted(ALGORITHM_LABELS))}."
Force = Annotated[bool, typer.Option("--force", help="Publish even what is judged 'Do not use'.")]


def register(cli: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    for command in (ingest_files, segment_dataset, publish, rollback, refresh_dataset, runs):
        cli.command(_NAMES.get(command.__name__, command.__name__))(command)


_NAMES = {"ingest_files": "ingest", "segment_dataset": "segment", "refresh_dataset": "refresh"}


def ingest_files(
    source: SourceName,
    path: Folder = None,
    as_of: AsOf = None,
    switch: Switches = None,
    as_json: output.AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Read a bank's files, check them, build features and store a snapshot."""
    from core.pipeline.ingest import ingest
    from core.sources.spec import load_spec
    from core.sources.switches import parse_switches, with_switches

    spec, day, switches = load_spec(source), parse_day(as_of), parse_switches(switch or ())
    with_switches(spec, switches)  # what is not one is refused before anything is opened
    settings = load_settings(database_url=database_url)
    with (
        tables_of(spec, path) as reader,
        writing(settings) as stores,
        output.progress_bar() as report,
    ):
        done = ingest(
            spec,
            path,
            reader=reader,
            as_of=day,
            switches=switches,
            snapshots=stores.snapshots,
            progress=report,
        )
    output.say_record(done.record(), as_json=as_json, sentence=ingest_sentence(done))


def segment_dataset(
    dataset: DatasetName,
    lens: Annotated[list[str] | None, typer.Option(help="Only this lens; may be repeated.")] = None,
    k: Annotated[str | None, typer.Option("--k", help="Number of segments: 4, or 3..8.")] = None,
    scaler: Annotated[Scaler | None, typer.Option(help="How features are scaled.")] = None,
    algorithm: Annotated[str | None, typer.Option(help=ALGORITHM_HELP)] = None,
    seed: Seed = 0,
    impute: recipe.ImputeOption = None,
    caps: recipe.CapsOption = None,
    logs: recipe.LogsOption = None,
    weight: recipe.WeightOption = None,
    add: recipe.AddOption = None,
    leave_out: recipe.LeaveOutOption = None,
    decide_k: recipe.DecideOption = None,
    note: recipe.NoteOption = None,
    purpose: recipe.PurposeOption = None,
    compare_recipes: recipe.CompareOption = False,
    as_json: output.AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Segment the latest snapshot of a data set; the result is a draft until published."""
    from core.pipeline.run import segment

    options = SegmentOptions(
        tuple(lens or ()),
        parse_k(k),
        scaler,
        algorithm,
        seed,
        recipe.chosen_recipe(impute, caps, logs, weight, add, leave_out),
        checked_overrule(decide_k, note, recipe.whoever_runs_it()),
        checked_purpose(purpose),
        compare_recipes,
    )
    settings = load_settings(database_url=database_url)
    with writing(settings) as stores, output.progress_bar() as report:
        done = segment(
            dataset, options, snapshots=stores.snapshots, runs=stores.runs, progress=report
        )
    output.say_record(done.record(), as_json=as_json, sentence=run_sentence(done))


def publish(
    run: Annotated[int, typer.Argument(help="Number of the run.")],
    force: Force = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a run the one that everybody sees."""
    with writing(load_settings(database_url=database_url)) as stores:
        stores.runs.publish(RunId(run), force=force)
    output.say(f"Run {run} is published.")


def rollback(dataset: DatasetName, database_url: DatabaseUrl = None) -> None:
    """Go back to what was published before."""
    with writing(load_settings(database_url=database_url)) as stores:
        live = stores.runs.rollback(dataset)
    output.say(f"Run {live} is published again.")


def refresh_dataset(
    source: SourceName,
    path: Folder = None,
    as_of: AsOf = None,
    switch: Switches = None,
    refit: Annotated[bool, typer.Option("--refit", help="Fit anew instead of scoring.")] = False,
    force: Force = False,
    seed: Seed = 0,
    as_json: output.AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Ingest, score with the published models (fit where there is none), publish."""
    from core.pipeline.run import refresh
    from core.sources.spec import load_spec
    from core.sources.switches import parse_switches, with_switches

    spec, day, switches = load_spec(source), parse_day(as_of), parse_switches(switch or ())
    with_switches(spec, switches)  # what is not one is refused before anything is opened
    settings = load_settings(database_url=database_url)
    with (
        tables_of(spec, path) as reader,
        writing(settings) as stores,
        output.progress_bar() as report,
    ):
        read, done = refresh(
            spec,
            path,
            reader=reader,
            as_of=day,
            switches=switches,
            refit=refit,
            force=force,
            seed=seed,
            snapshots=stores.snapshots,
            runs=stores.runs,
            progress=report,
        )
    output.say_record(
        {**read.record(), **done.record()},
        as_json=as_json,
        sentence=f"{ingest_sentence(read)}\n{run_sentence(done)}",
    )


def runs(
    dataset: DatasetName, as_json: output.AsJson = False, database_url: DatabaseUrl = None
) -> None:
    """List the runs of a data set, newest first."""
    with (
        database(load_settings(database_url=database_url)) as engine,
        engine.connect() as connection,
    ):
        history = run_history(connection, dataset)
    columns = ("Run", "Status", "As of", "Segments", "Verdict", "Message")
    rows = [
        (
            run.run_id,
            run.status.value,
            run.as_of,
            ", ".join(f"{lens.label} {lens.k}" for lens in run.lenses),
            ", ".join(lens.verdict.value for lens in run.lenses),
            run.message,
        )
        for run in history
    ]
    if as_json:
        output.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        output.say_table(columns, rows)


def ingest_sentence(done: IngestReport) -> str:
    """Say what was read in one line, and what is worth knowing of it."""
    remarks = [f"Worth knowing: {remark}" for remark in done.remarks]
    return "\n".join([_what_was_read(done), *remarks])


def _what_was_read(done: IngestReport) -> str:
    if done.unchanged:
        return f"Nothing changed: snapshot {done.snapshot_id} already holds exactly this content."
    return (
        f"Snapshot {done.snapshot_id} as of {done.as_of}: {done.customers:,} customers, "
        f"{done.features} features; {done.rows_read:,} rows read, {done.rows_accepted:,} accepted, "
        f"{done.rows_rejected:,} rejected."
    )


def run_sentence(done: RunReport) -> str:
    """Say what a run found, a line per lens, and which of them can hardly be relied on."""
    state = "published" if done.published else "a draft (publish it to make it live)"
    lenses = (
        f"  {lens.label}: {', '.join(lens.names)} – {lens.verdict}. {lens.reason}"
        for lens in done.lenses
    )
    remarks = (
        f"Worth knowing: {lens.label} is judged {lens.verdict}. {lens.verdict_reason}"
        for lens in done.lenses
        if lens.verdict in (VerdictLevel.WEAK, VerdictLevel.REFUSE)
    )
    return "\n".join([f"Run {done.run_id} is {state}.", *lenses, *remarks])
