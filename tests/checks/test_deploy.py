"""What `deploy/` hands to operators fits the code: files, settings, commands, open addresses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dash_app.gate import LARGEST_BODY
from settings import SHORTEST_SECRET, Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
OF_OPERATORS = {  # filled in by compose or nginx, never read by the product
    "CLIENTELE_DATABASE_PASSWORD", "CLIENTELE_SERVER_NAME", "CLIENTELE_UPSTREAM",
    "CLIENTELE_BANK_FILES",
}  # fmt: skip


def copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from|requirements)(.+)$", CONTAINERFILE, re.MULTILINE)
    return [name for line in lines for name in line.split()[:-1]]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the image copies."""
    folder = tmp_path_factory.mktemp("image")
    for name in copied():
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder)
    return folder


def test_the_image_holds_all_that_the_app_and_the_command_line_need(
    image: Path, tmp_path: Path
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "CLIENTELE_MODE": "server",
        "CLIENTELE_DATA_DIR": str(tmp_path),
        "CLIENTELE_SECRET_KEY": "s" * SHORTEST_SECRET,
    }
    for arguments in (
        ("manage.py", "db", "upgrade"),
        ("manage.py", "sources", "list"),
        ("-c", "import wsgi, worker; assert wsgi.server.test_client().get('/livez').data"),
    ):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=image, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_the_builder_is_sent_what_the_image_copies_and_nothing_else() -> None:
    lines = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()
    assert lines[1] == "*"
    sent = {line[1:] for line in lines if line.startswith("!")}
    assert sent == {*copied(), "requirements.txt"}


@pytest.mark.parametrize(
    "file", sorted(p for p in DEPLOY.rglob("*") if p.is_file()), ids=lambda p: p.name
)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    known = {f"CLIENTELE_{name.upper()}" for name in Settings.model_fields} | OF_OPERATORS
    assert set(re.findall(r"CLIENTELE_[A-Z_]+", file.read_text())) - known == set()


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").iterdir()), ids=lambda p: p.name)
def test_units_start_what_exists(unit: Path) -> None:
    started = re.findall(r"^ExecStart(?:Pre)?=\S+/bin/(\S+) (\S+)", unit.read_text(), re.MULTILINE)
    assert started or unit.suffix == ".timer"
    for program, first in started:
        assert (program, first) == ("gunicorn", "wsgi:server") or (ROOT / first).is_file()


def test_the_proxy_lets_through_what_the_app_takes() -> None:
    proxy = (DEPLOY / "nginx" / "clientele.conf.template").read_text()
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", proxy)
    assert int(megabytes) << 20 == LARGEST_BODY
