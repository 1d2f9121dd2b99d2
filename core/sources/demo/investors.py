"""The planted personas of the demo investors, and who they are: names and numbers of nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.personas import Spread

Ints = NDArray[np.int64]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class InvestorPersona:
    """What investors of one kind own and put aside; amounts in whole currency."""

    name: str
    share: float
    networth: Spread
    sip: Spread | None  # every month; None: no plan
    has_demat: float  # probability
    age: tuple[int, int]


INVESTORS = (
    InvestorPersona(
        "Large plans", 0.20, Spread(3_200_000, 0.25), Spread(38_000, 0.2), 1.0, (42, 76)
    ),
    InvestorPersona("First steps", 0.30, Spread(420_000, 0.25), Spread(4_200, 0.2), 0.0, (18, 38)),
    InvestorPersona("Securities only", 0.22, Spread(4_600_000, 0.25), None, 1.0, (40, 80)),
    InvestorPersona("Not yet investing", 0.28, Spread(1_300_000, 0.6), None, 0.0, (18, 80)),
)
_FIRST = _words("""
    Aadrit Belvani Chaitri Devansha Eshanika Farvika Girivar Harvika Ishrit Jaivika Kaveshi
    Lavitra Mahnoori Nirvaya Ojasvin Parvika Ritvesh Sanvira Tarvesh Urvika Vedhanti Yashmita
""")
_LAST = _words("""
    Ambarwal Bhorkar Chandrapal Dhanvati Eshwaran Gulmohri Hirawati Jamunia Kesarwal Lalchowk
    Mogravi Neelkanth Parvatia Rangoli Sagarmal Tulsiani Udaygiri Vanrajia
""")
_ROADS = _words("Gulmohar Neem Peepal Saffron Lotus Jasmine Banyan Tamarind Marigold Lantern")
_KINDS = ("Road", "Chowk", "Nagar", "Path", "Marg", "Circle")
_STATES = (  # name, code
    ("UTTAR PRADESH", 9),
    ("WEST BENGAL", 19),
    ("MAHARASHTRA", 27),
    ("TAMIL NADU", 33),
    ("RAJASTHAN", 8),
    ("KARNATAKA", 29),
    ("PUNJAB", 3),
    ("KERALA", 32),
)
_STATE_SHARES = (0.2, 0.19, 0.16, 0.13, 0.11, 0.1, 0.07, 0.04)
_TOWNS = _words("Adar Bhim Chan Devi Gang Hari Indra Jal Kal Lakh")
_ENDINGS = ("pur", "ganj", "nagar", "garh")
STAGES = ("Starting out", "Mid career", "Later life")
STAGE_ENDS = (35, 56)  # ages at which the second and third begin
_TYPICAL = 0.98  # share of each stage that has its usual income and account
_BORN = (np.datetime64("1958-01-01"), np.datetime64("2006-01-01"))


def people(age: Ints, random: np.random.Generator) -> pd.DataFrame:
    """Return who investors are; dates of birth have nothing to do with ages, as in the original.

    No number can belong to anybody: no Aadhaar number begins with 0, no Indian mobile phone with 1,
    and a PAN has letters.
    """
    n, stage = len(age), np.searchsorted(STAGE_ENDS, age, side="right")
    branches = [f"{town}a{ending}" for town in _TOWNS for ending in _ENDINGS]
    branch = random.integers(0, len(branches), n)
    state = random.choice(len(_STATES), len(branches), p=_STATE_SHARES)[branch]
    born = _BORN[0] + random.integers(0, int((_BORN[1] - _BORN[0]).astype(int)), n)
    abroad = np.where(random.random(n) < 0.5, "91", "")
    return pd.DataFrame(
        {
            "customer_name": [f"{a} {b}" for a, b in zip(*_picks(n, random), strict=True)],
            "branch_code": 100 + branch,
            "branch_name": np.array(branches)[branch],
            "customer_pan_card_no": 1_000_000_000 + random.permutation(n * 90)[:n] * 97,
            "customer_adhar_card_no": [f"0{k:011d}" for k in random.permutation(n * 900)[:n] * 97],
            "date_of_birth": born.astype(str),
            "address": [_address(draw) for draw in random.random((n, 5))],
            "name_of_city": branch,
            "state_name": np.array([name for name, _ in _STATES])[state],
            "state_code": np.array([code for _, code in _STATES])[state],
            "country": "India",
            "zip_code": 400_000 + np.arange(n),
            "mobile_no": [
                f"{code}1{number:09d}"
                for code, number in zip(abroad, random.permutation(n * 900)[:n], strict=True)
            ],
            "kyc_status": random.choice(["Verified", "Pending", "Rejected"], n),
            "risk_id": random.integers(1, 5, n),
            "income_slab": _by_stage(stage, ("Low", "High", "Medium"), random),
            "kyc_number": random.integers(100_000, 999_999, n),
            "crn_unique_id": [_uuid(random) for _ in range(n)],
            "account_type": _by_stage(stage, ("Savings", "Current", "Savings"), random),
            "nationality": "Indian",
        }
    )


def amounts(
    persona: Ints, of: Callable[[InvestorPersona], Spread | None], random: np.random.Generator
) -> NDArray[np.float64]:
    """Return a log-normal draw per investor; 0 for those whose persona has none."""
    spreads = [of(one) or Spread(0, 0) for one in INVESTORS]
    median = np.array([spread.median for spread in spreads], dtype=np.float64)[persona]
    sigma = np.array([spread.sigma for spread in spreads], dtype=np.float64)[persona]
    bounded = np.clip(random.normal(size=len(persona)), -2.2, 2.2)
    drawn: NDArray[np.float64] = (median * np.exp(sigma * bounded)).round(2)
    return drawn


def _picks(n: int, random: np.random.Generator) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    return (
        np.array(_FIRST)[random.integers(0, len(_FIRST), n)],
        np.array(_LAST)[random.integers(0, len(_LAST), n)],
    )


def _by_stage(stage: Ints, usual: tuple[str, ...], random: np.random.Generator) -> NDArray[np.str_]:
    anything = random.choice(sorted(set(usual)), len(stage))
    return np.where(random.random(len(stage)) < _TYPICAL, np.array(usual)[stage], anything)


def _address(draw: NDArray[np.float64]) -> str:
    """Return an address in one line or two: it needs quotes either way."""
    road = f"{_ROADS[int(draw[0] * len(_ROADS))]} {_KINDS[int(draw[1] * len(_KINDS))]}"
    house = f"{int(draw[2] * 98) + 1}"
    house = f"H.No. {house}" if draw[3] < 0.3 else f"{house}/{int(draw[3] * 90)}"
    return f"{house}\n{road}" if draw[4] < 0.5 else f"{house}, {road}"


def _uuid(random: np.random.Generator) -> str:
    digits = random.bytes(16).hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
