"""A snapshot segmented from either database gives the same fingerprint as the frame itself."""

from __future__ import annotations

from dataclasses import replace

from db.store import SqlSnapshotStore
from tests.builders import snapshot_data
from tests.core.segmentation.builders import mixed_customers, mixed_lens
from tests.core.segmentation.fingerprints import fingerprint


def test_either_database_gives_the_fingerprint_that_the_frame_gives(
    snapshots: SqlSnapshotStore,
) -> None:
    frame, features = mixed_customers(n=150)
    lens = mixed_lens(k=(3, 3))
    data = snapshot_data()
    snapshots.save_snapshot(
        replace(
            data,
            features=features,
            lenses=(lens,),
            frame=frame,
            identities=data.identities.reindex(frame.index).fillna(""),
        )
    )
    loaded = snapshots.load_snapshot("bank")
    expected = fingerprint(frame, features, lens)
    assert fingerprint(loaded.frame, loaded.features, loaded.lenses[0]) == expected
