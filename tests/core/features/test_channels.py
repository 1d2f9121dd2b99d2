"""Through which channels customers bank."""

from __future__ import annotations

import math
from datetime import date

import pytest

from core.errors import DataError
from core.features.channels import MAX_CHANNELS, Channels
from tests.core.features.builders import Bank, bank_of_one, customer, inquiry, transaction, values


def test_shares_are_of_transactions_with_a_stated_channel() -> None:
    channels = ["Branch", "ATM", "ATM", "ATM", "Unknown", None]
    bank = bank_of_one([], [transaction("a", channel=c) for c in channels])

    assert values(bank, Channels()) == {
        "main_channel": "ATM",
        "channels_used": 2,
        "channel_entropy": pytest.approx(-(0.25 * math.log2(0.25) + 0.75 * math.log2(0.75))),
        "channel_atm_share": 0.75,
        "channel_branch_share": 0.25,
    }


def test_of_two_channels_used_equally_the_first_by_name_is_the_main_one() -> None:
    bank = bank_of_one([], [transaction("a", channel=c) for c in ["Web", "Phone"]])

    found = values(bank, Channels())

    assert (found["main_channel"], found["channel_entropy"]) == ("Phone", 1.0)


def test_a_customer_without_transactions_has_no_main_channel() -> None:
    bank = Bank([customer("a"), customer("b")], [], [transaction("b", channel="ATM")])

    assert values(bank, Channels()) == {
        "main_channel": "Unknown",
        "channels_used": 0,
        "channel_entropy": None,
        "channel_atm_share": None,
    }


def test_ways_of_writing_a_channel_are_one_channel() -> None:
    bank = bank_of_one([], [transaction("a", channel=c) for c in ["Call Centre", "call-centre"]])

    found = values(bank, Channels())

    assert found["channel_call_centre_share"] == 1.0
    assert (found["main_channel"], found["channels_used"]) == ("Call Centre", 1)


def test_a_channel_that_only_inquiries_or_the_future_use_has_no_column() -> None:
    bank = bank_of_one(
        [],
        [
            inquiry("a", channel="Phone"),
            transaction("a", booked_on=date(1996, 1, 1), channel="Web"),
        ],
    )

    assert values(bank, Channels()) == {
        "main_channel": "Unknown",
        "channels_used": 0,
        "channel_entropy": None,
    }


def test_free_text_is_refused_as_a_channel() -> None:
    bank = bank_of_one([], [transaction("a", channel=f"note {n}") for n in range(MAX_CHANNELS + 1)])

    with pytest.raises(DataError, match="41 different values, but at most 40"):
        Channels().features(bank.tables())
