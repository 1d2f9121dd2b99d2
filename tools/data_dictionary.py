"""Write `docs/data-dictionary.md`: what the shipped sources read, compute and look at.

`make dictionary` runs this; a test fails when the page is older than what it speaks of.
"""

import tempfile
from pathlib import Path

from core.glossary.dictionary import data_dictionary
from core.glossary.shipped import shipped_glossary
from core.sources.demo.features import shipped_features
from core.sources.spec import load_spec

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-dictionary.md"


def main() -> None:
    """Replace the page."""
    with tempfile.TemporaryDirectory() as folder:
        found = shipped_features(Path(folder))
    sources = [(load_spec(name), features) for name, features in found.items()]
    PAGE.write_text(data_dictionary(sources, shipped_glossary()), encoding="utf-8")


if __name__ == "__main__":
    main()
