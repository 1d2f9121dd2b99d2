"""A complete specification proposed from unknown files, each guess with its reason."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from core.engines.duckdb import DuckDBEngine
from core.errors import ClienteleError, DataError, UsageError
from core.features.build import build_features, catalogue
from core.pipeline.ports import Progress, TableReader, silent
from core.sources.canonical import read_source
from core.sources.drafting.attributes import Attribute, attributes, each_once
from core.sources.drafting.comments import one_line
from core.sources.drafting.doubts import Doubt, doubts
from core.sources.drafting.held import as_held
from core.sources.drafting.lens_drafts import LensDraft
from core.sources.drafting.lenses import lenses
from core.sources.drafting.linked import linked
from core.sources.drafting.loading import column_name, load_folder
from core.sources.drafting.looks import draft_table
from core.sources.drafting.queries import queries
from core.sources.drafting.references import related
from core.sources.drafting.shape import Shape, event_days, shape
from core.sources.drafting.sql import identifiers, tables_read
from core.sources.drafting.stored import load_tables
from core.sources.drafting.tables import Draft
from core.sources.drafting.toml import Heading, written
from core.sources.spec import spec_from


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A proposed specification: the texts of its files by name, and what its author should know.

    ``doubts`` are weak guesses, to be settled before anything is loaded; ``remarks`` are not.
    """

    name: str
    files: dict[str, str]
    remarks: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftedDatabase:
    """A bank's own database: its tables, and how the specification names it."""

    reader: TableReader
    named: str  # "$VARIABLE", or a URL without password


def draft_source(
    place: str | Path | DraftedDatabase,
    *,
    name: str | None = None,
    currency: str = "EUR",
    as_of: date | None = None,
    progress: Progress = silent,
) -> SourceDraft:
    """Propose a specification for the CSV and Parquet files of a folder, or a database's tables.

    The draft is tried out at once: the files are read with it and the features are built, so that
    its lenses hold what tells these customers apart. It contains no value of the files but the
    codes of columns with few different ones that identify nobody.

    Parameters
    ----------
    place
        The folder that holds the files (other kinds of files are passed over), or a database.
    name
        Of the data set; by default the folder's, and needed for a database.
    currency
        Three letters; files rarely tell it.
    as_of
        The day that the files speak of. By default the last day in the data or, where no column
        holds one, the day on which the newest file was changed; of a database it must be given.
    progress
        Called with the share done (0..1) and what happens now.

    Returns
    -------
    SourceDraft
        ``source.toml``, ``customers.sql`` and, where there are any, the queries of accounts,
        transactions and identities. The same files give the same draft.

    Raises
    ------
    UsageError
        There is no such folder.
    DataError
        It holds nothing that can be read, or nothing about customers.
    """
    if isinstance(place, str):
        place = Path(place)
    with DuckDBEngine() as engine, tempfile.TemporaryDirectory(prefix="clientele-") as scratch:
        progress(0.0, "Loading the files")
        if isinstance(place, Path):
            loaded = load_folder(engine.connection, place, Path(scratch))
        else:
            loaded = load_tables(engine.connection, place.reader)
        drafted = []
        for number, table in enumerate(loaded):
            progress(0.1 + 0.4 * number / len(loaded), f"Looking at {table.name}")
            drafted.append(draft_table(engine.connection, table))
        found_links = related(engine.connection, drafted)
        tables = {name: as_held(table) for name, table in found_links.items()}
        progress(0.5, "Trying the draft on the files")
        found = shape(engine.connection, tables)
        heading = _heading(place, name, currency, as_of, tables, found)
        return _tried(engine.connection, place, heading, tables, found, as_of)


def _heading(
    place: Path | DraftedDatabase,
    name: str | None,
    currency: str,
    as_of: date | None,
    tables: Mapping[str, Draft],
    found: Shape,
) -> Heading:
    if not re.fullmatch("[A-Z]{3}", currency):
        raise UsageError(f"--currency is {currency!r}; write three capital letters, e.g. EUR.")
    known = place.resolve().name if isinstance(place, Path) else "bank"
    plain = column_name(name or known, 0)[:40].strip("_")
    if name is not None and plain != name:
        raise UsageError(
            f"--name is {name!r}; use lower-case letters, digits and underscores, e.g. {plain}."
        )
    days = [f"{table}.{column}" for table, column in dict.fromkeys(f.day for f in found.facts)]
    if not days and not found.facts:
        customers = tables[found.customers]
        days = [f"{found.customers}.{one.name}" for one in event_days(customers)]
    return Heading(
        name=plain,
        title=plain.replace("_", " ").capitalize(),
        currency=currency,
        day=None if days else as_of or _day_of(place),
        latest_of=tuple(days),
        database="" if isinstance(place, Path) else place.named,
    )


def _day_of(place: Path | DraftedDatabase) -> date:
    """Return the day on which the newest file was changed."""
    if not isinstance(place, Path):
        raise UsageError(
            "No column of the database tells which day it speaks of; say it with --as-of."
        )
    changed = max(file.stat().st_mtime for file in place.iterdir() if file.is_file())
    return datetime.fromtimestamp(changed, tz=UTC).date()


def _tried(
    connection: duckdb.DuckDBPyConnection,
    place: Path | DraftedDatabase,
    heading: Heading,
    tables: Mapping[str, Draft],
    found: Shape,
    as_of: date | None,
) -> SourceDraft:
    """Return the draft with lenses from its own features, or with what it stumbled over."""
    taken: set[str] = set()
    drafted: tuple[LensDraft, ...] = ()
    lacking: tuple[str, ...] = ()
    stumbled: list[Doubt] = []
    for _ in range(2):
        made, joins = _attributes(connection, tables, found, taken)
        sql = queries(connection, tables, found, made, joins)
        used = tables_read(sql.values(), tables, identifiers(connection))
        text = written(heading, tables, found, made, (), used=used)
        try:
            spec = spec_from(_parsed(text), sql)
            folder = place if isinstance(place, Path) else None
            reader = None if isinstance(place, Path) else place.reader
            with read_source(spec, folder, reader=reader, as_of=as_of) as read:
                doubled = Counter(feature.name for feature in catalogue(read.tables))
                taken = {feature for feature, times in doubled.items() if times > 1}
                if taken:
                    continue
                drafted, lacking = lenses(*build_features(read.tables))
                if read.rejects:
                    told = "rows cannot be read as drafted; `sources check` says why"
                    stumbled.append(Doubt(f"{len(read.rejects):,} {told}"))
        except ClienteleError as error:
            stumbled += [Doubt(f"not yet right: {line}") for line in str(error).splitlines()]
        break
    unsure = (*stumbled, *_of_day(heading, as_of), *doubts(connection, tables, found, used))
    remarks = (*_remarks(found, drafted), *lacking)
    text = written(heading, tables, found, made, drafted, remarks, unsure, used=used)
    files = {"source.toml": text} | {f"{table}.sql": query for table, query in sql.items()}
    _parsed(text)
    told_once = dict.fromkeys(one_line(doubt.sentence.rstrip(".")) for doubt in unsure)
    return SourceDraft(heading.name, files, tuple(map(one_line, remarks)), tuple(told_once))


def _parsed(text: str) -> dict[str, object]:
    """Return what a drafted source.toml says; nothing is written that cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(
            f"The draft cannot be read as TOML: {error}. Nothing is written; look for odd "
            "characters in the headers and codes of the files."
        ) from error


def _of_day(heading: Heading, as_of: date | None) -> list[Doubt]:
    """Return the doubt about a day that no column tells and nobody gave."""
    if heading.day is None or as_of is not None:
        return []
    told = "no column tells the day that the files speak of"
    return [Doubt(f"{told}: {heading.day}, when the newest was changed, is taken")]


def _attributes(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Draft],
    found: Shape,
    taken: set[str],
) -> tuple[tuple[Attribute, ...], tuple[str, ...]]:
    """Return the attributes of the customers, and the joins to the tables that some are from."""
    if found.from_log:
        return (), ()
    cell = identifiers(connection)
    beside = linked(tables, found, cell)
    own = "c." if beside else ""
    said = attributes(tables[found.customers], lambda name: f"{own}{cell(name)}")
    said += [one for table in beside for one in table.attributes]
    return each_once(said, taken), tuple(table.join for table in beside)


def _remarks(found: Shape, drafted: Sequence[LensDraft]) -> tuple[str, ...]:
    remarks = []
    if found.from_log:
        remarks.append("there is no file of customers: they are made of the ids in the log")
    if not drafted:
        remarks.append("no lens is drafted: no features tell customers apart")
    return tuple(remarks)
