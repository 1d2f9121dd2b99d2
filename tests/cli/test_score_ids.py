"""``score --ids``: a list of ids in, an answer for each in the order asked out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Manage


def ids(folder: Path, *lines: str) -> Path:
    """Write a list of ids."""
    (folder / "ids.txt").write_text("\n".join(lines) + "\n")
    return folder / "ids.txt"


def test_ids_are_answered_in_the_order_asked(published: Manage, tmp_path: Path) -> None:
    answer = published("score", "bank", "--ids", ids(tmp_path, "c-02", "x", "c-99", "", "c-06"))
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert [(row["id"], row["answer"], row["segment"]) for row in rows] == [
        ("c-02", "scored", "Starters"),
        ("x", "unknown", ""),
        ("c-99", "inactive", ""),
        ("c-06", "scored", "Not yet active"),
    ]


def test_json_has_the_lens_the_day_and_the_ranges(published: Manage, tmp_path: Path) -> None:
    file = ids(tmp_path, "c-03")
    answer = published("score", "bank", "--ids", file, "--lens", "demographic", "--json")
    document = json.loads(answer.out)
    assert (document["lens"], document["as_of"]) == ("demographic", "1995-12-31")
    assert [row["id"] for row in document["answers"]] == ["c-03"]
    assert document["ranges"] == []  # no group is as large as the smallest that is shown


def test_answers_go_to_a_file(published: Manage, tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"
    answer = published("score", "bank", "--ids", ids(tmp_path, "c-03"), "-o", out)
    assert "1 ids are answered" in answer.out
    assert out.read_text().splitlines()[0].startswith("id,answer,segment")


def test_what_was_asked_is_never_written_as_a_formula(published: Manage, tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"
    published("score", "bank", "--ids", ids(tmp_path, "=1+1"), "-o", out)
    assert out.read_text().splitlines()[1].startswith("'=1+1,unknown,")


def test_a_place_that_cannot_be_written_to_is_said(published: Manage, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "answers.csv"
    answer = published("score", "bank", "--ids", ids(tmp_path, "c-03"), "-o", out)
    assert answer.code == 64
    assert f"{out} cannot be written: No such file or directory" in answer.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--ids", "nowhere.txt"), 64, "no file nowhere.txt"),
        (("--ids", "{ids}", "--lens", "rfm"), 64, "Choose one of: behavioural, demographic"),
        (("--ids", "{ids}", "--as-of", "2001-01-01"), 64, "1995-12-31"),
        (("--ids", "{ids}", "--as-of", "soon"), 64, "YYYY-MM-DD"),
        (("--ids", "{empty}"), 65, "holds no id"),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence(
    published: Manage, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "empty.txt").write_text("\n")
    places = {"ids": ids(tmp_path, "c-03"), "empty": tmp_path / "empty.txt"}
    answer = published("score", "bank", *(one.format(**places) for one in arguments))
    assert answer.code == code
    assert words in answer.err


def test_nothing_published_is_said(manage: Manage, tmp_path: Path) -> None:
    manage("db", "upgrade")
    answer = manage("score", "bank", "--ids", ids(tmp_path, "c-03"))
    assert answer.code == 64
    assert "Nothing is published" in answer.err
