"""The planted personas of the demo bank: how each uses its accounts, told by a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

NO_ACCOUNT = "Not yet active"  # customers without any account


@dataclass(frozen=True, slots=True)
class Spread:
    """A log-normal amount: its median, and the spread of its logarithm."""

    median: float
    sigma: float


@dataclass(frozen=True, slots=True)
class Persona:
    """What customers of one kind hold and do in a year; amounts in whole currency."""

    name: str
    share: float
    has_savings: float  # probability
    has_credit: float
    checking: Spread  # balance
    savings: Spread
    debt: Spread  # owed on the card
    movements: Spread  # checking: payments and withdrawals in the year
    movement: Spread  # checking: amount of one
    purchases: Spread  # card: number in the year
    purchase: Spread  # card: amount of one
    savings_movements: float  # mean number in the year, interest apart
    last_month: int  # nothing of their own after it
    inquiries: float  # mean number in the year


PERSONAS = (
    Persona(
        name="Card-led spenders",
        share=0.27,
        has_savings=0.04,
        has_credit=1.0,
        checking=Spread(420, 0.45),
        savings=Spread(900, 0.4),
        debt=Spread(3_600, 0.35),
        movements=Spread(26, 0.2),
        movement=Spread(120, 0.3),
        purchases=Spread(64, 0.25),
        purchase=Spread(115, 0.3),
        savings_movements=6,
        last_month=12,
        inquiries=14,
    ),
    Persona(
        name="Careful savers",
        share=0.23,
        has_savings=1.0,
        has_credit=0.03,
        checking=Spread(1_500, 0.45),
        savings=Spread(8_500, 0.5),
        debt=Spread(250, 0.5),
        movements=Spread(18, 0.2),
        movement=Spread(210, 0.3),
        purchases=Spread(8, 0.3),
        purchase=Spread(60, 0.3),
        savings_movements=12,
        last_month=12,
        inquiries=5,
    ),
    Persona(
        name="Everyday accounts",
        share=0.31,
        has_savings=0.03,
        has_credit=0.02,
        checking=Spread(320, 0.5),
        savings=Spread(400, 0.5),
        debt=Spread(300, 0.5),
        movements=Spread(120, 0.22),
        movement=Spread(28, 0.25),
        purchases=Spread(10, 0.3),
        purchase=Spread(40, 0.3),
        savings_movements=5,
        last_month=12,
        inquiries=22,
    ),
    Persona(
        name="Few large movements",
        share=0.12,
        has_savings=0.04,
        has_credit=0.02,
        checking=Spread(11_000, 0.45),
        savings=Spread(3_000, 0.5),
        debt=Spread(300, 0.5),
        movements=Spread(6, 0.2),
        movement=Spread(2_300, 0.35),
        purchases=Spread(5, 0.3),
        purchase=Spread(150, 0.3),
        savings_movements=3,
        last_month=9,
        inquiries=2,
    ),
)
"""What is left of the shares (7 %) has no account at all."""
