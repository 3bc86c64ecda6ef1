"""The events of the newer streams as users of bare pydantic write them down."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter


class Usage(BaseModel):
    """What the text has used up."""

    output_tokens: int | None = None


class Created(BaseModel):
    """The first event of an answer."""

    type: Literal["response.created"]
    sequence_number: int


class Delta(BaseModel):
    """A piece of its text."""

    type: Literal["response.output_text.delta"]
    sequence_number: int
    delta: str | None = None


class Completed(BaseModel):
    """The last event of an answer."""

    type: Literal["response.completed"]
    sequence_number: int


ANSWER: TypeAdapter[Created | Delta | Completed] = TypeAdapter(
    Annotated[Created | Delta | Completed, Field(discriminator="type")]
)


class Output(BaseModel):
    """What an analysis has found."""

    generation_id: str
    data: str
    finish_reason: str
    usage: Usage


class Result(BaseModel):
    """What became of an item of a batch."""

    task_id: str
    custom_id: str | None
    status: str
    data: Output | None = None


RESULT: TypeAdapter[Result] = TypeAdapter(Result)
