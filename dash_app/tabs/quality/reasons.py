"""The verdict in plain words: an answer, and the reasons that matter most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.readmodels import TrustTest, VerdictLevel

MOST = 3
_ANSWERS = {
    VerdictLevel.STRONG: "Yes.",
    VerdictLevel.CARE: "Yes, with care.",
    VerdictLevel.WEAK: "Only as a rough picture.",
    VerdictLevel.REFUSE: "No.",
}
_OF_A_RULE = {
    VerdictLevel.CARE: "It is a rule, not a finding.",
    VerdictLevel.WEAK: "It is a rule, and its borders move.",
}
NOT_TESTED = (
    "Not tested: whether customers form groups by themselves. Nothing was clustered, so how well "
    "segments are told apart, chance and their number are no questions here."
)
# By the name of a test, what matters more first: words when passed, words when not. Tests that are
# not here speak for themselves.
_PLAIN = {
    "More than one smooth cloud": (
        "Customers form groups: they are more than one smooth crowd cut into pieces.",
        "Customers form one smooth crowd: the borders could as well lie elsewhere.",
    ),
    "Found again": ("Other draws of customers give the same segments.", ""),
    "Repeatable": ("", ""),
    "More than unrelated features": (
        "The features belong together, and the segments show how.",
        "The features have little to do with one another.",
    ),
    "More than one feature": ("", ""),
    "Clear borders": ("", ""),
    "Sensible sizes": ("", ""),
    "No feature counted twice": (
        "",
        "Some features say nearly the same, so what they say counts twice.",
    ),
}
_LAST_IF_PASSED = ("Repeatable",)  # nobody doubts it until it fails


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against relying on the segments."""

    speaks_for: bool
    sentence: str
    remedy: str


def answer(level: VerdictLevel, *, by_rule: bool = False) -> str:
    """Return whether one can rely on segments of a verdict; ``by_rule``: groups that a rule made.

    >>> answer(VerdictLevel.CARE), answer(VerdictLevel.CARE, by_rule=True)
    ('Yes, with care.', 'It is a rule, not a finding.')
    """
    return _OF_A_RULE.get(level, _ANSWERS[level]) if by_rule else _ANSWERS[level]


def reasons(tests: Sequence[TrustTest], most: int = MOST) -> tuple[Reason, ...]:
    """Return the most important reasons: what speaks against comes first."""
    order = list(_PLAIN)

    def rank(test: TrustTest) -> tuple[bool, bool, int]:
        known = order.index(test.name) if test.name in order else len(order)
        return test.passed, test.passed and test.name in _LAST_IF_PASSED, known

    return tuple(_reason(test) for test in sorted(tests, key=rank)[:most])


def _reason(test: TrustTest) -> Reason:
    passed, failed = _PLAIN.get(test.name, ("", ""))
    words = passed if test.passed else failed
    return Reason(test.passed, words or test.reason, test.remedy)
