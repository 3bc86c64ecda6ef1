"""The events of a stream as users of bare pydantic and of msgspec write them down: three types with a tag."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, Field, TypeAdapter


class Usage(BaseModel):
    """What the text has used up."""

    output_tokens: int | None = None


class Metadata(BaseModel):
    """What is known of the text."""

    generation_id: str | None = None
    usage: Usage | None = None


class Start(BaseModel):
    """The first event."""

    event_type: Literal["stream_start"]
    metadata: Metadata | None = None


class Text(BaseModel):
    """A piece of the text."""

    event_type: Literal["text_generation"]
    text: str | None = None


class End(BaseModel):
    """The last event."""

    event_type: Literal["stream_end"]
    metadata: Metadata | None = None


Event = Annotated[Start | Text | End, Field(discriminator="event_type")]
PYDANTIC: TypeAdapter[Start | Text | End] = TypeAdapter(Event)


# Made by calls, not by `class`: the type checker must pass where msgspec is not installed, and know no base class then.
_USAGE = msgspec.defstruct("FastUsage", [("output_tokens", int | None, None)])
_METADATA = msgspec.defstruct("FastMetadata", [("generation_id", str | None, None), ("usage", _USAGE | None, None)])


def _event(name: str, tag: str, field: str, held: Any) -> Any:
    return msgspec.defstruct(name, [(field, held | None, None)], tag_field="event_type", tag=tag)


_START = _event("FastStart", "stream_start", "metadata", _METADATA)
_TEXT = _event("FastText", "text_generation", "text", str)
_END = _event("FastEnd", "stream_end", "metadata", _METADATA)

MSGSPEC: Any = msgspec.json.Decoder(_START | _TEXT | _END)
