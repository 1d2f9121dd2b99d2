"""Files of a glossary that a browser sends, and the ones that it is sent."""

from __future__ import annotations

import io
import zipfile

from dash import html
from dash.development.base_component import Component

from core.errors import UsageError, one_of
from core.glossary.merging import Changes
from core.glossary.mistakes import GlossaryError
from core.glossary.model import Glossary
from core.glossary.writing import write_files
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.tabs.glossary.layout import LARGEST_FILE
from dash_app.uploads import received
from db.glossary import Mode

MOST_FILES = 12
_LONGEST_NAME = 100


def received_files(contents: object, names: object) -> list[tuple[str, bytes]]:
    """Return name and content of what was dropped; `UsageError` for what no browser sends."""
    if not isinstance(contents, list) or not isinstance(names, list) or not contents:
        raise UsageError("Choose the CSV files first: categories, terms, columns.")
    if len(contents) != len(names) or len(contents) > MOST_FILES:
        raise UsageError(f"At most {MOST_FILES} files are imported at a time.")
    return [_received(one, name) for one, name in zip(contents, names, strict=True)]


def mode_of(value: object) -> Mode:
    """Return what the files are to do; `UsageError` for anything else."""
    if value not in [mode.value for mode in Mode]:
        raise UsageError(one_of("kind of import", value, Mode))
    return Mode(str(value))


def zipped(glossary: Glossary) -> bytes:
    """Return the three files in one archive, the same bytes for the same glossary."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in write_files(glossary).items():
            files.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def done_notice(done: Changes) -> Component:
    """Return what an import did."""
    return notice(
        f"{done.added} terms added, {done.changed} changed, {done.removed} removed, "
        f"{done.unchanged} left as they were.",
        Tone.GOOD,
    )


def mistakes_list(error: GlossaryError) -> Component:
    """Return every mistake of the files; nothing was imported."""
    number = len(error.mistakes)
    return html.Div(
        [
            notice(
                f"{number} {'mistake' if number == 1 else 'mistakes'}; nothing was imported.",
                Tone.BAD,
            ),
            html.Ul([html.Li(str(one)) for one in error.mistakes], className="glossary-mistakes"),
        ]
    )


def _received(content: object, name: object) -> tuple[str, bytes]:
    found = received(content, name, LARGEST_FILE)
    return str(name)[:_LONGEST_NAME], found
