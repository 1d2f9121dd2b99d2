"""The demo data sets that can be generated, by the name of their source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.sources.demo import bank, cards, commerce, markets, wealth
from core.sources.demo.bank_months import MonthTruth, generate_months
from core.sources.demo.truth import PlantedTruth

DEMOS: dict[str, Callable[[Path], PlantedTruth]] = {
    "bank": bank.generate,
    "cards": cards.generate,
    "commerce": commerce.generate,
    "markets": markets.generate,
    "wealth": wealth.generate,
}
MONTHLY: dict[str, Callable[[Path], tuple[MonthTruth, ...]]] = {"bank": generate_months}
"""Those that can also be generated as exports of several month-ends, oldest first."""
