"""The history, a run's head and detail, and jobs, as people see them."""

from __future__ import annotations

from dataclasses import replace

from core.readmodels import JobStatus, RunId, VerdictLevel
from dash_app.tabs.runs.detail import detail_page
from dash_app.tabs.runs.history import history_card, history_finding, history_table
from dash_app.tabs.runs.jobs import ending_words, finished_mark, jobs_card
from dash_app.tabs.runs.publishing import head_card, publish_question
from dash_app.tabs.runs.reading import chosen_run
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import BEHAVIOURAL, DEMOGRAPHIC, hrefs_of, parts_of, text_of
from tests.dash_app.tabs.runs.builders import detail, history, job, run

LIVE = run(2, "published")
DRAFT = run(3)


def address(run_id: RunId) -> str:
    return f"/runs?run={run_id}"


def ids_of(component: object) -> list[object]:
    return [part.id for part in parts_of(component) if getattr(part, "id", None)]


def test_the_history_says_which_run_is_live() -> None:
    assert history_finding(history(LIVE)) == "Run 2 is live, and it is the latest"
    assert history_finding(history(DRAFT, LIVE)) == "Run 2 is live; 1 run is newer"
    assert history_finding(history(run(4), DRAFT, LIVE)) == "Run 2 is live; 2 runs are newer"
    assert history_finding(history(DRAFT)) == "Nothing is published yet"


def test_a_run_is_a_line_that_leads_to_it() -> None:
    card = history_card(history(DRAFT, LIVE), address)
    assert hrefs_of(card) == ["/runs?run=3", "/runs?run=2"]
    assert "Behavioural 2 Usable with care All views, 3 to 6 segments; seed 7" in text_of(card)


def test_a_failed_run_says_why_in_the_place_of_its_segments() -> None:
    failed = run(4, "failed", lenses=(), message="Too few customers.", finished_at=None)
    assert "Failed Too few customers." in text_of(history_card(history(failed), address))
    assert history_table(history(failed)).rows[0][-1] == "Too few customers."


def test_a_data_set_without_runs_says_what_to_do() -> None:
    words = text_of(history_card(history(), address))
    assert words.startswith("No runs yet")
    assert words.endswith("python manage.py segment bank")


def test_without_a_choice_the_published_run_is_shown_else_the_newest() -> None:
    assert chosen_run((DRAFT, LIVE), None) == LIVE
    assert chosen_run((DRAFT,), None) == DRAFT
    assert chosen_run((DRAFT, LIVE), RunId(3)) == DRAFT
    assert chosen_run((DRAFT, LIVE), RunId(9)) is None


def test_a_draft_can_be_published_after_a_question() -> None:
    head = head_card(detail(DRAFT), history(DRAFT, LIVE), "/overview", may_publish=True)
    assert {"type": "runs-publish", "index": 3} in ids_of(head)
    assert "Everybody will see run 3 instead of run 2." in text_of(head)


def test_a_viewer_is_offered_neither_publishing_nor_rolling_back() -> None:
    for shown in (detail(DRAFT), detail(LIVE)):
        head = head_card(shown, history(DRAFT, LIVE, before=1), "/overview", may_publish=False)
        assert ids_of(head) == []


def test_the_live_run_can_be_taken_back_if_there_was_one_before() -> None:
    head = head_card(detail(LIVE), history(LIVE, before=1), "/overview", may_publish=True)
    assert ids_of(head) == [{"type": "runs-roll-back", "index": 1}]
    assert "Run 1 becomes what everybody sees" in text_of(head)
    first = head_card(detail(LIVE), history(LIVE), "/overview", may_publish=True)
    assert ids_of(first) == []


def test_a_run_that_must_not_be_used_says_why_in_the_place_of_the_button() -> None:
    refused = detail(DRAFT, VerdictLevel.REFUSE)
    head = head_card(refused, history(DRAFT, LIVE), "/overview", may_publish=True)
    assert ids_of(head) == []
    assert (
        "This run cannot be published: the behavioural segments are judged “Do not use”. "
        "Not stable." in text_of(head)
    )


def test_the_question_warns_of_weak_views_and_of_missing_ones() -> None:
    weak = replace(DRAFT, lenses=(replace(BEHAVIOURAL, verdict=VerdictLevel.WEAK),))
    both = replace(LIVE, lenses=(DEMOGRAPHIC, BEHAVIOURAL))
    assert publish_question(weak, both) == (
        "Everybody will see run 3 instead of run 2. Views that it does not have stay as they are, "
        "if they are of these data. Mind that the behavioural segments are judged “Weak”."
    )
    assert publish_question(DRAFT, None) == "Everybody will see run 3."


def test_the_detail_shows_why_how_long_and_how() -> None:
    page = detail_page(detail(), LIGHT)
    words = text_of(page)
    for part in (
        "Behavioural: 2 segments",
        "Why 2 segments Two are the most.",
        "Segment by the behavioural view",
        "Behavioural 3 to 5 Standard: mean 0, deviation 1 k-means 2 3f9a3f9a3f9a",
        "Seed 7. numpy 2.4.6.",
    ):
        assert part in words


def test_a_segment_by_rule_is_not_counted_among_the_chosen() -> None:
    assert "3 segments were chosen, one more goes by a rule" in text_of(
        detail_page(detail(k=3), LIGHT)
    )


def test_a_run_without_segments_has_no_detail() -> None:
    failed = replace(detail(run(4, "failed")), lenses=())
    assert detail_page(failed, LIGHT) is None
    head = head_card(
        replace(failed, summary=run(4, "failed", lenses=(), message="Stopped.")),
        history(LIVE),
        "/overview",
        may_publish=True,
    )
    assert text_of(head).endswith("Stopped.")


def test_an_open_job_shows_how_far_it_is_and_can_be_stopped() -> None:
    cards = jobs_card([job()], address, may_cancel=True)
    assert "Job 1 Running asked 2 Nov 2026 06:10" in text_of(cards)
    assert "42% · Behavioural: trying 4 segments" in text_of(cards)
    assert {"type": "runs-cancel", "index": 1} in ids_of(cards)
    assert ids_of(jobs_card([job()], address, may_cancel=False)) == []


def test_an_ended_job_leads_to_its_run_or_says_why_it_failed() -> None:
    done = job(2, JobStatus.DONE, run_id=RunId(5))
    failed = job(1, JobStatus.FAILED, message="Too few customers.")
    cards = jobs_card([done, failed], address, may_cancel=True)
    assert hrefs_of(cards) == ["/runs?run=5"]
    assert "Too few customers." in text_of(cards)
    assert ids_of(cards) == []


def test_open_jobs_come_first_and_no_job_is_no_card() -> None:
    jobs = [job(number, JobStatus.DONE) for number in range(9, 2, -1)] + [job(2)]
    words = text_of(jobs_card(jobs, address, may_cancel=True))
    assert words.startswith("Background jobs Job 2 Running")
    assert words.count("asked") == 4
    assert jobs_card([], address, may_cancel=True) == []


def test_the_end_of_a_job_is_noticed_and_told() -> None:
    done = job(2, JobStatus.DONE, run_id=RunId(5))
    assert finished_mark([job(2)]) != finished_mark([done])
    assert finished_mark([job(2)]) == finished_mark([job(2, fraction=0.9)])
    assert ending_words([done]) == "Run 5 is done."
    assert ending_words([job(1, JobStatus.CANCELLED)]) == "The job was stopped."
    assert ending_words([job(1, JobStatus.FAILED)]) == "The job has failed."
    assert ending_words([job()]) == ""


def test_of_a_view_by_rule_no_numbers_that_were_tried_are_drawn() -> None:
    found = detail(DRAFT)
    (lens,) = found.lenses
    ruled = replace(lens, spec=lens.spec.model_copy(update={"grouping": "rfm"}), scores=())
    drawn = ids_of(detail_page(found, LIGHT))
    assert "runs-k-scores-behavioural-graph" in drawn
    by_rule = ids_of(detail_page(replace(found, lenses=(ruled,)), LIGHT))
    assert "runs-k-scores-behavioural-graph" not in by_rule
    assert "runs-timings-graph" in by_rule
