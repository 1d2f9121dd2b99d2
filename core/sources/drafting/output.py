"""Writes a draft beside nothing else: into a folder of its own, never over what is there."""

from __future__ import annotations

from pathlib import Path

from core.errors import UsageError
from core.sources.drafting.draft import SourceDraft
from core.sources.problems import listed
from core.sources.spec import ASIDE, CANONICAL


def write_draft(draft: SourceDraft, out: Path) -> tuple[Path, ...]:
    """Write a draft's files; return their paths, that of the specification first.

    Parameters
    ----------
    draft : the texts.
    out : a folder, which is made; or the specification's own path, ending in ``.toml``.

    Raises
    ------
    UsageError
        There is a draft already, or something that is no folder.
    """
    refuse_overwriting(out)
    folder, specification = _places(out)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in draft.files.items():
        path = specification if name == "source.toml" else folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return tuple(written)


def refuse_overwriting(out: Path) -> None:
    """Raise `UsageError` where a draft would overwrite something, or be mixed with queries."""
    folder, specification = _places(out)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; give a folder for the draft with -o.")
    names = [specification.name, *(f"{name}.sql" for name in (*CANONICAL, *ASIDE))]
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise UsageError(
            f"{folder} already holds {listed(there)}, which a draft never overwrites. "
            "Choose another folder with -o, or move the files away."
        )


def _places(out: Path) -> tuple[Path, Path]:
    """Return the folder of the draft and the path of its specification."""
    if out.suffix == ".toml":
        return out.parent, out
    return out, out / "source.toml"
