"""A whole file by one model: the bank's own layout and the inputs' lead to the same answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import DataError
from core.pipeline.ports import Cancelled
from core.pipeline.score_file import FileScores, score_text
from core.scoring_report import NOWHERE, groups_of, unusual_values
from core.scoring_rows import RowError
from core.segmentation.model import FeatureReference, NumericColumn, SegmentationModel
from core.sources.demo.wealth import SCORING, generate
from core.sources.spec import load_spec
from tests.dash_app.profiles.builders import segment

AS_OF = date(2024, 12, 31)
INPUTS = ("sip_amount", "networth", "age_years")
SPEC = load_spec("wealth")
SEGMENTS = (segment(0, "Few", key="few"), segment(1, "Many", key="many"))
MODEL = SegmentationModel(
    lens="investors",
    columns=tuple(
        NumericColumn(name, middle, None, None, False, centre=middle, factor=1 / middle)
        for name, middle in zip(INPUTS, (20_000.0, 500_000.0, 45.0), strict=True)
    ),
    centroids=((-0.5, -0.5, 0.0), (0.5, 0.5, 0.0)),
    numbers=(0, 1),
    rule=None,
    pca_mean=(0.0, 0.0, 0.0),
    pca_components=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    explained_variance=(0.6, 0.4),
    distance_quantiles=((0.0, 1.0), (0.0, 1.0)),
    references=tuple(FeatureReference(name, (0.0, 1e9)) for name in INPUTS),
    trained_on=100,
    as_of="2024-12-31",
    seed=1,
    versions=(),
)
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """Rows of a generated file to score; some addresses have several lines."""
    folder = tmp_path_factory.mktemp("wealth")
    generate(folder, customers=120)
    with (folder / SCORING).open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert any("\n" in row["address"] for row in found[:20])
    return found


def written(rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def changed(rows: Sequence[Row], at: int, **cells: str) -> list[Row]:
    return [{**row, **cells} if place == at else row for place, row in enumerate(rows)]


def scored(content: bytes, **options: Any) -> FileScores:
    fixed: dict[str, Any] = {"model": MODEL, "segments": SEGMENTS, "lacking": "", "spec": SPEC}
    return score_text("new.csv", content, **{**fixed, "as_of": AS_OF, **options})


def line_of(content: bytes, customer: str) -> int:
    """The line of the file on which a customer's row begins."""
    return next(
        number
        for number, line in enumerate(content.decode().splitlines(), start=1)
        if line.startswith(f"{customer},")
    )


def test_the_banks_layout_and_the_inputs_by_name_are_answered_alike(rows: list[Row]) -> None:
    own = scored(written(rows))
    named = [
        {
            "customer_id": row["customer_id"],
            "sip_amount": row["sip_amount"],
            "networth": row["networth"],
            "age_years": row["age"],
        }
        for row in rows
    ]
    by_name = scored(written(named))
    assert (own.layout.is_the_banks, by_name.layout.is_the_banks) == (True, False)
    assert own.rows == by_name.rows
    assert own.ids == tuple(row["customer_id"] for row in rows)
    assert own.rows_read == len(rows)


def test_one_customer_alone_is_answered_as_in_the_whole_file_in_any_order(rows: list[Row]) -> None:
    whole = {str(row["customer_id"]): row for row in scored(written(rows)).rows}
    backwards = scored(written(rows[::-1]))
    assert backwards.ids == tuple(row["customer_id"] for row in rows[::-1])
    assert {str(row["customer_id"]): row for row in backwards.rows} == whole
    assert scored(written(rows[7:8])).rows == [whole[rows[7]["customer_id"]]]


def test_rows_are_refused_by_line_column_and_reason_and_never_with_a_value(
    rows: list[Row],
) -> None:
    bad = changed(changed(rows, 3, income_slab="Lavish"), 15, age="old")
    bad[18] = {**bad[18], "customer_id": bad[17]["customer_id"]}
    content = written(bad)
    twice = line_of(content, bad[17]["customer_id"])
    done = scored(content)
    assert done.errors[:2] == (
        RowError(
            line_of(content, bad[3]["customer_id"]),
            "income_slab",
            "is not one of the codes Low, Medium, High",
        ),
        RowError(line_of(content, bad[15]["customer_id"]), "age", "is not a whole number"),
    )
    assert [(error.column, error.line >= twice) for error in done.errors[2:]] == [
        ("customer_id", True),
        ("customer_id", True),
    ]
    assert (len(done.rows), done.rows_read) == (len(rows) - 4, len(rows))
    assert not [error for error in done.errors if "Lavish" in error.reason]


def test_a_file_of_nothing_but_bad_rows_is_told_row_by_row(rows: list[Row]) -> None:
    done = scored(written([{**row, "age": "?"} for row in rows]))
    assert done.rows == []
    assert {(error.column, error.reason) for error in done.errors} == {
        ("age", "is not a whole number")
    }
    assert done.rows_read == len(rows)


def test_answers_carry_nothing_that_identifies_anybody_directly(rows: list[Row]) -> None:
    direct = [row[name] for row in rows for name in SPEC.identifying_columns if row[name]]
    told = repr(scored(written(rows)).rows)
    assert [one for one in direct if one in told] == []
    assert len(direct) > len(rows)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"networth,sip_amount,age_years\n", "new.csv has a header and no row"),
        (b"networth,age_years\n1,2\n", "it lacks sip_amount"),
    ],
)
def test_a_file_that_cannot_be_scored_says_why(content: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said):
        scored(content)


def test_a_bank_file_without_rows_is_called_by_the_name_it_was_sent_under(
    rows: list[Row],
) -> None:
    with pytest.raises(DataError, match=r"new\.csv has a header but no rows"):
        scored(written(rows).split(b"\r\n")[0] + b"\r\n")


def test_more_rows_than_are_answered_at_once_are_refused_with_what_to_do(rows: list[Row]) -> None:
    with pytest.raises(DataError, match=r"has 5 rows; at most 4 .* manage.py score"):
        scored(written(rows[:5]), most_rows=4)


def test_it_stops_where_that_is_asked_for(rows: list[Row]) -> None:
    def stop(fraction: float, step: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        scored(written(rows), progress=stop)


def test_progress_only_ever_grows(rows: list[Row]) -> None:
    told: list[float] = []
    scored(written(rows), progress=lambda fraction, _: told.append(fraction))
    assert told == sorted(told)
    assert len(told) > 5


def test_every_answer_is_in_one_group_and_segments_without_any_are_told(rows: list[Row]) -> None:
    done = scored(written(rows))
    groups = {group.key: group for group in groups_of(done.rows, SEGMENTS)}
    assert sum(group.rows for group in groups.values()) == len(rows)
    few = [row for row in done.rows if row["segment_key"] == "few"]
    assert groups["few"].rows == len(few)
    assert [one.customer for one in groups["few"].first] == [row["customer_id"] for row in few[:10]]
    last = groups_of(done.rows, (*SEGMENTS, segment(2, "Nobody", key="nobody")))[-1]
    assert (last.key, last.rows) == ("nobody", 0)


def test_those_in_no_segment_and_unusual_values_are_counted() -> None:
    nowhere = {**scored(b"networth,sip_amount,age_years\n,1,2\n").rows[0], "segment_key": ""}
    assert groups_of([nowhere], SEGMENTS)[-1].key == NOWHERE
    assert unusual_values([nowhere]) == (("networth", "missing", 1),)


@pytest.fixture(scope="module")
def real_file(real_data: Path) -> bytes:
    return (real_data / "wms" / "final-wms-customer-test-dataset.csv").read_bytes()


@pytest.mark.real_data
def test_the_real_file_to_score_is_read_whole(real_file: bytes) -> None:
    done = scored(real_file)
    assert (len(done.rows), done.errors, done.layout.is_the_banks) == (7_086, (), True)


def test_rows_that_are_refused_count_as_rows(rows: list[Row]) -> None:
    text = written([{"customer_id": "1", "sip_amount": "5", "networth": "5", "age_years": "5"}])
    with pytest.raises(DataError, match="has 4 rows; at most 3 are answered at once"):
        scored(text + b"x\n" * 3, most_rows=3)
    assert len(scored(text + b"x\n" * 3, most_rows=4).rows) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"a\0b,c\n1,2\n", "has a NUL byte"), (b"," * 20_000, "has more than 10,000 columns")],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        scored(content)
