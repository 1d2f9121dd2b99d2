"""The slope chart of shares."""

from __future__ import annotations

from datetime import date

from core.readmodels import RunId, SegmentShare
from dash_app.figures.share_history import share_history
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import world

SEGMENTS = world(2).segments


def share(run: int, day: date, key: int, value: float) -> SegmentShare:
    return SegmentShare(RunId(run), day, f"segment-{key}", f"Old name {key}", value)


MARCH, JUNE = date(1995, 3, 31), date(1995, 6, 30)
HISTORY = [
    share(2, JUNE, 0, 0.40),
    share(1, MARCH, 0, 0.50),
    share(1, MARCH, 1, 0.50),
    share(2, JUNE, 1, 0.60),
]


def test_runs_are_in_order_and_segments_have_their_present_names() -> None:
    chart = share_history(HISTORY, SEGMENTS, theme=LIGHT)
    assert [column.label for column in chart.table.columns] == ["Segment", "Mar 1995", "Jun 1995"]
    assert chart.table.rows == (
        ("Card-led everyday", 0.50, 0.40),
        ("Careful savers", 0.50, 0.60),
    )
    assert [trace["y"] for trace in chart.figure["data"]] == [[0.50, 0.40], [0.50, 0.60]]


def test_the_title_names_the_largest_move() -> None:
    moved = [*HISTORY[:3], share(2, JUNE, 1, 0.57)]
    title = share_history(moved, SEGMENTS, theme=LIGHT).title
    assert title == "Card-led everyday shrank by 10.0\xa0pp over 2 runs"


def test_two_runs_on_the_same_day_are_told_apart() -> None:
    again = [*HISTORY, share(3, JUNE, 0, 0.41), share(3, JUNE, 1, 0.59)]
    chart = share_history(again, SEGMENTS, theme=LIGHT)
    labels = [column.label for column in chart.table.columns]
    assert labels == ["Segment", "Mar 1995", "Jun 1995, run 2", "Jun 1995, run 3"]


def test_a_segment_that_is_gone_is_grey_and_has_no_label() -> None:
    gone = [*HISTORY, SegmentShare(RunId(1), MARCH, "gone", "Old friends", 0.1)]
    chart = share_history(gone, SEGMENTS, theme=LIGHT)
    assert chart.table.rows[-1] == ("Old friends", 0.1, None)
    assert chart.figure["data"][-1]["line"]["color"] == LIGHT.muted
    assert len(chart.figure["layout"]["annotations"]) == 2


def test_one_run_says_that_it_is_the_first() -> None:
    chart = share_history(HISTORY[1:3], SEGMENTS, theme=LIGHT)
    assert chart.title == "One run so far: movements appear with the next"


def test_long_histories_name_at_most_six_runs_and_the_last() -> None:
    days = [date(1990 + run, 1, 31) for run in range(20)]
    long = [share(run, day, 0, 0.5) for run, day in enumerate(days)]
    ticks = share_history(long, SEGMENTS, theme=LIGHT).figure["layout"]["xaxis"]["tickvals"]
    assert len(ticks) <= 6
    assert ticks[-1] == 19


def test_beyond_eight_segments_the_smallest_are_thin_and_grey_together() -> None:
    bank = world(20)
    chart = share_history(bank.shares, bank.segments, theme=LIGHT)
    assert sum(trace["line"]["width"] > 1 for trace in chart.figure["data"]) == 8
    assert "12 smaller segments" in chart.subtitle
