"""The formats that are asserted: those that RFCs define so that every validator decides alike.

`format` asserts nothing by itself (JSON Schema 2020-12, section 7.2.1), and OpenAPI leaves it open. All other formats
are annotations: names of widths (`int32`, `double`), encodings (`byte`, `binary`), and formats that validators read
differently, or that authors use for something else (`regex`, `iri`, `idn-email`, `json-pointer`, ...).
"""

from __future__ import annotations

from typing import Final

ASSERTED: Final = (
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "time",
    "uri",
    "uri-reference",
    "uuid",
)
"""The formats that are asserted."""
_KNOWN_TO_THE_ENGINE = (
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "uri-template",
)


def _anything(_: object) -> bool:
    return True


NOT_ASSERTED: Final = dict.fromkeys(_KNOWN_TO_THE_ENGINE, _anything)
"""Overrides that turn off the other formats of the engine."""
