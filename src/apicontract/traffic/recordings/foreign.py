"""Files of other tools that cannot be read, with advice on what to do instead."""

from __future__ import annotations

import re
from typing import NamedTuple


class _Foreign(NamedTuple):
    name: str
    mark: str
    """A regular expression for the beginning of its files, whose bytes are read as Latin-1."""
    advice: str


_FOREIGN = (
    _Foreign("a flow file of mitmproxy", r"\A\d+:\d+:", "write a HAR: mitmdump -r FILE --set hardump=FILE.har"),
    _Foreign("a packet capture", r"\A(?:\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\n\r\r\n)", "record a HAR with a proxy"),
    _Foreign(
        "code or data of MSW", r"""["']msw["'/]|Mock Service Worker|@msw/""", "it keeps no recordings: record a HAR"
    ),
    _Foreign("a collection of Postman", r"getpostman\.com|_postman_id", "it has requests to be sent: record a HAR"),
    _Foreign("a collection of Insomnia", r"__export_format|collection\.insomnia", "export the responses as a HAR"),
    _Foreign("a contract of Pact", r'"consumer"\s*:\s*\{', "it has expectations: record a HAR of the run"),
    _Foreign("a set of WireMock mappings", r'"(?:urlPath|urlPattern|urlPathPattern|jsonBody)"', "record a HAR"),
    _Foreign("a simulation of Hoverfly", r'"hoverflyVersion"|"globalActions"', "record a HAR"),
    _Foreign("a session of Charles", r'\A\[\s*\{\s*"status"\s*:\s*"COMPLETE"', "export it as HTTP Archive (.har)"),
    _Foreign("an export of Burp", r"<items burpVersion", "record a HAR"),
    _Foreign("an OpenAPI document", r"""\A[\s{]*["']?(?:openapi|swagger)["']?\s*:""", "give it with --spec"),
)
_LOOKED_AT = 4_000


def named(data: bytes) -> str:
    """Return the name of a file's format with advice, if another tool wrote it; empty if the format is unknown."""
    head = data[:_LOOKED_AT].decode("latin-1")
    found = next((one for one in _FOREIGN if re.search(one.mark, head)), None)
    return f"this is {found.name}, which is not supported; {found.advice}" if found else ""
