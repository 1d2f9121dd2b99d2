"""The demo data sets that can be generated, by the name of their source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.sources.demo import bank, cards, commerce, markets, wealth
from core.sources.demo.truth import PlantedTruth

DEMOS: dict[str, Callable[[Path], PlantedTruth]] = {
    "bank": bank.generate,
    "cards": cards.generate,
    "commerce": commerce.generate,
    "markets": markets.generate,
    "wealth": wealth.generate,
}
