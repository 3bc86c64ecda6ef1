# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 dfc37d52296785eef0f445da42682a3661e1f976ca2de66a3636071787d41d20
# Document: Bookshop, version 2
"""The schemas of Bookshop, version 2."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from apicontract.client import ClosedModel, OpenModel

__all__ = [
    "Advice",
    "AdviceEvent",
    "Author",
    "Begin",
    "Book",
    "BookPage",
    "Cover",
    "CoverOptions",
    "End",
    "Find",
    "Findings",
    "NewBook",
    "NoteTexts",
    "Notes",
    "Order",
    "PaperBook",
    "Question",
    "Refusal",
    "SoundBook",
    "Word",
]


class Advice(OpenModel):
    """What the bookseller says."""

    text: str | None = None
    """The words."""


class Author(ClosedModel):
    """A writer."""

    name: str
    """Full name."""
    born: Annotated[int | None, Field(gt=-3000)] = None
    """Year of birth. More than -3000."""


class Begin(OpenModel):
    """Advice begins."""

    type: Literal["begin"]
    """Kind of event."""


class BookPage(OpenModel):
    """A page of books."""

    items: list[Book] | None = None
    """The books of this page."""
    pages: int | None = None
    """Number of pages."""


class Cover(ClosedModel):
    """A picture, or where to find it."""

    picture: bytes | None = None
    """The picture itself."""
    picture_url: str | None = None
    """Address of the picture."""
    labels: list[str] | None = None
    """Words on the picture."""
    options: str | None = None
    """How to print it, as JSON text."""


class CoverOptions(ClosedModel):
    """How to print a cover."""

    width: Annotated[int | None, Field(ge=1)] = None
    """Width, in millimetres. At least 1."""


class End(OpenModel):
    """Advice ends."""

    type: Literal["end"]
    """Kind of event."""
    float_: Annotated[float | None, Field(alias="float", ge=0.0, le=1.0)] = None
    """How sure the bookseller is. 0 to 1."""


class Find(ClosedModel):
    """What to find."""

    words: Annotated[list[str], Field(min_length=1)]
    """Words in the book. Not empty."""
    verbose: bool | None = None
    """Whether to say why."""


class Findings(OpenModel):
    """A page of what was found."""

    items: list[Book] | None = None
    """The books."""
    next: str | None = None
    """Token of the next page; null on the last one."""


class NewBook(ClosedModel):
    """A book to put on a shelf."""

    title: Annotated[str, Field(max_length=200, min_length=1)]
    """Title of the book. 1 to 200 characters."""
    authors: Annotated[list[Author], Field(min_length=1)]
    """Who wrote it. Not empty."""
    class_: Annotated[Literal["novel", "poem", "guide"] | None, Field(alias="class")] = None
    """Genre of the book. Default `novel`."""
    keywords: list[Annotated[str, Field(min_length=1)]] | None = None
    """Words to find it by. No duplicates."""


class Notes(ClosedModel):
    """Notes on a book."""

    rating: Annotated[int | None, Field(ge=1, le=5)] = None
    """Stars; null for none. 1 to 5."""
    texts: NoteTexts | None = None
    """The notes."""


class Order(OpenModel):
    """How far an order has come."""

    state: str | None = None
    """State of the order."""
    reason: str | None = None
    """Why it will never come."""


class PaperBook(OpenModel):
    """A printed book."""

    kind: Literal["paper"]
    """Kind of book."""
    id: Annotated[str | None, Field(alias="_id", min_length=1)] = None
    """Identifier of the book. Not empty."""
    title: str | None = None
    """Title of the book."""
    copy_: Annotated[int | None, Field(alias="copy")] = None
    """Number of the copy."""
    page_count: Annotated[int | None, Field(alias="pageCount", ge=1)] = None
    """Number of pages; null if nobody counted. At least 1."""
    state: Literal["new", "used"] | str | None = None
    """State of the copy. The list is open."""
    sequel: Book | None = None
    """The book after this one."""


class Question(ClosedModel):
    """What a customer wants to know."""

    text: Annotated[str, Field(min_length=1)]
    """The question. Not empty."""
    live: bool | None = None
    """Whether the answer comes word by word. Default `false`."""


class Refusal(OpenModel):
    """Why the shop says no."""

    reason: str | None = None
    """The reason."""


class SoundBook(OpenModel):
    """A book to listen to."""

    kind: Literal["sound"]
    """Kind of book."""
    id: Annotated[str | None, Field(alias="_id", min_length=1)] = None
    """Identifier of the book. Not empty."""
    title: str | None = None
    """Title of the book."""
    minutes: int | None = None
    """Duration, in minutes."""
    recorded_at: str | None = None
    """When it was recorded."""


class Word(OpenModel):
    """A word of advice."""

    type: Literal["word"]
    """Kind of event."""
    text: str
    """The word."""


AdviceEvent: TypeAlias = Annotated[Begin | Word | End, Field(discriminator="type")]
"""One line of advice."""

Book: TypeAlias = Annotated[PaperBook | SoundBook, Field(discriminator="kind")]
"""A book of either kind."""

NoteTexts: TypeAlias = dict[str, str]
"""Notes by place."""
