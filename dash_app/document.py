"""The HTML document around the app: our own head, and a nonce on the one script inside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dash import Dash

from dash_app.answers import new_nonce

FIRST_PAINT = "first-paint.js"  # sets the theme before anything is drawn, so it is no Dash asset
NOT_FOR_THE_APP = r"^(first-paint\.js|login\.css|document\.css)$"

_DOCUMENT = """<!DOCTYPE html>
<html lang="en">
  <head>
    {%metas%}
    <meta name="color-scheme" content="light dark">
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="BRAND">
    <script src="FIRST_PAINT"></script>
    {%css%}
  </head>
  <body>
    {%app_entry%}
    <noscript><p class="no-script">Clientele needs JavaScript. Turn it on and reload.</p></noscript>
    <footer hidden>
      {%config%}
      {%scripts%}
      {%renderer%}
    </footer>
  </body>
</html>"""


class Document(Dash):
    """Dash with a document of our own."""

    def interpolate_index(self, **parts: Any) -> str:
        """Fill the document; Dash's own inline script gets this answer's nonce."""
        renderer = parts["renderer"].replace("<script ", f'<script nonce="{new_nonce()}" ', 1)
        document: str = super().interpolate_index(**{**parts, "renderer": renderer})
        folder = Path(self.config.assets_folder)
        for mark, name in (("BRAND", "brand.svg"), ("FIRST_PAINT", FIRST_PAINT)):
            document = document.replace(f'"{mark}"', f'"{versioned(folder, name)}"', 1)
        return document


def versioned(assets: Path, name: str) -> str:
    """Return the address of an asset with its version, so that it may be kept for good."""
    return f"/assets/{name}?m={(assets / name).stat().st_mtime}"


def make_dash(assets: Path) -> Document:
    """Return an empty Dash app that serves everything itself and validates its callbacks."""
    return Document(
        "dash_app",
        assets_folder=str(assets),
        assets_ignore=NOT_FOR_THE_APP,
        serve_locally=True,
        eager_loading=False,
        suppress_callback_exceptions=False,
        title="Clientele",
        update_title=None,
        add_log_handler=False,
        index_string=_DOCUMENT,
        health_endpoint=None,
        enable_mcp=False,
    )
