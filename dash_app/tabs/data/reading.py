"""What the data page reads: an import, what was measured of it, the run that explains it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Connection

from core.lens import LensSpec
from core.readmodels import (
    DatasetHeader,
    FeatureInfo,
    FileRead,
    IntegrityFinding,
    LensSummary,
    Reject,
    RejectCount,
    RunContext,
)
from core.snapshot_facts import FeatureProfile, SnapshotFacts, SnapshotSummary
from dash_app.context import choose_dataset, lens_in_view
from dash_app.privacy import coarse_histograms, is_shown, pooled_levels
from dash_app.selection import Selection, href
from dash_app.services import Services
from db.queries.datasets import (
    datasets,
    files_read,
    integrity_findings,
    reject_counts,
    rejects,
    run_context,
)
from db.queries.features import feature_catalogue
from db.queries.run_details import lenses_as_run
from db.queries.snapshots import lenses_of_snapshot, run_of_snapshot, snapshot_facts, snapshots

MOST_REJECTS = 100_000  # in one file, which a spreadsheet can open


@dataclass(frozen=True, slots=True)
class Report:
    """What came of reading the files."""

    files: tuple[FileRead, ...]
    reasons: tuple[RejectCount, ...]
    checks: tuple[IntegrityFinding, ...]

    @property
    def rows_read(self) -> int:
        """Rows of all files."""
        return sum(file.rows_read for file in self.files)

    @property
    def rows_rejected(self) -> int:
        """Rows that were not accepted."""
        return sum(file.rows_rejected for file in self.files)

    @property
    def failed(self) -> tuple[IntegrityFinding, ...]:
        """The checks that did not pass."""
        return tuple(check for check in self.checks if not check.passed)


@dataclass(frozen=True)
class DataInView:
    """An import of a data set; ``run`` is the one in view, or the best of this import, if any."""

    dataset: DatasetHeader
    snapshot: SnapshotSummary
    imports: tuple[SnapshotSummary, ...]  # the newest first
    run: RunContext | None
    selection: Selection
    report: Report
    features: tuple[FeatureInfo, ...]
    facts: SnapshotFacts
    lenses: tuple[LensSpec, ...]  # as they were run, else as the specification has them
    smallest: int

    @property
    def currency(self) -> str:
        """ISO code of the data set's money."""
        return self.dataset.currency

    @property
    def lens(self) -> LensSummary | None:
        """The lens in view of the run, if there is a run."""
        return lens_in_view(self.run, self.selection) if self.run else None

    @property
    def spec(self) -> LensSpec | None:
        """How the lens in view was run; without a run the one the URL names, else the first."""
        name = self.lens.name if self.lens else self.selection.lens
        return next(
            (spec for spec in self.lenses if spec.name == name), next(iter(self.lenses), None)
        )

    @property
    def feature(self) -> FeatureInfo | None:
        """The feature that the URL names."""
        return self.by_name.get(self.selection.feature or "")

    @cached_property
    def by_name(self) -> dict[str, FeatureInfo]:
        """The catalogue by name."""
        return {feature.name: feature for feature in self.features}

    @cached_property
    def profiles(self) -> dict[str, FeatureProfile]:
        """What may be shown of each feature: nothing that stands on too few customers."""
        return {one.feature: shown_profile(one, self.smallest) for one in self.facts.profiles}

    @property
    def files(self) -> dict[str, str]:
        """The files of every table that was read."""
        found: dict[str, list[str]] = {}
        for file in self.report.files:
            found.setdefault(file.table, []).append(file.file)
        return {table: ", ".join(names) for table, names in found.items()}

    def href(self, **changes: object) -> str:
        """Return the address of this page with some fields changed."""
        return href(self.selection, **changes)

    def lenses_with(self, feature: str) -> tuple[str, ...]:
        """Return the labels of the lenses that a feature is an input of."""
        return tuple(spec.label for spec in self.lenses if feature in spec.feature_names)


def shown_profile(profile: FeatureProfile, smallest: int) -> FeatureProfile:
    """Return what may be shown of the values: small groups are joined, left out or counted as none.

    Nothing is shown of a column that too few customers have a value of.
    """
    if not is_shown(profile.n, smallest):
        return FeatureProfile(profile.feature, profile.n, profile.missing)
    if profile.counts:
        (histogram,) = coarse_histograms((profile.histogram(),), smallest)
        return replace(profile, edges=histogram.edges, counts=histogram.counts)
    levels = pooled_levels(profile.categories(), smallest)
    return replace(
        profile,
        levels=tuple(level.level for level in levels),
        level_counts=tuple(level.n for level in levels),
    )


def is_told(profile: FeatureProfile, smallest: int) -> bool:
    """Whether it may be told how many customers have a value and how many have none."""
    return all(n == 0 or is_shown(n, smallest) for n in (profile.n, profile.missing))


def read_data(services: Services, selection: Selection) -> DataInView | None:
    """Return the import asked for: the one named, the one of the run in view, else the newest.

    None where there is no such data set or import.
    """
    with services.read() as connection:
        known = datasets(connection)
        name = choose_dataset(known, selection.dataset)
        header = next((one for one in known if one.name == name), None)
        if header is None:
            return None
        imports = snapshots(connection, header.name)
        run = run_context(connection, header.name, selection.run)
        wanted = selection.snapshot or (run.snapshot_id if run else None)
        if wanted is None and selection.run is None:
            wanted = imports[0].snapshot_id if imports else None
        snapshot = next((one for one in imports if one.snapshot_id == wanted), None)
        if snapshot is None:
            return None
        if run is None or run.snapshot_id != snapshot.snapshot_id:
            best = run_of_snapshot(connection, snapshot.snapshot_id)
            run = run_context(connection, header.name, best) if best else None
        if run is not None and not run.lenses:
            run = None
        report, features, facts, lenses = services.cache.get(
            ("data-import", snapshot.snapshot_id), lambda: _parts(connection, snapshot)
        )
        if run is not None:
            lenses = lenses_as_run(connection, run.run_id) or lenses
    return DataInView(
        header,
        snapshot,
        imports,
        run,
        selection,
        report,
        features,
        facts,
        lenses,
        services.smallest_group,
    )


def read_rejects(services: Services, found: DataInView) -> tuple[Reject, ...]:
    """Return the rows that were not accepted: file, line, column and reason."""
    with services.read() as connection:
        return rejects(connection, found.snapshot.snapshot_id, limit=MOST_REJECTS)


def _parts(
    connection: Connection, snapshot: SnapshotSummary
) -> tuple[Report, tuple[FeatureInfo, ...], SnapshotFacts, tuple[LensSpec, ...]]:
    owner = snapshot.snapshot_id
    return (
        Report(
            files_read(connection, owner),
            reject_counts(connection, owner),
            tuple(sorted(integrity_findings(connection, owner), key=lambda check: check.passed)),
        ),
        feature_catalogue(connection, owner),
        snapshot_facts(connection, owner),
        lenses_of_snapshot(connection, owner),
    )
