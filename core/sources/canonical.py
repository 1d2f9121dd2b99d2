"""From a bank's typed tables to the canonical ones that features are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pandas as pd

from core.engines.duckdb import DuckDBEngine
from core.pipeline.ports import Progress, TableReader, silent
from core.readmodels import FileRead, IntegrityFinding, LeftOut, Reject
from core.sources.aside import identities, left_out, left_out_findings
from core.sources.fingerprint import fingerprint
from core.sources.gathering import gather
from core.sources.last_day import snapshot_day
from core.sources.problems import AllRejectedError
from core.sources.queries import canonical_tables
from core.sources.reading import TableRead
from core.sources.relations import check_findings, value_findings
from core.sources.spec import SourceSpec

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.features.base import Feature
    from core.sources.measures import MeasureSpec


@dataclass(frozen=True, slots=True, eq=False)
class CanonicalTables:
    """What every feature family starts from, as Ibis tables of one backend.

    ``customers``: customer_id text, unique, plus one column per entry of ``attributes``.
    ``accounts`` (None where a source has none): account_id, customer_id, product ("checking",
    "savings", "credit"), is_active bool, opened_on date, closed_on date, opening_balance,
    balance (what the customer has; for credit: what they owe, positive), credit_limit,
    minimum_balance: decimal(18, 2), missing where not applicable.
    ``transactions`` (None where a source has none): transaction_id, account_id (missing where a
    source has no accounts), customer_id, product (as of accounts, or "purchases": what is bought
    without an account, one row per order), booked_on date, booked_at (timestamp, missing where no
    time of day), amount decimal(18, 2) >= 0, direction ("in": to the bank / into the account,
    "out": out of it; on credit, "out" is spending and "in" is paying back; on purchases, "out" is
    what is paid and "in" what is paid back; missing for inquiries), kind (canonical code in words:
    "withdrawal", "deposit", "transfer", "interest", "inquiry", "purchase", "payment",
    "cash advance", or ending in " fee"), channel (text, "Unknown" where blank), interest
    decimal(18, 2), is_inquiry bool (amount 0; never part of amount statistics).
    ``measures`` (None where a source has none, or none was given): customer_id, period_start date,
    period_end date, unique by customer and start, and one exact column per entry of ``measured``.
    """

    customers: ir.Table
    attributes: tuple[Feature, ...]
    accounts: ir.Table | None
    transactions: ir.Table | None
    as_of: date
    measures: ir.Table | None = None
    measured: tuple[MeasureSpec, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SourceRead:
    """What came of reading a source; owns the database that its tables live in.

    Use it as a context manager, or close it: afterwards the tables cannot be read any more.

    Attributes
    ----------
    spec
        The specification; its lenses belong to the snapshot.
    as_of
        The date that the snapshot speaks of.
    files, rejects, integrity, warnings
        The account of the reading: rows read = accepted + rejected for every file.
    tables
        The canonical tables, as Ibis tables on ``engine``.
    identities
        Direct identifiers as text ("" where blank), one row per customer, index ``customer_id``
        in the order of the canonical customers (bytewise).
    left_out
        Customers of the files who take no part, and why (inactive), sorted by id.
    reads
        By table, where its rows stood: ``staged.<table>`` has their file and record.
    fingerprint
        sha256 over specification, date and accepted content, whatever the order of rows.
    """

    spec: SourceSpec
    as_of: date
    files: tuple[FileRead, ...]
    rejects: tuple[Reject, ...]
    integrity: tuple[IntegrityFinding, ...]
    warnings: tuple[str, ...]
    tables: CanonicalTables
    identities: pd.DataFrame
    fingerprint: str
    engine: DuckDBEngine
    left_out: tuple[LeftOut, ...] = ()
    reads: Mapping[str, TableRead] = field(default_factory=dict)

    def close(self) -> None:
        """Close the database that the tables live in."""
        self.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read_source(
    spec: SourceSpec,
    path: str | Path | None = None,
    *,
    reader: TableReader | None = None,
    as_of: date | None = None,
    progress: Progress = silent,
) -> SourceRead:
    """Read, check and unite a source's tables.

    Parameters
    ----------
    spec
        From `core.sources.spec.load_spec`.
    path
        The folder that holds the files; needed where any table is read from files.
    reader
        The database that the specification names; needed where any table is read from it.
    as_of
        The date the snapshot speaks of; by default the last day in the data, as the specification
        says; it is refused where it stands far beyond the rest (`core.sources.last_day`).
        Transactions after it are left out.
    progress
        Called with the share done (0..1) and what happens now; may raise to stop.

    Returns
    -------
    SourceRead
        An owner to be closed by the caller.

    Raises
    ------
    SourceError
        (a `DataError`) Everything that is wrong with the files as a whole, at once: missing or
        empty files, wrong delimiters, missing columns, too many rejected rows, canonical tables
        that break their model.
    """
    engine = DuckDBEngine()
    try:
        folder = Path(path) if path is not None else None
        return _read(engine, spec, folder, reader, as_of, progress)
    except BaseException:
        engine.close()
        raise


def _read(
    engine: DuckDBEngine,
    spec: SourceSpec,
    folder: Path | None,
    reader: TableReader | None,
    as_of: date | None,
    progress: Progress,
) -> SourceRead:
    connection = engine.connection
    reads, integrity, warnings = gather(connection, spec, folder, reader, progress)
    customers = reads[spec.customers]
    if customers.files and len(customers.rejects) == customers.rows_read:
        raise AllRejectedError(spec.customers, [reject for _, reject in customers.rejects])
    engine.forbid_files()
    progress(0.7, "Checking what must agree")
    present = [name for name, read in reads.items() if read.files]
    for name in present:
        integrity += value_findings(connection, spec.tables[name])
    integrity += check_findings(connection, spec.checks, set(present))
    progress(0.8, "Bringing the tables to their canonical form")
    day, dated = snapshot_day(connection, spec, as_of)
    integrity += dated
    tables, more = canonical_tables(engine, spec, day)
    excluded = left_out(connection, spec)
    integrity += left_out_findings(excluded, spec.customers)
    progress(0.9, "Taking the fingerprint")
    return SourceRead(
        spec=spec,
        as_of=day,
        files=tuple(file for read in reads.values() for file in read.file_reads()),
        rejects=tuple(
            sorted(
                (reject for read in reads.values() for _, reject in read.rejects),
                key=lambda reject: (reject.file, reject.line, reject.column),
            )
        ),
        integrity=tuple(sorted(integrity, key=lambda f: (f.passed, f.table, f.check))),
        warnings=(*warnings, *more),
        tables=CanonicalTables(
            attributes=spec.attribute_features, as_of=day, measured=spec.measures, **tables
        ),
        identities=identities(connection, spec),
        fingerprint=fingerprint(connection, spec, day, reads),
        engine=engine,
        left_out=excluded,
        reads=reads,
    )
