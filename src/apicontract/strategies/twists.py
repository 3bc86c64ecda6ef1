"""What goes wrong between an instance and the wire."""

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
    """What goes wrong on the way to the wire, where the instance itself is right.

    `brackets`: an array under `name[]`, the member of an object under `name[key]`; `joined`: an array by commas in one
    value; `listed`: an array or object as JSON in one value; `twice`: one value given two times; `nameless`: a file
    without a file name; `named`: a field with one; `no_text`: a value that is no UTF-8; `percent`: a percent sign that
    encodes nothing; `dots`: a path segment that is a step up; `media_type`: the body under another media type;
    `no_boundary`: a form without its boundary; `no_json`: a body that does not end where its JSON does; `key_twice`:
    the first key of a JSON object given two times; `no_key`: the header of the API key left out.
    """

    alteration: Alteration
    location: str = "body"
    """`path`, `query`, `body` or `header`."""
    name: str = ""
    """The parameter, field or header."""
