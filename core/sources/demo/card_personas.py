"""The planted personas of the demo card holders: how each uses the card, told by a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

from core.sources.demo.personas import Spread


@dataclass(frozen=True, slots=True)
class CardPersona:
    """What holders of one kind do in a year; amounts in whole currency, months as shares."""

    name: str
    share: float
    balance: Spread
    one_off: Spread | None  # bought in one go; None: never
    instalment: Spread | None
    cash: Spread | None
    months_with: float  # share of months with a purchase (or, of cash takers, with an advance)
    purchase: Spread  # amount of one
    payments: Spread
    minimum: Spread
    limit: Spread
    in_full: float  # share of months paid in full


CARD_PERSONAS = (
    CardPersona(
        name="Paid in full",
        share=0.24,
        balance=Spread(140, 0.4),
        one_off=Spread(620, 0.35),
        instalment=Spread(480, 0.35),
        cash=None,
        months_with=0.85,
        purchase=Spread(48, 0.25),
        payments=Spread(1_150, 0.3),
        minimum=Spread(140, 0.3),
        limit=Spread(4_200, 0.35),
        in_full=0.75,
    ),
    CardPersona(
        name="Instalment buyers",
        share=0.22,
        balance=Spread(420, 0.4),
        one_off=None,
        instalment=Spread(560, 0.35),
        cash=None,
        months_with=0.8,
        purchase=Spread(52, 0.25),
        payments=Spread(620, 0.3),
        minimum=Spread(260, 0.3),
        limit=Spread(2_600, 0.35),
        in_full=0.12,
    ),
    CardPersona(
        name="Cash takers",
        share=0.24,
        balance=Spread(2_300, 0.4),
        one_off=None,
        instalment=None,
        cash=Spread(2_100, 0.4),
        months_with=0.35,
        purchase=Spread(60, 0.25),
        payments=Spread(1_700, 0.35),
        minimum=Spread(900, 0.35),
        limit=Spread(4_000, 0.35),
        in_full=0.02,
    ),
    CardPersona(
        name="Occasional buyers",
        share=0.17,
        balance=Spread(900, 0.4),
        one_off=Spread(420, 0.35),
        instalment=None,
        cash=None,
        months_with=0.2,
        purchase=Spread(130, 0.25),
        payments=Spread(560, 0.3),
        minimum=Spread(300, 0.3),
        limit=Spread(3_000, 0.35),
        in_full=0.03,
    ),
    CardPersona(
        name="Big spenders",
        share=0.13,
        balance=Spread(3_600, 0.35),
        one_off=Spread(5_200, 0.35),
        instalment=Spread(2_400, 0.35),
        cash=None,
        months_with=0.97,
        purchase=Spread(95, 0.25),
        payments=Spread(6_900, 0.3),
        minimum=Spread(1_000, 0.3),
        limit=Spread(11_000, 0.25),
        in_full=0.2,
    ),
)
