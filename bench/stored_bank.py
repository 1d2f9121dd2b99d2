"""A stored bank of any size: few generated customers, multiplied, segmented and published."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import Engine

from cli.database import upgrade_database
from core.features.base import Feature, Kind
from core.features.build import build_features
from core.lens import LensSpec
from core.pipeline.options import SegmentOptions
from core.pipeline.results import DatasetInfo, PublishedLens, SnapshotData, StoredSnapshot
from core.pipeline.run import segment
from core.readmodels import RunId
from core.sources.canonical import read_source
from core.sources.demo.bank import generate
from core.sources.spec import SourceSpec, load_spec
from dash_app.cache import RunCache
from dash_app.services import Services
from db.engine import make_engine
from db.store import SqlRunStore, SqlSnapshotStore
from settings import Mode, Settings, load_settings

LENS, SEGMENTS, SEED = "behavioural", 4, 20_240_101
_KEY = b"made-up customers have no secrets"
_ROOTS = 1_500  # customers whose files are generated; the others are like one of them
_JITTER = 0.1  # standard deviation of the logarithm by which amounts of the others differ


@dataclass(frozen=True, slots=False)
class StoredBank:
    """A database with one published run of the behavioural lens."""

    settings: Settings
    run_id: RunId
    name: str

    @cached_property
    def writer(self) -> Engine:
        """An engine that may write."""
        return make_engine(self.settings.database_url)

    @cached_property
    def reader(self) -> Engine:
        """An engine as the web process has it, but without a time limit: peers are slow."""
        return make_engine(
            self.settings.database_url, read_only=True, statement_timeout_ms=3_600_000
        )

    @cached_property
    def snapshot(self) -> StoredSnapshot:
        """The customers with their features."""
        return SqlSnapshotStore(self.reader, pseudonym_key=_KEY).load_snapshot(self.name)

    @property
    def published(self) -> PublishedLens:
        """The published lens with its model."""
        return SqlRunStore(self.reader, user="bench").published_models(self.name).lenses[LENS]

    def close(self) -> None:
        """Let go of the database."""
        for name in ("writer", "reader"):
            if name in self.__dict__:
                self.__dict__[name].dispose()

    def services(self) -> Services:
        """What the web app's callbacks get, over this database."""
        return Services(
            read=self.reader.connect,
            write=self.writer.begin,
            jobs=self.writer.begin,
            enqueue=lambda _: None,
            cache=RunCache(),
        )


def store_bank(folder: Path, customers: int) -> StoredBank:
    """Store, segment and publish a bank of so many customers below a folder."""
    folder.mkdir(parents=True)
    settings = load_settings(  # every place, so that no variable of the environment leads elsewhere
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'clientele.db'}",
        queue_url=f"sqlite:///{folder / 'queue.db'}",
        mode=Mode.LOCAL,
    )
    upgrade_database(settings)
    spec = load_spec("bank")
    engine = make_engine(settings.database_url)
    try:
        snapshots = SqlSnapshotStore(engine, pseudonym_key=_KEY)
        runs = SqlRunStore(engine, user="bench")
        snapshots.save_snapshot(_snapshot(spec, customers))
        options = SegmentOptions(lenses=(LENS,), k=(SEGMENTS, SEGMENTS), seed=SEED)
        done = segment(spec.name, options, snapshots=snapshots, runs=runs)
        runs.publish(done.run_id, force=True)
    finally:
        engine.dispose()
    return StoredBank(settings, done.run_id, spec.name)


def _snapshot(spec: SourceSpec, customers: int) -> SnapshotData:
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), customers=min(customers, _ROOTS), seed=SEED)
        with read_source(spec, folder) as read:
            frame, features = build_features(read.tables)
            as_of = read.as_of
    lenses = tuple(lens for lens in spec.lenses if lens.name == LENS)
    features = _used(features, lenses)
    frame = _multiplied(frame, features, customers)
    return SnapshotData(
        dataset=DatasetInfo(spec.name, spec.title, spec.currency, spec.description),
        as_of=as_of,
        fingerprint=f"{customers} customers",
        files=(),
        rejects=(),
        integrity=(),
        features=features,
        lenses=lenses,
        frame=frame,
        identities=pd.DataFrame(index=frame.index),
    )


def _used(features: Sequence[Feature], lenses: Sequence[LensSpec]) -> tuple[Feature, ...]:
    """Return who customers are, and what the lenses fit, show or compare: about 27 columns."""
    names = {
        name
        for lens in lenses
        for name in (
            *lens.feature_names,
            *lens.radar,
            *lens.outcomes,
            *((lens.value,) if lens.value else ()),
            *(lens.inactive.zero if lens.inactive else ()),
        )
    }
    return tuple(f for f in features if f.family == "demographics" or f.name in names)


def _multiplied(frame: pd.DataFrame, features: Sequence[Feature], customers: int) -> pd.DataFrame:
    """Return so many customers, each like one of the frame's with somewhat other amounts."""
    random = np.random.default_rng(SEED)
    rows = np.arange(customers) % len(frame)
    columns = {}
    for feature in features:
        values = frame[feature.name].to_numpy()[rows]
        if feature.kind is Kind.MONEY:
            values = (values * np.exp(random.normal(0, _JITTER, customers))).round(2)
        columns[feature.name] = values
    ids = pd.Index([f"{i:09d}" for i in range(customers)], name="customer_id", dtype="str")
    return pd.DataFrame(columns, index=ids)
