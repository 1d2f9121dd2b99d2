"""The planted personas of the demo shop: how lately, how often, for how much and how they pay."""

from __future__ import annotations

from dataclasses import dataclass

ONLY_CANCELLED = "Only cancelled orders"  # persons without a valid order


@dataclass(frozen=True, slots=True)
class Shopper:
    """What persons of one kind buy."""

    name: str
    share: float
    orders: tuple[int, int]  # least and most
    last_order: tuple[int, int]  # days before the last day
    gap: float  # mean days from one order to the next
    basket: float  # median, in BRL
    spread: float  # of the logarithm of an order's amount


@dataclass(frozen=True, slots=True)
class Payer:
    """How persons of one kind pay."""

    name: str
    share: float
    kind: str  # the payment type of most orders
    loyalty: float  # how many orders are paid so
    instalments: tuple[int, int]


SHOPPERS = (
    Shopper("One small order", 0.34, (1, 1), (30, 420), 0, 42, 0.22),
    Shopper("Regulars", 0.25, (4, 7), (2, 60), 32, 105, 0.22),
    Shopper("One large order", 0.22, (1, 1), (30, 420), 0, 900, 0.22),
    Shopper("Former regulars", 0.15, (4, 7), (290, 430), 26, 70, 0.22),
    Shopper(ONLY_CANCELLED, 0.04, (1, 2), (10, 400), 40, 120, 0.4),
)
PAYERS = (
    Payer("Card at once", 0.42, "credit_card", 0.97, (1, 1)),
    Payer("Card in instalments", 0.30, "credit_card", 0.97, (6, 10)),
    Payer("Boleto", 0.20, "boleto", 0.97, (1, 1)),
    Payer("Vouchers", 0.08, "voucher", 0.95, (1, 1)),
)
