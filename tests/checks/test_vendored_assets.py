"""The shipped browser assets: unchanged, licensed, of the right version, fetching nothing."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

VENDORED = Path(__file__).parents[2] / "assets" / "0-vendor"
MANIFEST = json.loads((VENDORED / "manifest.json").read_text())
STYLE_SHEETS = sorted(VENDORED.rglob("*.css"))
SCRIPTS = sorted(VENDORED.rglob("*.js"))

# Servers that plotly.js knows for its map charts and its upload button. Clientele draws no
# maps, and the page's Content-Security-Policy lets nothing out.
MAP_SERVERS = {
    "basemaps.cartocdn.com",
    "cdn.jsdelivr.net",
    "cdn.plot.ly",
    "cloud.plotly.com",
    "fonts.openmaptiles.org",
    "geoserveis.icgc.cat",
    "server.arcgisonline.com",
    "tile.openstreetmap.org",
    "tilemaps.icgc.cat",
    "tiles.basemaps.cartocdn.com",
}
# Named in licences, attributions, error messages and as XML namespaces; never asked.
MENTIONED = {
    "feross.org",
    "get.webgl.org",
    "getify.mit-license.org",
    "github.com",
    "maplibre.org",
    "plotly.com",
    "syntheti.cc",
    "wiki.openstreetmap.org",
    "www.esri.com",
    "www.openstreetmap.org",
    "www.w3.org",
}


def _name(path: Path) -> str:
    return str(path.relative_to(VENDORED))


def test_plotly_js_is_of_the_version_that_plotly_py_draws_for():
    entry = next(e for e in MANIFEST if e["package"] == "plotly.js-strict-dist-min")
    (script,) = (VENDORED / "4-plotly").glob("*.js")
    assert entry["version"] == get_plotlyjs_version()
    assert f"plotly.js (strict - minified) v{entry['version']}" in script.read_text()[:200]


def test_every_vendored_file_is_listed_and_unchanged():
    listed = {name: digest for entry in MANIFEST for name, digest in entry["files"].items()}
    present = {
        _name(file): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDORED.rglob("*")
        if file.is_file() and _name(file) not in ("manifest.json", "README.md")
    }
    assert present == listed


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["package"])
def test_every_package_comes_with_its_licence(entry):
    texts = [VENDORED / name for name in entry["files"] if name.startswith("LICENSES/")]
    words = {"MIT": "Permission is hereby granted", "OFL-1.1": "SIL Open Font License"}
    assert [words[entry["licence"]].lower() in text.read_text().lower() for text in texts] == [True]


@pytest.mark.parametrize("style_sheet", STYLE_SHEETS, ids=_name)
def test_a_style_sheet_fetches_only_files_beside_it(style_sheet):
    css = style_sheet.read_text()
    fetched = re.findall(r"url\(\s*[\"']?([^\"')]+)", css)
    beside = [url for url in fetched if not url.startswith("data:")]
    assert "@import" not in css
    assert [url for url in beside if not (style_sheet.parent / url).is_file()] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=_name)
def test_a_script_names_no_server_that_is_not_known(script):
    hosts = set(re.findall(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)", script.read_text()))
    assert hosts - MAP_SERVERS - MENTIONED == set()


@pytest.mark.parametrize("file", STYLE_SHEETS + SCRIPTS, ids=_name)
def test_no_file_asks_for_a_source_map(file):
    assert "sourceMappingURL" not in file.read_text()


def test_dash_includes_the_vendored_files_first_and_in_order():
    """Dash sorts by path, and folders before `css/` and `js/` keep it so."""
    by_path = sorted(STYLE_SHEETS + SCRIPTS)
    assert [_name(path) for path in by_path] == [
        "1-bootstrap/bootstrap.min.css",
        "2-bootstrap-icons/bootstrap-icons.min.css",
        "3-inter/inter.css",
        "4-plotly/plotly-strict.min.js",
    ]
    folders = sorted(path.name for path in VENDORED.parent.iterdir() if path.is_dir())
    assert folders[0] == VENDORED.name
    # The page's head asks for this one itself, before everything; Dash passes it over.
    directly = [path.name for path in VENDORED.parent.iterdir() if path.suffix in (".css", ".js")]
    assert directly == ["first-paint.js"]
