from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Manage

HEAD = (
    "Name,Artifact Type,Category,Description,Tags,Classifications,Stewards,Related Terms,"
    "Business Start,Business End,Part Of Terms,Type of Terms,Abbreviations,Data Classes,Synonyms,"
    "Secondary Categories"
)
TERM = f"{HEAD}\r\nHouse bank,glossary_term,Value,The bank of one's pay.,,,,Frequency,,,,,HB,,,\r\n"


def folder_of(tmp_path: Path, name: str, **files: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    for file, content in files.items():
        (folder / f"{file}.csv").write_text(content, newline="")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_upgraded_database_has_terms_and_what_is_exported_imports_identically(
    manage: Manage, tmp_path: Path
) -> None:
    manage("db", "upgrade")
    one, two = tmp_path / "one", tmp_path / "two"
    assert manage("glossary", "export", one).code == 0
    assert set(contents(one)) == {"categories.csv", "terms.csv", "columns.csv"}
    answer = manage("glossary", "import", one, "--replace-all", "--json")
    done = json.loads(answer.out)
    assert (answer.code, done["added"], done["changed"], done["removed"]) == (0, 0, 0, 0)
    assert done["unchanged"] >= 100
    manage("glossary", "export", two)
    assert contents(two) == contents(one)


def test_files_are_added_by_name_and_the_rest_stays(manage: Manage, tmp_path: Path) -> None:
    manage("db", "upgrade")
    folder = folder_of(tmp_path, "own", terms=TERM)
    answer = manage("glossary", "import", folder / "terms.csv")
    assert answer.out.startswith("1 terms added, 0 changed, 0 removed, ")
    manage("glossary", "export", tmp_path / "out")
    assert b"House bank" in contents(tmp_path / "out")["terms.csv"]
    assert b"Card debt" in contents(tmp_path / "out")["terms.csv"]


def test_every_mistake_is_told_at_once_with_file_line_and_column(
    manage: Manage, tmp_path: Path
) -> None:
    manage("db", "upgrade")
    folder = folder_of(
        tmp_path,
        "wrong",
        terms=TERM.replace("Value", "Valu").replace("Frequency", "Frequence"),
        columns="Business Terms,Column_header,Table,File\nHouse bank,card_dept,features,\n",
    )
    answer = manage("glossary", "import", folder, "--replace-all")
    assert answer.code == 65
    assert "The glossary has 3 mistakes; nothing was imported." in answer.err
    for said in (
        "columns.csv, line 2, Column_header: No feature is called 'card_dept'.",
        "terms.csv, line 2, Category: There is no category 'Valu'.",
        "terms.csv, line 2, Related Terms: There is no term 'Frequence'.",
    ):
        assert said in answer.err


def test_what_is_no_folder_of_csv_files_is_refused(manage: Manage, tmp_path: Path) -> None:
    manage("db", "upgrade")
    assert manage("glossary", "import", tmp_path / "nothing.csv").code == 64
    empty = folder_of(tmp_path, "empty")
    assert "holds no CSV file" in manage("glossary", "import", empty).err
