"""``score DATASET FILE`` and ``export schema``: files in, answers or complaints out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.builders import frame, model
from tests.cli.conftest import Manage


def inputs() -> list[str]:
    found = model("demographic")
    zero = found.rule.zero if found.rule else ()
    return list(dict.fromkeys([*(column.feature for column in found.columns), *zero]))


def written(folder: Path, rows: list[dict[str, str]], name: str = "in.csv", sep: str = ",") -> Path:
    columns = ["customer_id", *inputs()]
    lines = [sep.join(columns), *(sep.join(row[c] for c in columns) for row in rows)]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return folder / name


def rows() -> list[dict[str, str]]:
    table = frame()[inputs()].astype(object)
    table = table.where(table.notna(), "")  # an empty cell is not known
    return [
        {"customer_id": str(who), **{c: str(table.loc[who, c]) for c in inputs()}}
        for who in table.index
    ]


def answers(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(manage: Manage, file: Path, out: Path, *more: object) -> int:
    return manage("score", "bank", file, "-o", out, "--lens", "demographic", *more).code


def test_rows_are_answered_in_their_order_and_one_alone_alike(
    published: Manage, tmp_path: Path
) -> None:
    assert score(published, written(tmp_path, rows()), tmp_path / "all.csv") == 0
    whole = answers(tmp_path / "all.csv")
    assert [row["customer_id"] for row in whole] == [r["customer_id"] for r in rows()]
    assert list(whole[0])[1:4] == ["predict_cluster", "segment_key", "predict_distance_to_cluster"]
    assert {row["model_version"] for row in whole} == {
        f"demographic-{model('demographic').sha256[:12]}"
    }
    for at, row in enumerate(rows()):
        one = written(tmp_path, [row], "one.csv", sep=";")
        assert score(published, one, tmp_path / "one-out.csv") == 0
        assert answers(tmp_path / "one-out.csv") == [whole[at]]


def test_customers_who_are_not_new_are_told_of(published: Manage, tmp_path: Path) -> None:
    def said(given: list[dict[str, str]]) -> str:
        file = written(tmp_path, given)
        asked = ("score", "bank", file, "-o", tmp_path / "o.csv", "--lens", "demographic")
        return published(*asked).out

    known, new = rows(), {**rows()[0], "customer_id": "c-new"}
    all_known = "By their ids, all 6 customers of the file are among those of run 1 already"
    assert said(known).endswith(f"{all_known}: nobody is new.\n")
    assert "6 of the 7 customers of the file are among those of run 1" in said([*known, new])
    assert "already" not in said([new])


def test_parquet_is_answered_as_csv_is(published: Manage, tmp_path: Path) -> None:
    table = frame().reset_index()[["customer_id", *inputs()]]
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), tmp_path / "in.parquet")
    assert score(published, tmp_path / "in.parquet", tmp_path / "a.csv") == 0
    assert score(published, written(tmp_path, rows()), tmp_path / "b.csv") == 0
    assert answers(tmp_path / "a.csv") == answers(tmp_path / "b.csv")
    assert score(published, tmp_path / "in.csv", tmp_path / "c.parquet") == 0
    assert pq.read_table(tmp_path / "c.parquet").column_names == list(
        answers(tmp_path / "a.csv")[0]
    )


def test_a_bad_row_is_told_by_line_and_column_and_nothing_is_written(
    published: Manage, tmp_path: Path
) -> None:
    bad = rows()
    bad[1]["age_years"] = "elderly"
    out = tmp_path / "out.csv"
    answer = published("score", "bank", written(tmp_path, bad), "-o", out, "--lens", "demographic")
    assert answer.code == 65
    assert "line 3, age_years: is not a finite number" in answer.err
    assert "elderly" not in answer.err
    assert not out.exists()


def test_numbers_are_read_as_files_write_them_and_not_as_python_does(
    published: Manage, tmp_path: Path
) -> None:
    bad = rows()
    bad[0]["age_years"] = "4_0"
    assert score(published, written(tmp_path, bad), tmp_path / "out.csv") == 65


def test_bad_rows_go_to_a_report_where_one_is_asked_for(published: Manage, tmp_path: Path) -> None:
    bad = rows()
    bad[1]["age_years"] = "inf"
    out, rejects = tmp_path / "out.csv", tmp_path / "rejects.csv"
    assert score(published, written(tmp_path, bad), out, "--rejects", rejects) == 0
    assert len(answers(out)) == len(bad) - 1
    assert answers(rejects) == [
        {"line": "3", "column": "age_years", "reason": "is not a finite number"}
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"customer_id,income\na,1\n", "it lacks"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"age_years,AGE_YEARS\n1,2\n", "more than once"),
    ],
    ids=["empty", "columns", "encoding", "doubled"],
)
def test_a_file_that_cannot_be_scored_says_why(
    published: Manage, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    answer = published(
        "score", "bank", tmp_path / "bad.csv", "-o", tmp_path / "o.csv", "--lens", "demographic"
    )
    assert (answer.code, said in answer.err) == (65, True)
    assert not (tmp_path / "o.csv").exists()


def test_a_file_needs_a_place_for_its_answers(published: Manage, tmp_path: Path) -> None:
    answer = published("score", "bank", written(tmp_path, rows()))
    assert answer.code == 64
    assert "-o OUT.csv" in answer.err


def test_the_schema_has_the_columns_of_both_files_in_order(
    published: Manage, tmp_path: Path
) -> None:
    answer = published("export", "schema", "bank", "--lens", "demographic")
    schema = json.loads(answer.out)
    assert set(schema) == {
        "description",
        "version",
        "inputContentType",
        "outputContentType",
        "input",
        "output",
    }
    assert [column["name"] for column in schema["input"]] == inputs()
    assert score(published, written(tmp_path, rows()), tmp_path / "o.csv") == 0
    first = answers(tmp_path / "o.csv")[0]
    assert [column["name"] for column in schema["output"]] == list(first)
    assert schema["version"] == first["model_version"]
