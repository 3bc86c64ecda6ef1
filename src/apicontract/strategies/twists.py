"""Mistakes in the encoding of a valid instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Alteration: TypeAlias = Literal[
    "brackets",
    "joined",
    "listed",
    "twice",
    "nameless",
    "named",
    "no_text",
    "percent",
    "dots",
    "media_type",
    "no_boundary",
    "no_json",
    "key_twice",
    "no_key",
]


@dataclass(frozen=True, slots=True)
class Twist:
    """A mistake in the encoding of a valid instance.

    `brackets`: an array as `name[]`, the member of an object as `name[key]`; `joined`: an array joined by commas;
    `listed`: an array or object as JSON; `twice`: a single value sent twice; `nameless`: a file without a file name;
    `named`: a field with a file name; `no_text`: a value that is not UTF-8; `percent`: a percent sign that encodes
    nothing; `dots`: a path segment that is a step up; `media_type`: the body with another media type; `no_boundary`: a
    form without its boundary; `no_json`: a body that continues after its JSON; `key_twice`: a duplicate first key of a
    JSON object; `no_key`: a missing header of the API key.
    """

    alteration: Alteration
    location: str = "body"
    """`path`, `query`, `body` or `header`."""
    name: str = ""
    """The parameter, field or header."""
