"""The demo investors look like the files, and their personas can be found again."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from core.features.base import Feature
from core.features.build import build_features
from core.pipeline.results import DatasetInfo, StoredSnapshot
from core.pipeline.steps import fit_lens
from core.readmodels import SnapshotId
from core.scorer import Scorer
from core.scoring import score
from core.scoring_one import SingleScorer
from core.segmentation.build import build_model
from core.segmentation.fit import LensFit, segment_lens
from core.sources.canonical import SourceRead, read_source
from core.sources.demo.investors import INVESTORS
from core.sources.demo.truth import PlantedTruth
from core.sources.demo.wealth import AS_OF, SCORING, TRAINING, generate
from core.sources.spec import load_spec

Demo = tuple[Path, PlantedTruth]
Table = tuple[pd.DataFrame, tuple[Feature, ...]]
INPUTS = ("sip_amount", "networth", "age_years")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    path = tmp_path_factory.mktemp("wealth")
    return path, generate(path, customers=900)


@pytest.fixture(scope="module")
def source(demo: Demo) -> Iterator[SourceRead]:
    with read_source(load_spec("wealth"), demo[0], as_of=demo[1].as_of) as read:
        yield read


@pytest.fixture(scope="module")
def table(source: SourceRead) -> Table:
    return build_features(source.tables)


@pytest.fixture(scope="module")
def workshop(table: Table) -> LensFit:
    return fitted(table, "investors")


def fitted(table: Table, name: str) -> LensFit:
    lens = next(one for one in load_spec("wealth").lenses if one.name == name)
    return segment_lens(*table, lens, seed=0)


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    made = [generate(tmp_path / name, customers=60, seed=s) for name, s in (("a", 1), ("b", 1))]
    assert made[0] == made[1]
    generate(tmp_path / "c", customers=60, seed=2)
    for file in (TRAINING, SCORING):
        contents = [(tmp_path / name / file).read_bytes() for name in "abc"]
        assert contents[0] == contents[1] != contents[2]


def test_the_demo_is_read_without_a_reject(source: SourceRead) -> None:
    assert source.rejects == ()
    assert source.warnings == ()
    assert [f.rows_read for f in source.files] == [900, 630]


def test_the_originals_faults_are_reported(source: SourceRead) -> None:
    """Everybody to be scored was trained on, and ages have nothing to do with dates of birth."""
    found = {f.check: f.count for f in source.integrity if not f.passed}
    assert set(found) == {
        "investors to score are new",
        "age agrees with date of birth (investors)",
        "age agrees with date of birth (investors_to_score)",
        "an amount with every SIP (investors)",
        "an amount with every SIP (investors_to_score)",
        "nationality and country tell investors apart",
    }
    assert found["investors to score are new"] == 630
    assert found["age agrees with date of birth (investors)"] > 800


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (630, "Investors to be scored who were learned from, by their ids: 630."),
        (1, "Investors to be scored who were learned from, by their ids: 1."),
        (0, "Nobody to be scored is among those that segments are learned from."),
    ],
    ids=["all of them", "one of them", "nobody"],
)
def test_investors_to_score_who_were_trained_on_are_counted_and_new_ones_are_not(
    demo: Demo, tmp_path: Path, known: int, sentence: str
) -> None:
    """In the original everybody to be scored was trained on, so that every figure was flattered."""
    (tmp_path / TRAINING).write_bytes((demo[0] / TRAINING).read_bytes())
    with (demo[0] / SCORING).open(newline="") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / SCORING).open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for number, row in enumerate(rows):
            new = {} if number < known else {"customer_id": f"new-{number}"}
            writer.writerow(row | new)
    with read_source(load_spec("wealth"), tmp_path, as_of=demo[1].as_of) as read:
        (found,) = [f for f in read.integrity if f.check == "investors to score are new"]
    assert (found.passed, found.count) == (known == 0, known)
    assert found.sentence == sentence


def test_ages_that_fit_their_dates_of_birth_are_not_reported(demo: Demo, tmp_path: Path) -> None:
    with (demo[0] / TRAINING).open(newline="") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / TRAINING).open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for row in rows:
            writer.writerow(row | {"date_of_birth": f"{2024 - int(row['age'])}-06-30"})
    with read_source(load_spec("wealth"), tmp_path, as_of=demo[1].as_of) as read:
        passed = {f.check: f.passed for f in read.integrity}
    assert passed["age agrees with date of birth (investors)"]


def test_the_files_are_written_as_the_originals(demo: Demo) -> None:
    training, scoring = ((demo[0] / name).read_text() for name in (TRAINING, SCORING))
    header = ",".join(load_spec("wealth").tables["investors"].columns)
    assert training.splitlines()[0] == scoring.splitlines()[0] == header
    assert training.count('"') == 2 * 900  # an address each
    assert training.count("\n") > 1_200
    assert ",No,," in training
    assert (",0.0," in training, ",0.0," in scoring) == (True, False)


def test_no_invented_number_can_belong_to_anybody(source: SourceRead) -> None:
    identities = source.identities
    assert identities["customer_adhar_card_no"].str.fullmatch("0[0-9]{11}").all()
    assert identities["customer_pan_card_no"].str.fullmatch("[0-9]{10}").all()
    assert identities["mobile_no"].str.fullmatch("(91)?1[0-9]{9}").all()


def test_everyone_has_a_persona_in_the_planted_shares(demo: Demo) -> None:
    counted = Counter(demo[1].persona.values())
    assert counted == pytest.approx({one.name: 900 * one.share for one in INVESTORS}, abs=1)


def test_personas_are_found_again_by_the_behavioural_lens(demo: Demo, table: Table) -> None:
    fit = fitted(table, "behavioural")
    planted = [demo[1].persona[customer] for customer in table[0].index]
    assert adjusted_mutual_info_score(planted, fit.cluster) >= 0.9
    idle = table[0].index[fit.cluster == -1]
    assert {demo[1].persona[customer] for customer in idle} == {"Not yet investing"}


def test_life_stages_are_found_again_by_the_demographic_lens(demo: Demo, table: Table) -> None:
    planted = [demo[1].life_stage[customer] for customer in table[0].index]
    assert adjusted_mutual_info_score(planted, fitted(table, "demographic").cluster) >= 0.7


def test_a_row_scored_alone_is_scored_as_in_a_file(table: Table, workshop: LensFit) -> None:
    """The original scaled every upload by its own extremes: one row gave no number at all."""
    frame = table[0]
    model = build_model(workshop, range(3), as_of=AS_OF)
    batch = score(model, {name: frame[name].to_numpy() for name in INPUTS})
    one = SingleScorer(Scorer(model))
    for row in range(0, len(frame), 30):
        alone = score(model, {name: frame[name].to_numpy()[[row]] for name in INPUTS})
        assert alone.segment[0] == batch.segment[row]
        assert alone.distance[0] == batch.distance[row]
        assert np.isfinite(alone.distance[0])
        assert one.score(frame.iloc[row][list(INPUTS)].to_dict()).segment == batch.segment[row]


def test_names_follow_the_customers_and_not_the_numbers_of_clusters(table: Table) -> None:
    """The original wrote down three names for clusters 0, 1 and 2, whatever these turned out as."""
    spec = load_spec("wealth")
    info = DatasetInfo(spec.name, spec.title, spec.currency)
    snapshot = StoredSnapshot(SnapshotId(1), info, AS_OF, table[1], spec.lenses, table[0])
    named = []
    for seed in (0, 1):
        found = fit_lens(snapshot, spec.lenses[0], None, seed=seed)
        names = np.array([segment.name for segment in found.segments])
        named.append(names[found.assignments.segment])
    assert len(set(named[0])) == 3
    assert (named[0] == named[1]).mean() >= 0.99


def test_a_segment_does_not_depend_on_who_else_is_in_the_file(
    table: Table, workshop: LensFit
) -> None:
    frame = table[0]
    model = build_model(workshop, range(3), as_of=AS_OF)
    whole = score(model, {name: frame[name].to_numpy() for name in INPUTS})
    youngest = frame["age_years"].to_numpy() < 30
    part = score(model, {name: frame[name].to_numpy()[youngest] for name in INPUTS})
    np.testing.assert_array_equal(part.segment, whole.segment[youngest])
    np.testing.assert_array_equal(part.distance, whole.distance[youngest])
