"""A package as the runtime of clients expects it: a document, models, and client classes that name it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from apicontract.client import AsyncClient, ClosedModel, OpenModel, SyncClient


class Tag(ClosedModel):
    """A part of a request."""

    name: str = Field(alias="_name")
    weight: float | None = None
    note: str | None = None


class Note(OpenModel):
    """An answer."""

    id: str = Field(alias="_id")
    stars: int | None = None


class PageInfo(OpenModel):
    """What a page says about the pages."""

    page: int | None = None
    total_page: int | None = None
    next_page_token: str | None = None


class Notes(OpenModel):
    """A page."""

    data: list[Note] | None = None
    page_info: PageInfo | None = None


class Begin(OpenModel):
    """The first event."""

    event_type: Literal["begin"]


class Text(OpenModel):
    """An event in between."""

    event_type: Literal["text"]
    text: str | None = None


class End(OpenModel):
    """The last event."""

    event_type: Literal["end"]


Event = Annotated[Begin | Text | End, Field(discriminator="event_type")]


class Tiny(SyncClient):
    """The synchronous client."""

    _package = __name__


class AsyncTiny(AsyncClient):
    """The asynchronous client."""

    _package = __name__
