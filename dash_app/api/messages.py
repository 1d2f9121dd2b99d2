"""What is asked of the API and what it answers: the shapes that requests are checked against."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from core.scoring_ids import Standing
from core.scoring_rows import ID

JSON = "application/json"  # the one type of body, either way
MOST_SCORED = 1_000
MOST_VALUES = 1_000  # names in one row


Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Value = Annotated[Any, WithJsonSchema({"type": ["number", "string", "boolean", "null"]})]


def _day(text: object) -> date:
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("give a day as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("give a day as YYYY-MM-DD") from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class Message(BaseModel):
    """What goes either way: nothing beside what is named."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


# ---- what is asked


class LensAsked(Message):
    """Which lens."""

    lens: Name | None = Field(None, description="Name of the lens; default: the first behavioural.")


class MembersAsked(Message):
    """Which page of a segment's customers."""

    lens: Name | None = Field(
        None, description="Name of the lens; needed where segments of several lenses have the key."
    )
    limit: int = Field(100, ge=1, le=1_000, description="Most customers in the answer.")
    after: str | None = Field(
        None,
        pattern=r"^C-[A-Z0-9]{1,64}$",
        description="Begin behind this pseudonym: `next_after` of the page before.",
    )


class ScoreAsked(Message):
    """Whom to score: customers of the data set by `ids`, or anyone by `rows` of values."""

    model_config = ConfigDict(strict=True)

    lens: Name | None = Field(None, description="Name of the lens; default: the first behavioural.")
    ids: list[Id] | None = Field(
        None,
        min_length=1,
        max_length=MOST_SCORED,
        description="Customers' numbers or pseudonyms.",
    )
    as_of: Day | None = Field(
        None,
        description="With ids: the day of the import that says what is known of them; default: "
        "the day of the published run.",
    )
    rows: list[Annotated[dict[str, Value], Field(max_length=MOST_VALUES)]] | None = Field(
        None,
        min_length=1,
        max_length=MOST_SCORED,
        description="An object of values per customer, with every input of the lens by name; null "
        f"where a value is not known. “{ID}”, where there is one, comes back as `id`.",
    )
    ranges: bool = Field(False, description="Say what the segments range over, too.")

    @model_validator(mode="after")
    def _ids_or_rows(self) -> ScoreAsked:
        if (self.ids is None) == (self.rows is None):
            raise ValueError("Give ids or rows, one of the two")
        if self.rows is not None and self.as_of is not None:
            raise ValueError("as_of goes with ids; rows are scored as they are")
        return self


# ---- what is answered


class LensAnswer(Message):
    """One view of the customers."""

    lens: str
    label: str
    question: str
    verdict: str = Field(description="How far its segments can be relied on.")
    not_eligible: int | None = Field(
        description="Customers who are no part of it; null where they are too few to be told."
    )


class DatasetAnswer(Message):
    """A data set and what is published of it."""

    dataset: str
    title: str
    currency: str = Field(description="ISO code of its money.")
    run: int | None = Field(description="The published run; null where nothing is published yet.")
    as_of: date | None
    customers: int | None
    lenses: list[LensAnswer]


class DatasetsAnswer(Message):
    """Every data set, the one that came first leading."""

    datasets: list[DatasetAnswer]


class SegmentAnswer(Message):
    """A segment. Of one with too few customers nothing is told but its key."""

    segment_key: str = Field(description="What stays when the segment is renamed.")
    name: str | None
    sentence: str | None
    size: int | None
    share: float | None = Field(description="Of the lens's customers, 0 to 1.")
    by_rule: bool | None = Field(description="By a rule, and not by distance.")
    suppressed: bool = Field(description="It has too few customers to be told of.")


class LensSegments(Message):
    """The segments of one lens."""

    lens: str
    label: str
    segments: list[SegmentAnswer]


class SegmentsAnswer(Message):
    """The published segments of a data set, lens by lens."""

    dataset: str
    run: int
    as_of: date
    lenses: list[LensSegments]


class FieldAnswer(Message):
    """One field that goes in or comes out."""

    name: str
    type: str
    description: str | None = None
    unit: str | None = None


class SchemaAnswer(Message):
    """What scoring takes and gives, in order."""

    description: str
    version: str
    inputContentType: str  # noqa: N815  (as schema files of inference services write it)
    outputContentType: str  # noqa: N815
    input: list[FieldAnswer]
    output: list[FieldAnswer]


class CustomerScore(Message):
    """The answer to one id or row."""

    index: int = Field(description="Place of the id or row in the request, from 0.")
    id: str | None = Field(description="The id as it was asked, or the row's customer_id.")
    answer: Standing = Field(description="Whether there is a segment; else why not.")
    reason: str = Field(description="Why there is no segment, in words; else empty.")
    segment_key: str | None = Field(description="What stays of a segment when it is renamed.")
    predict_cluster: str | None = Field(description="Name of the segment.")
    predict_distance_to_cluster: float | None = Field(
        description="Distance to the segment's middle, in prepared units; null in one by rule."
    )
    runner_up_key: str | None = Field(description="Key of the next nearest segment.")
    runner_up: str | None = Field(description="Name of the next nearest segment.")
    margin: float | None = Field(
        description="1 - distance / distance to the runner-up: 0 on the border, 1 far off."
    )
    typicality: float | None = Field(
        description="Of 100 customers of the segment, how many are nearer; over 99: like nobody."
    )
    warnings: list[str] = Field(description="What is unusual about the values.")
    model_version: str = Field(description="Which model gave the answer.")


class RangeAnswer(Message):
    """From the smallest to the largest value of an input in a segment."""

    segment_key: str
    feature: str
    minimum: float | None
    maximum: float | None


class ScoreAnswer(Message):
    """An answer to every id or row, in the order asked."""

    dataset: str
    lens: str
    as_of: date | None = Field(description="With ids: the day from which customers are known.")
    answers: list[CustomerScore]
    not_looked_at: list[str] = Field(description="Names in the rows that are no input of the lens.")
    ranges: list[RangeAnswer] | None = Field(
        description="Where they were asked for; of segments with enough customers."
    )


class MemberAnswer(Message):
    """A customer of a segment, by pseudonym."""

    pseudonym: str
    predict_distance_to_cluster: float | None
    runner_up_key: str | None
    runner_up: str | None
    margin: float | None
    typicality: float | None


class MembersAnswer(Message):
    """A page of a segment's customers, in order of their pseudonyms.

    It may hold fewer than were asked for while there is a next one.
    """

    dataset: str
    lens: str
    segment_key: str
    name: str
    members: list[MemberAnswer]
    next_after: str | None = Field(
        description="Ask again with `after` set to it; null: these were the last."
    )


class Problem(Message):
    """Why a request was not answered."""

    error: str = Field(description="What was found, what is allowed, what to do.")
    request: str = Field(description="Quote it when asking for help; the log has it too.")
