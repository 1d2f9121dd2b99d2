"""The products a retail bank keeps accounts of, and the words for what moves on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["in", "out"]
DIRECTIONS: tuple[Direction, ...] = ("in", "out")


@dataclass(frozen=True, slots=True)
class Product:
    """One value of the canonical column ``product``.

    ``prefix`` begins the names of its features, ``words`` stands inside a label ("card
    transactions") and ``moves`` names what goes in and out ("card payments").
    """

    code: str
    prefix: str
    words: str
    moves: dict[Direction, str]

    @property
    def label(self) -> str:
        """The product's words at the beginning of a label."""
        return self.words.capitalize()


CHECKING = Product(
    "checking", "checking", "checking", {"in": "checking deposits", "out": "checking withdrawals"}
)
SAVINGS = Product(
    "savings", "savings", "savings", {"in": "savings deposits", "out": "savings withdrawals"}
)
CARD = Product("credit", "card", "card", {"in": "card payments", "out": "card charges"})

PRODUCTS: tuple[Product, ...] = (CHECKING, SAVINGS, CARD)
DEPOSIT_PRODUCTS: tuple[Product, ...] = (CHECKING, SAVINGS)
