"""The `x-` extensions of this project, one entry each: where it is allowed, its keys and their meaning, and its reader.

The table of objects includes them, the document reads those of operations into `Operation.extensions`, the generator
reports keys that are unknown, missing or of the wrong form, and the tables of `spec/README.md` are made from them. How
an extension must agree with the rest of the document is a rule of `codegen/rules/extensions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from apicontract.openapi.operation import (
    ALGORITHMS,
    InParts,
    JobEvent,
    Json,
    Large,
    Pagination,
    Signature,
    Streaming,
    Waiting,
)


class Key(NamedTuple):
    """One key of an extension."""

    meaning: str
    """Its meaning, for the documentation, without a full stop."""
    form: str = "text"
    """`text`, `texts`, `text_or_texts`, `number` or `flag`."""
    optional: bool = False
    pattern: re.Pattern[str] | None = None
    """A pattern that its string must match as a whole."""
    wanted: str = ""
    """What to write instead, if there is a pattern."""


class Extension(NamedTuple):
    """One extension: the kind of object that it belongs to, its form, and its reader."""

    kind: str
    """A kind of object of `openapi/objects.py`: `operation`, `webhook_operation`, `schema`, `document`,
    `security_scheme`."""
    form: str = "settings"
    """The form of its value: a key of `PLAIN` in `openapi/objects.py`."""
    required: bool = False
    keys: Mapping[str, Key] = MappingProxyType({})
    variants: Mapping[str, Mapping[str, Key]] = MappingProxyType({})
    """Its keys for each value of the key `style`, if that decides which keys there are."""
    reader: Callable[..., Any] | None = None
    """Makes an object of its keys; the object of an operation is stored in `Operation.extensions`."""

    def keys_of(self, settings: Mapping[str, Json]) -> Mapping[str, Key] | None:
        """Return the keys that these settings may have; `None` if their `style` is unknown."""
        if not self.variants:
            return self.keys
        style = settings.get("style")
        return self.variants.get(style) if isinstance(style, str) else None

    def rows(self) -> Iterator[str]:
        """Yield the rows of its table in the documentation."""
        for keys in self.variants.values() if self.variants else (self.keys,):
            for name, key in keys.items():
                yield f"| `{name}` | {'optional: ' if key.optional else ''}{key.meaning} |"


def _variable(meaning: str) -> Key:
    wanted = "the name of an environment variable in capitals"
    return Key(meaning, pattern=re.compile(r"[A-Z][A-Z0-9_]*"), wanted=wanted)


_ITEMS = Key("pointer to the items of a page")

EXTENSIONS: dict[str, Extension] = {
    "x-client": Extension(
        "document",
        required=True,
        keys={
            "class": Key(
                "name of the client class; the asynchronous one has `Async` before it",
                pattern=re.compile(r"[A-Z][A-Za-z0-9]*"),
                wanted="a class name in CamelCase",
            ),
            "api_key_environment": _variable("variable with the key, if `api_key` is not given"),
            "base_url_environment": _variable("variable with the base URL, if `base_url` is not given"),
        },
    ),
    "x-pagination": Extension(
        "operation",
        variants={
            "page": {
                "style": Key("`page`"),
                "parameter": Key("query parameter with the number of the page"),
                "items": _ITEMS,
                "total_pages": Key("pointer to the number of pages"),
            },
            "token": {
                "style": Key("`token`"),
                "items": _ITEMS,
                "next_token": Key("pointer to the token of the next page; absent on the last one"),
                "operation": Key("operation that fetches the later pages"),
                "parameter": Key("path parameter of that operation with the token"),
                "repeat": Key(
                    "arguments of the first call that are sent again with every page, as query parameters of the same"
                    " name",
                    "texts",
                ),
                "method": Key("dotted path of the additional client method"),
            },
        },
        reader=Pagination,
    ),
    "x-streaming": Extension(
        "operation",
        keys={
            "flag": Key(
                "boolean property of the request body; true requests the stream. Without `flag`, every success is a"
                " stream",
                optional=True,
            ),
            "method": Key(
                "an additional client method that always streams. The operation's own method then never streams, and"
                " neither has the flag as an argument. Without `method`, the flag is an argument of the only method",
                optional=True,
            ),
            "first": Key("value of the discriminator in the first event", optional=True),
            "last": Key(
                "value of the discriminator in the last event, or a list of such values", "text_or_texts", optional=True
            ),
            "end": Key("for `text/event-stream`: data after the last event that is not an event", optional=True),
            "event": Key(
                "for `text/event-stream`: where the value of the discriminator is: in the `data`, which is the default;"
                " in `both`, the data and an `event` line, which must agree; or only in the `line`, from where it is"
                " inserted into the data",
                optional=True,
                pattern=re.compile("data|line|both"),
                wanted="data, line or both",
            ),
            "open": Key(
                "true: events with other values of the discriminator may come, and are accepted",
                "flag",
                optional=True,
            ),
            "keepalive": Key(
                "value of the discriminator in events without content that may come anywhere, or a list of such values",
                "text_or_texts",
                optional=True,
            ),
            "number": Key("pointer to a number that grows from event to event; numbers may be missing", optional=True),
            "same": Key("pointer to a value that is equal in all events that have it", optional=True),
            "text": Key(
                "pointer to the piece of text in the events that have one; `stream.text()` joins them",
                optional=True,
            ),
        },
        reader=Streaming,
    ),
    "x-waiting": Extension(
        "operation",
        keys={
            "method": Key("dotted path of the additional client method"),
            "status": Key("pointer to the status"),
            "done": Key("values of the status that mean that the job has succeeded", "texts"),
            "failed": Key(
                "values of the status that mean that the job has failed; with any other value the job continues",
                "texts",
            ),
            "interval": Key(
                "default seconds before the second request; later waits are longer, up to six times that", "number"
            ),
            "reason": Key("pointer to the reason why the job failed", optional=True),
            "each": Key(
                "pointer to a list; `status` and `reason` are then relative to its items, and the job has ended once"
                " all of them have",
                optional=True,
            ),
            "refused": Key(
                "pointer, within an item of `each`, to a value whose presence means that the item never gets a status",
                optional=True,
            ),
            "together": Key(
                "dotted path of a client method that waits for several jobs, which differ in the last path parameter",
                optional=True,
            ),
        },
        reader=Waiting,
    ),
    "x-event": Extension(
        "webhook_operation",
        keys={
            "operation": Key("operation with `x-waiting` that returns the status of the job"),
            "status": Key("the final status of the job; one of those in `done` and `failed`"),
            "id": Key("pointer to the id of the event"),
            "job": Key(
                "pointer to the id of the job; the object that has it describes the job like the response of that"
                " operation"
            ),
        },
        reader=JobEvent,
    ),
    "x-parts": Extension(
        "operation",
        keys={
            "method": Key("dotted path of the additional client method, which takes the path of a file"),
            "filename": Key("property of the request with the name of the file"),
            "size": Key("property of the request with its size in bytes"),
            "kind": Key(
                "property of the request with the first half of its media type, such as `video`", optional=True
            ),
            "session": Key(
                "pointer to the identifier of the upload, which is the path parameter of the operations below"
            ),
            "result": Key("pointer to the identifier of the resource that the file becomes"),
            "retrieve": Key("operation whose response the method returns after the upload"),
            "part_size": Key("pointer to the size of each part in bytes; the last one may be smaller"),
            "addresses": Key("pointer to the URLs of the first parts; the same in the response of `more`"),
            "number": Key("pointer, within one of them, to the number of the part, counted from 1"),
            "address": Key("pointer, within one of them, to the URL to which the part is sent with PUT"),
            "headers": Key("pointer to the headers to send with each part", optional=True),
            "more": Key("operation that returns URLs for more parts, or new ones"),
            "first": Key("property of its request with the number of the first part"),
            "count": Key("property of its request with the number of parts from there on"),
            "report": Key("operation that reports parts which have arrived"),
            "parts": Key("property of its request with the list of these parts"),
            "part": Key("property, within that list, with the number of the part"),
            "proof": Key("property, within that list, with the `ETag` from the response to the part, without quotes"),
            "length": Key("property, within that list, with the number of bytes"),
            "most": Key("the maximum number of parts in one request to `more` or `report`, and on a page", "number"),
            "status": Key("operation that lists the parts by page"),
            "per_page": Key("query parameter of that operation with the size of a page", optional=True),
            "state": Key("pointer, in its response, to the state of the upload"),
            "done": Key("values of that state that mean that the upload is complete", "texts"),
            "lost": Key("values of that state that mean that the upload has to be started again", "texts"),
            "index": Key("pointer, within an item of that listing, to the number of the part"),
            "part_state": Key("pointer, within such an item, to the state of the part"),
            "arrived": Key("values of that state that mean that the part was reported", "texts"),
            "failed": Key("values of that state that mean that the part has to be sent again", "texts"),
            "find": Key(
                "listing by page of the resources that files have become, to find an earlier upload", optional=True
            ),
            "named": Key("query parameter of `find` with the name of the file", optional=True),
            "found": Key("pointer, within an item of `find`, to the identifier of the resource", optional=True),
            "found_name": Key("pointer, within such an item, to the name of the file", optional=True),
            "found_size": Key("pointer, within such an item, to its size in bytes", optional=True),
        },
        reader=InParts.read,
    ),
    "x-large": Extension(
        "operation",
        keys={
            "file": Key("property of the request with the file"),
            "most": Key("the maximum number of bytes that this operation accepts", "number"),
            "operation": Key("operation with `x-parts` that starts the upload of a larger file, if the caller agrees"),
        },
        reader=Large,
    ),
    "x-signature": Extension(
        "security_scheme",
        keys={
            "algorithm": Key(
                f"{' or '.join(f'`{name}`' for name in ALGORITHMS)}; the digest is in lower-case hexadecimal digits",
                pattern=re.compile("|".join(ALGORITHMS)),
                wanted=" or ".join(ALGORITHMS),
            ),
            "signature": Key(
                "name of a signature in the header, which has the form `name=value,name=value`; there may be several"
            ),
            "signed": Key("template of the signed bytes, with `{body}` for the bytes of the body, and `{timestamp}`"),
            "timestamp": Key("name of the time of signing in the header, in seconds since 1970", optional=True),
            "tolerance": Key(
                "the maximum difference in seconds between that time and the clock of the receiver",
                "number",
                optional=True,
            ),
        },
        reader=Signature,
    ),
    "x-exclusive": Extension("schema", "groups"),
}
"""The extensions by name. A new entry is read, checked for its form, and documented."""


def of_kind(kind: str) -> Iterator[tuple[str, Extension]]:
    """Yield the extensions of a kind of object, with their names."""
    return ((name, extension) for name, extension in EXTENSIONS.items() if extension.kind == kind)
