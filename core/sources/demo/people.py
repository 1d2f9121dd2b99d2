"""Invented customers of the demo bank: four life stages, names and streets of nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WOMEN = _words("""
    Aldra Brisa Cerily Dovena Elowyn Fenna Gisra Halvia Isarey Jorenna Kelmara Lunessa
    Mirelle Nolvy Orsela Pernille Quilla Roswen Sunniva Tamsel Ulvira Vespera Wendlyn Yarise
""")
_MEN = _words("""
    Aldren Bastor Corvin Dorrick Elmar Fendrel Garrow Hestor Ivo Jarrick Kelden Lorcas
    Merrin Norvel Osrin Perrick Quentar Rodan Silvan Torvin Ulmer Vendel Wystan Yorrick
""")
_LAST = _words("""
    Ambervale Birchmoor Coldspring Dunwick Eastmere Fairholt Greywater Hollowell Ironside
    Juniperson Kestrelman Larkfield Marrowby Null Oakhaven Pinebrook Quillfeather Ravenshaw
    Stonebeck Thistlewood Underhay Vinterborn Westerling Yarrowmont Zephyrson O'Merrin
""")
_STREETS = _words("""
    Acorn Beacon Cinder Driftwood Ember Foxglove Garnet Harbour Indigo Juniper Lantern
""")
FIRST_NAMES, LAST_NAMES, STREETS = (*_WOMEN, *_MEN), _LAST, _STREETS
_CITIES = (  # invented places; the post code of some lost its leading zero, as it happens
    ("Port Larkin", "CA", 90_200),
    ("Mesa Alba", "AZ", 85_300),
    ("New Harrow", "NY", 10_400),
    ("Lakemoor", "IL", 60_500),
    ("Bayou Verte", "LA", 70_100),
    ("Fort Ansel", "TX", 77_600),
    ("Glen Marrow", "NJ", 7_200),
    ("Cape Orrin", "MA", 2_100),
)


@dataclass(frozen=True, slots=True)
class LifeStage:
    """A planted demographic group."""

    name: str
    share: float
    youngest: int
    oldest: int
    income: float  # median; 0 below 18 whatever it says
    income_sigma: float
    tenure: tuple[int, int]
    children: tuple[float, ...]  # probability of 0, 1, 2, …
    marital: tuple[float, ...]  # probability of the codes 1 to 4


STAGES = (
    LifeStage("Children", 0.12, 13, 17, 1, 0.1, (0, 4), (1.0,), (1.0, 0, 0, 0)),
    LifeStage(
        "Starting out", 0.26, 18, 32, 15_000, 0.4, (0, 4), (0.93, 0.07), (0.9, 0.07, 0.03, 0)
    ),
    LifeStage(
        "Families", 0.36, 30, 55, 38_000, 0.4, (1, 7), (0.1, 0.3, 0.4, 0.2), (0.0, 0.84, 0.08, 0.08)
    ),
    LifeStage(
        "Later life", 0.26, 56, 88, 18_000, 0.4, (4, 10), (0.97, 0.03), (0.06, 0.66, 0.05, 0.23)
    ),
)


def people(
    customer_ids: np.ndarray, tilt: np.ndarray, random: np.random.Generator
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the customers' table (typed, unpadded) and each one's life stage.

    ``tilt`` (one number per customer, 0 or 1) makes the later stages a little likelier: the weak
    relation between who customers are and what they do.
    """
    n = len(customer_ids)
    shares = np.array([stage.share for stage in STAGES])
    edges = np.cumsum(shares)
    stage = np.searchsorted(edges, np.clip(random.random(n) + 0.05 * tilt, 0, 0.999_999))
    frame = pd.DataFrame({"cust_id": customer_ids})
    draw = random.random((n, 6))
    columns = np.zeros((5, n), dtype=np.int64)
    for number, one in enumerate(STAGES):
        at = np.flatnonzero(stage == number)
        columns[0, at] = one.youngest + (draw[at, 0] * (one.oldest - one.youngest + 1)).astype(int)
        columns[1, at] = np.exp(np.log(one.income) + one.income_sigma * random.normal(size=len(at)))
        columns[2, at] = one.tenure[0] + (draw[at, 1] * (one.tenure[1] - one.tenure[0])).astype(int)
        columns[3, at] = np.searchsorted(np.cumsum(one.children)[:-1], draw[at, 2])
        columns[4, at] = np.searchsorted(np.cumsum(one.marital)[:-1], draw[at, 3]) + 1
    age = columns[0]
    frame["income"] = np.where(age < 18, 0, columns[1])
    frame["age"] = age
    frame["years_with_bank"] = np.minimum(columns[2], 9)
    frame["nbr_children"] = columns[3]
    frame["gender"] = np.where(draw[:, 4] < 0.54, "F", "M")
    frame["marital_status"] = columns[4]
    return _addressed(frame, draw[:, 5], random), stage


def _addressed(frame: pd.DataFrame, draw: np.ndarray, random: np.random.Generator) -> pd.DataFrame:
    n = len(frame)
    women = frame["gender"] == "F"
    titles = np.where(women, "Ms.", "Mr.")
    frame["name_prefix"] = np.where(draw < 0.6, "", np.where(draw > 0.97, "Dr.", titles))
    picks = random.integers(0, len(_WOMEN), n)
    frame["first_name"] = np.where(women, np.array(_WOMEN)[picks], np.array(_MEN)[picks])
    frame["last_name"] = np.array(_LAST)[random.integers(0, len(_LAST), n)]
    frame["street_nbr"] = random.integers(100, 19_999, n)
    frame["street_name"] = np.array(_STREETS)[random.integers(0, len(_STREETS), n)]
    city = random.choice(len(_CITIES), n, p=[0.24, 0.06, 0.22, 0.14, 0.06, 0.16, 0.07, 0.05])
    frame["postal_code"] = np.array([c[2] for c in _CITIES])[city] + random.integers(0, 90, n)
    frame["city_name"] = np.array([c[0] for c in _CITIES])[city]
    frame["state_code"] = np.array([c[1] for c in _CITIES])[city]
    return frame
