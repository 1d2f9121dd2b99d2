"""The planted personas and life stages of the demo's financial-markets clients."""

from __future__ import annotations

from dataclasses import dataclass

from core.sources.demo.personas import Spread


@dataclass(frozen=True, slots=True)
class MarketsPersona:
    """How clients of one kind invest; amounts in whole currency, counts are means per month."""

    name: str
    share: float
    funds: Spread
    pays_in: float  # probability of a deposit in a month
    deposit: Spread
    draws: float  # probability of a withdrawal in a month
    withdrawal: Spread
    trades: float
    logins: float
    calls: float
    fee_rate: float  # of the funds, in a month
    wallet: float  # share of the client's wealth held here
    risks: tuple[float, ...]  # probability of each risk tolerance of an account
    objectives: tuple[float, ...]


PERSONAS = (
    MarketsPersona(
        name="Delegating wealth",
        share=0.16,
        funds=Spread(900_000, 0.4),
        pays_in=0.02,
        deposit=Spread(20_000, 0.5),
        draws=0.02,
        withdrawal=Spread(15_000, 0.5),
        trades=1.0,
        logins=2.0,
        calls=7.0,
        fee_rate=0.0008,
        wallet=0.7,
        risks=(0.05, 0.35, 0.5, 0.1),
        objectives=(0.1, 0.45, 0.1, 0.25, 0.1),
    ),
    MarketsPersona(
        name="Active traders",
        share=0.2,
        funds=Spread(120_000, 0.45),
        pays_in=0.98,
        deposit=Spread(3_000, 0.4),
        draws=0.97,
        withdrawal=Spread(2_500, 0.4),
        trades=32.0,
        logins=45.0,
        calls=0.4,
        fee_rate=0.0022,
        wallet=0.3,
        risks=(0.0, 0.05, 0.25, 0.7),
        objectives=(0.0, 0.05, 0.85, 0.1, 0.0),
    ),
    MarketsPersona(
        name="Regular savers",
        share=0.27,
        funds=Spread(26_000, 0.45),
        pays_in=0.98,
        deposit=Spread(600, 0.35),
        draws=0.02,
        withdrawal=Spread(1_500, 0.4),
        trades=1.4,
        logins=7.0,
        calls=0.3,
        fee_rate=0.0009,
        wallet=0.45,
        risks=(0.1, 0.4, 0.45, 0.05),
        objectives=(0.1, 0.05, 0.3, 0.5, 0.05),
    ),
    MarketsPersona(
        name="Drawing down",
        share=0.19,
        funds=Spread(240_000, 0.4),
        pays_in=0.02,
        deposit=Spread(2_000, 0.4),
        draws=0.98,
        withdrawal=Spread(3_500, 0.35),
        trades=0.8,
        logins=3.0,
        calls=2.2,
        fee_rate=0.001,
        wallet=0.6,
        risks=(0.45, 0.4, 0.15, 0.0),
        objectives=(0.45, 0.3, 0.0, 0.1, 0.15),
    ),
    MarketsPersona(
        name="Sleeping accounts",
        share=0.18,
        funds=Spread(6_000, 0.5),
        pays_in=0.01,
        deposit=Spread(300, 0.4),
        draws=0.02,
        withdrawal=Spread(400, 0.4),
        trades=0.04,
        logins=0.25,
        calls=0.08,
        fee_rate=0.0012,
        wallet=0.15,
        risks=(0.6, 0.25, 0.15, 0.0),
        objectives=(0.5, 0.1, 0.1, 0.2, 0.1),
    ),
)


@dataclass(frozen=True, slots=True)
class MarketsStage:
    """A planted demographic group."""

    name: str
    share: float
    ages: tuple[str, ...]
    income: Spread
    marital: tuple[str, ...]
    children: tuple[int, ...]
    education: tuple[str, ...]
    employment: tuple[str, ...]


STAGES = (
    MarketsStage(
        "Starting out",
        0.26,
        ("18 to 24", "25 to 34", "25 to 34"),
        Spread(34_000, 0.2),
        ("Single", "Single", "Single", "Married"),
        (0, 0, 0, 0, 1),
        ("High School", "University", "University"),
        ("Employed", "Employed", "Student"),
    ),
    MarketsStage(
        "Families",
        0.3,
        ("35 to 44", "35 to 44", "45 to 54"),
        Spread(72_000, 0.2),
        ("Married", "Married", "Married", "Divorced"),
        (1, 2, 2, 3),
        ("Professional", "University", "University"),
        ("Employed", "Employed", "Self employed"),
    ),
    MarketsStage(
        "Senior careers",
        0.2,
        ("45 to 54", "55 to 64", "55 to 64"),
        Spread(190_000, 0.25),
        ("Married", "Married", "Divorced"),
        (0, 0, 0, 1),
        ("Postgraduate", "Postgraduate", "Professional"),
        ("Employed", "Self employed"),
    ),
    MarketsStage(
        "Retired",
        0.24,
        ("65 and over",),
        Spread(30_000, 0.2),
        ("Widowed", "Married", "Married"),
        (0,),
        ("High School", "High School", "Professional"),
        ("Retired",),
    ),
)
