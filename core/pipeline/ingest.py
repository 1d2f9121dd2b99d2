"""From a bank's files to a snapshot: read by a specification, features built, stored once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import perf_counter

from core.features.build import build_features, catalogue
from core.lens_advice import advice
from core.pipeline.facts import snapshot_facts
from core.pipeline.ports import Progress, SnapshotStore, TableReader, part_of, silent
from core.pipeline.reports import IngestReport, ingest_report
from core.pipeline.results import DatasetInfo, SnapshotData
from core.sources.canonical import read_source
from core.sources.last_day import odd_days
from core.sources.spec import SourceSpec
from core.sources.switches import recalled_switches


def ingest(
    spec: SourceSpec,
    path: Path | None,
    *,
    snapshots: SnapshotStore,
    reader: TableReader | None = None,
    as_of: date | None = None,
    switches: Mapping[str, bool] | None = None,
    progress: Progress = silent,
) -> IngestReport:
    """Read files by a specification, build features and store them as a snapshot.

    The same content, in whatever order of rows, is stored once; new definitions of features make
    a new snapshot of it. Switches that are not given stay as they were when the data set was read
    last, and the report says so.

    Raises
    ------
    DataError
        If the files cannot be read as the specification says; nothing is written.
    UsageError
        If the source has no such switch.
    """
    began = perf_counter()
    last = snapshots.last_switches(spec.name)
    spec, recalled = recalled_switches(spec, last, switches or {})
    with read_source(
        spec, path, reader=reader, as_of=as_of, progress=part_of(progress, 0.0, 0.6)
    ) as read:
        timings = [("Reading and checking the files", perf_counter() - began)]
        content = f"{read.fingerprint} {catalogue(read.tables)!r}"
        remarks = (*recalled, *odd_days(read.integrity), *read.warnings)
        fingerprint = hashlib.sha256(content.encode()).hexdigest()
        known = snapshots.find_snapshot(spec.name, fingerprint)
        if known is not None:
            stored = snapshots.load_snapshot(spec.name, known)
            return ingest_report(
                spec,
                read.files,
                known,
                stored.as_of,
                stored.frame.shape,
                unchanged=True,
                remarks=remarks,
            )
        progress(0.6, "Building features")
        began = perf_counter()
        frame, features = build_features(read.tables)
        timings.append(("Building the features", perf_counter() - began))
        progress(0.75, "Measuring the columns")
        facts = snapshot_facts(spec, frame, features, timings)
        progress(0.8, "Writing the snapshot")
        data = SnapshotData(
            dataset=DatasetInfo(spec.name, spec.title, spec.currency, spec.description),
            as_of=read.tables.as_of,
            fingerprint=fingerprint,
            files=read.files,
            rejects=read.rejects,
            integrity=(*read.integrity, *advice(frame, features, spec.lenses)),
            features=features,
            lenses=spec.lenses,
            frame=frame,
            identities=read.identities.reindex(frame.index),
            left_out=read.left_out,
            facts=facts,
        )
    snapshot_id = snapshots.save_snapshot(data)
    progress(1.0, "Stored")
    return ingest_report(
        spec,
        data.files,
        snapshot_id,
        data.as_of,
        frame.shape,
        unchanged=False,
        remarks=remarks,
    )
