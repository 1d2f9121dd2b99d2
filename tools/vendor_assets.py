"""Fetch the browser assets that Clientele ships, so that a page needs no other server.

`make vendor` runs this. It asks npm for pinned packages, copies the few files that the app
uses into `assets/0-vendor/`, strips what points outside, and writes `manifest.json` beside
them: package, version, licence and the SHA-256 of every file. The files are committed;
npm is needed only to move to a newer version.

plotly.js is not pinned here: its version is the one that the installed plotly.py draws for.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plotly.offline import get_plotlyjs_version

TARGET = Path(__file__).resolve().parent.parent / "assets" / "0-vendor"

INTER_SUBSETS = ("cyrillic", "greek", "latin", "latin-ext")


@dataclass(frozen=True, slots=True)
class Copy:
    """One file of a package, where it goes, and how its text is changed on the way."""

    source: str
    target: str
    edit: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A package on npm and the files taken from it."""

    name: str
    version: str
    copies: tuple[Copy, ...]


def _without_source_map(text: str) -> str:
    """Drop the comment that makes developer tools ask for a file that is not shipped."""
    return re.sub(r"\n?/\*# sourceMappingURL=.*?\*/|\n?//# sourceMappingURL=.*", "", text)


def _with_woff2_only(css: str) -> str:
    """Name the one font file that is shipped, beside the style sheet."""
    return re.sub(
        r'src:url\("[^"]*\.woff2[^"]*"\) format\("woff2"\),url\([^)]*\) format\("woff"\)',
        'src:url("bootstrap-icons.woff2") format("woff2")',
        _without_source_map(css),
    )


def _with_inter_subsets(css: str) -> str:
    """Keep the faces of the shipped subsets and call the family plainly 'Inter'."""
    faces = re.findall(
        r"/\* inter-([a-z-]+)-wght-normal \*/\n(@font-face \{.*?\n\})", css, re.DOTALL
    )
    kept = [face for subset, face in faces if subset in INTER_SUBSETS]
    if len(kept) != len(INTER_SUBSETS):
        raise SystemExit(
            f"Inter's style sheet lacks one of the subsets {', '.join(INTER_SUBSETS)}."
        )
    return "\n".join(kept).replace("./files/", "").replace("'Inter Variable'", "Inter") + "\n"


def packages() -> tuple[Package, ...]:
    """All packages; the number that starts a folder's name sets its place in the page."""
    return (
        Package(
            "bootstrap",
            "5.3.8",
            (
                Copy(
                    "dist/css/bootstrap.min.css",
                    "1-bootstrap/bootstrap.min.css",
                    _without_source_map,
                ),
            ),
        ),
        Package(
            "bootstrap-icons",
            "1.13.2",
            (
                Copy(
                    "font/bootstrap-icons.min.css",
                    "2-bootstrap-icons/bootstrap-icons.min.css",
                    _with_woff2_only,
                ),
                Copy("font/fonts/bootstrap-icons.woff2", "2-bootstrap-icons/bootstrap-icons.woff2"),
            ),
        ),
        Package(
            "@fontsource-variable/inter",
            "5.3.0",
            (
                Copy("index.css", "3-inter/inter.css", _with_inter_subsets),
                *(
                    Copy(f"files/{file}", f"3-inter/{file}")
                    for file in (f"inter-{subset}-wght-normal.woff2" for subset in INTER_SUBSETS)
                ),
            ),
        ),
        Package(
            "plotly.js-strict-dist-min",
            get_plotlyjs_version(),
            (
                Copy(
                    "plotly-strict.min.js",
                    "4-plotly/plotly-strict.min.js",
                    _without_source_map,
                ),
            ),
        ),
    )


def _download(package: Package, folder: Path) -> Path:
    """Have npm fetch, verify and pack one package; return the folder of its files."""
    command = ["npm", "pack", "--json", f"{package.name}@{package.version}"]
    packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    answer = json.loads(packed.stdout)
    (entry,) = answer.values() if isinstance(answer, dict) else answer
    unpacked = folder / Path(entry["filename"]).stem
    with tarfile.open(folder / entry["filename"]) as archive:
        archive.extractall(unpacked, filter="data")
    return unpacked / "package"


def _vendor(package: Package, unpacked: Path, target: Path) -> dict[str, object]:
    """Copy one package's files and its licence; return its entry in the manifest."""
    licence = target / "LICENSES" / f"{package.name.split('/')[-1]}.txt"
    shutil.copyfile(unpacked / "LICENSE", licence)
    files = [licence]
    for copy in package.copies:
        destination = target / copy.target
        destination.parent.mkdir(parents=True, exist_ok=True)
        content = (unpacked / copy.source).read_bytes()
        if copy.edit is not None:
            content = copy.edit(content.decode()).encode()
        destination.write_bytes(content)
        files.append(destination)
    return {
        "package": package.name,
        "version": package.version,
        "licence": json.loads((unpacked / "package.json").read_text())["license"],
        "files": {
            str(file.relative_to(target)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(files)
        },
    }


def main() -> None:
    """Replace every vendored file and the manifest."""
    if shutil.which("npm") is None:
        raise SystemExit("npm is not on the PATH. Install Node.js with npm, then run again.")
    with tempfile.TemporaryDirectory() as scratch:
        downloads, staged = Path(scratch, "downloads"), Path(scratch, "staged")
        downloads.mkdir()
        (staged / "LICENSES").mkdir(parents=True)
        manifest = []
        for package in packages():
            sys.stderr.write(f"{package.name} {package.version}\n")
            manifest.append(_vendor(package, _download(package, downloads), staged))
        (staged / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
        for old in TARGET.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
        shutil.copytree(staged, TARGET, dirs_exist_ok=True)


if __name__ == "__main__":
    main()
